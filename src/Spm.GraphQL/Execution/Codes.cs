namespace Spm.GraphQL.Execution;

/// <summary>What errors of requests have as <c>code</c> in their extensions.</summary>
public static class Codes
{
    public static IReadOnlyDictionary<string, object?> Internal { get; } = Code("INTERNAL_SERVER_ERROR");

    public static IReadOnlyDictionary<string, object?> Parse { get; } = Code("GRAPHQL_PARSE_FAILED");

    public static IReadOnlyDictionary<string, object?> Validation { get; } = Code("GRAPHQL_VALIDATION_FAILED");

    public static IReadOnlyDictionary<string, object?> BadInput { get; } = Code("BAD_USER_INPUT");

    public static IReadOnlyDictionary<string, object?> Timeout { get; } = Code("TIMEOUT");

    public static IReadOnlyDictionary<string, object?> TooMuch { get; } = Code("LIMIT_EXCEEDED");

    /// <summary>Extensions that are a code.</summary>
    public static IReadOnlyDictionary<string, object?> Code(string code) => ImmutableDictionary<string, object?>.Empty.Add("code", code);
}
