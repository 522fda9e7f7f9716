using System.Text.Json;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types;

/// <summary>What came of a value: the value that the program works with, or the reason why it was refused.</summary>
public readonly record struct Coerced
{
    private Coerced(object? value, string? error)
    {
        Value = value;
        Error = error;
    }

    public object? Value { get; }

    /// <summary>A sentence, or null when the value was taken.</summary>
    public string? Error { get; }

    public static Coerced To(object? value) => new(value, null);

    public static Coerced Refused(string error) => new(null, error);
}

/// <summary>
/// A leaf whose values a program reads and writes. Whatever its functions throw on a bad value refuses that value; the message is shown.
/// </summary>
public sealed class ScalarType : NamedType
{
    private readonly ScalarTypeConfig _config;

    internal ScalarType(ScalarTypeConfig config)
        : base(config)
    {
        _config = config;
    }

    /// <summary>Whether it is one of the specification, as we implement it.</summary>
    internal bool IsBuiltIn => Scalars.BuiltInScalars.All.Contains(_config);

    /// <summary>Where the scalar is specified, or null.</summary>
    public string? SpecifiedByUrl => _config.SpecifiedByUrl;

    public override TypeKind Kind => TypeKind.Scalar;

    /// <summary>Reads a value of a variable, which is not null.</summary>
    public Coerced ParseValue(JsonElement value)
    {
        try
        {
            return _config.ParseValue(value);
        }
        catch (Exception refusal) when (IsRefusal(refusal))
        {
            return Coerced.Refused($"Expected type \"{Name}\". {refusal.Message}");
        }
    }

    /// <summary>Reads a value of a document, which is neither null nor a variable, though variables may stand within it.</summary>
    public Coerced ParseLiteral(ValueNode value, IReadOnlyDictionary<string, object?>? variables = null)
    {
        try
        {
            return _config.ParseLiteral(value, variables);
        }
        catch (Exception refusal) when (IsRefusal(refusal))
        {
            return Coerced.Refused($"Expected value of type \"{Name}\", found {value}; {refusal.Message}");
        }
    }

    /// <summary>What a response carries for a value that is not null: a string, a number, a boolean, or lists and dictionaries of those.</summary>
    public Coerced Serialize(object value)
    {
        try
        {
            return _config.Serialize(value);
        }
        catch (Exception refusal) when (IsRefusal(refusal))
        {
            return Coerced.Refused(refusal.Message);
        }
    }

    private static bool IsRefusal(Exception thrown) =>
        thrown is FormatException or OverflowException or ArgumentException or InvalidOperationException or InvalidCastException
            or NotSupportedException or JsonException or GraphQLException;
}
