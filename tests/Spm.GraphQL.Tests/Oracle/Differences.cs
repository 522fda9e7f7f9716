namespace Spm.GraphQL.Tests.Oracle;

/// <summary>Where we follow the specification of September 2025 and graphql-js 16 does not.</summary>
internal static class Differences
{
    /// <summary>Rules that came with the edition of September 2025, which graphql-js has from version 17 on.</summary>
    public static bool OnlyInLaterEditions(GraphQLError error) =>
        // 5.2.1.1, Operation Type Existence.
        error.Message.EndsWith("operation is not supported by the schema.", StringComparison.Ordinal)
        // 3.6.1.6, a default fits its type, and 3.10, it does not need itself.
        || error.Message.Contains("has invalid default value", StringComparison.Ordinal)
        || error.Message.StartsWith("Invalid circular reference. The default value of", StringComparison.Ordinal)
        // 3.6, IsValidImplementation: what an interface does not deprecate is not deprecated in what implements it.
        || error.Message.Contains("is not deprecated, so implementation field", StringComparison.Ordinal)
        // 3.13, a directive does not refer to itself.
        || error.Message.EndsWith("cannot reference itself within its own definition.", StringComparison.Ordinal);

    public static bool Explained(string source, Verdict theirs, Verdict ours) =>
        // 5.2.4.1 asks for no conditions at the root of a subscription. graphql-js 16 evaluates them, and throws where they are variables.
        ours.Errors.Contains("must not use `@skip` or `@include` directives", StringComparison.Ordinal)
        // DIRECTIVE_DEFINITION is a place for directives in later drafts only.
        || source.Contains("DIRECTIVE_DEFINITION", StringComparison.Ordinal)
        // Fields of an extended input object are input fields. graphql-js 16 takes them for arguments.
        || theirs.Errors.Contains("may not be used on ARGUMENT_DEFINITION", StringComparison.Ordinal) && source.Contains("extend input", StringComparison.Ordinal);
}
