using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Validation;

/// <summary>How a document is validated.</summary>
public sealed record ValidationOptions
{
    public static ValidationOptions Default { get; } = new();

    /// <summary>Whether errors may name what the schema has instead of what was asked for. Off where the schema is a secret.</summary>
    public bool Suggest { get; init; } = true;

    /// <summary>Errors that are reported before the rest of the document is not looked at.</summary>
    public int MaxErrors { get; init; } = 100;

    /// <summary>Makes the rules of a run. Each rule serves one document.</summary>
    public ImmutableArray<Func<ValidationRule>> Rules { get; init; } = SpecifiedRules.ForDocuments;
}

/// <summary>Holds a document against the rules of section 5 of the specification, in one walk over it.</summary>
public static class DocumentValidator
{
    /// <returns>Everything that is wrong; empty of a document that can be executed.</returns>
    public static ImmutableArray<GraphQLError> Validate(Schema schema, DocumentNode document, ValidationOptions? options = null)
    {
        options ??= ValidationOptions.Default;
        return Run(new ValidationContext(document, schema, options.Suggest, options.MaxErrors), options.Rules);
    }

    /// <summary>Holds definitions of a schema against the rules that need no schema yet.</summary>
    /// <returns>Everything that is wrong.</returns>
    public static ImmutableArray<GraphQLError> ValidateSdl(DocumentNode document) =>
        Run(new ValidationContext(document, null, suggest: true, int.MaxValue), SpecifiedRules.ForDefinitions);

    private static ImmutableArray<GraphQLError> Run(ValidationContext context, ImmutableArray<Func<ValidationRule>> rules)
    {
        var listeners = new RuleListeners();
        foreach (var rule in rules)
        {
            rule().Listen(context, listeners);
        }
        try
        {
            new ValidationWalk(context, listeners).Visit(context.Document);
        }
        catch (ValidationAborted)
        {
            // The reason is the last of the errors.
        }
        return context.Errors;
    }
}
