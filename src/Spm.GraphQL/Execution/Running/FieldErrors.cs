using Spm.GraphQL.Execution.Plans;

namespace Spm.GraphQL.Execution.Running;

/// <summary>What a response says of an exception. Only what was thrown to be read by clients is told to them.</summary>
internal static class FieldErrors
{
    /// <summary>Told of whatever nobody meant for clients.</summary>
    public const string Unexpected = "Unexpected error.";

    public static IEnumerable<GraphQLError> Of(
        Exception thrown, FieldPlan field, IReadOnlyList<object> path, ExecutorOptions options)
    {
        var errors = thrown is GraphQLException refused ? refused.Errors : [Told(thrown, options)];
        foreach (var error in errors)
        {
            yield return error with
            {
                Locations = error.Locations.IsEmpty ? GraphQLError.At("", [.. field.Nodes]).Locations : error.Locations,
                Path = path,
            };
        }
    }

    private static GraphQLError Told(Exception thrown, ExecutorOptions options)
    {
        if (options.MapError?.Invoke(thrown) is { } mapped)
        {
            return mapped with { Exception = thrown };
        }
        options.OnUnexpected?.Invoke(thrown);
        return new GraphQLError(Unexpected) { Exception = thrown, Extensions = Codes.Internal };
    }
}
