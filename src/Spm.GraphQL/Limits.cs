namespace Spm.GraphQL;

/// <summary>
/// What answering a bad request may cost. Limits on what is read stand in <see cref="Language.ParserOptions"/>, on how many errors are told in
/// <see cref="Validation.ValidationOptions"/>.
/// </summary>
internal static class Limits
{
    /// <summary>UTF-16 code units of an error's message. A request decides what is quoted in it.</summary>
    public const int Message = 2000;

    /// <summary>Places that an error names.</summary>
    public const int Locations = 100;

    /// <summary>Code units of the causes that a conflict of fields tells, and its places on each side.</summary>
    public const int ConflictText = 1000;
    public const int ConflictNodes = 20;

    /// <summary>
    /// Steps of following fragments from operations. Rules do so for each operation, so that a short document could keep a server busy.
    /// </summary>
    public const int FragmentSteps = 200_000;

    /// <summary>Steps of comparing fields that answer under one name.</summary>
    public const int ComparisonSteps = 500_000;

    /// <summary>Lists of types within lists of types that introspection answers, less one.</summary>
    public const int IntrospectionLists = 3;

    /// <summary>Mistakes in variables that are told.</summary>
    public const int VariableErrors = 50;

    /// <summary>Fields that the plan of one operation may come to, fragments spread wherever they are.</summary>
    public const int PlannedFields = 100_000;

    /// <summary>Errors of fields that a response tells.</summary>
    public const int FieldErrors = 1000;

    /// <summary>Plans that are kept of an operation, one for each way in which its conditions turn out.</summary>
    public const int PlansOfOperation = 16;

    /// <summary>Steps of finding out what an operation costs.</summary>
    public const int CostSteps = 100_000;
}
