using Spm.GraphQL;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Graph;

/// <summary>Refusals of commands and queries as errors of fields: their code is that of REST.</summary>
internal static class Refusals
{
    /// <summary>The value; a refusal becomes an error of the field.</summary>
    public static T OrRefuse<T>(this Result<T> result) => result.IsOk ? result.Value : throw Of(result.Error!);

    /// <summary>The same, but what is not there is null: other tenants' ids, and what the caller does not see, look alike.</summary>
    public static T? OrNull<T>(this Result<T> result)
        where T : class => result.Error?.Code == ErrorCodes.NotFound ? null : result.OrRefuse();

    public static async Task<T> OrRefuse<T>(this Task<Result<T>> result) => (await result).OrRefuse();

    public static async Task<T?> OrNull<T>(this Task<Result<T>> result)
        where T : class => (await result).OrNull();

    public static GraphQLException Of(Error error)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = error.Code, ["type"] = $"/errors/{error.Code}" };
        if (error.Fields.Count > 0)
        {
            extensions["errors"] = error.Fields.Select(ProblemField.Of)
                .Select(f => new Dictionary<string, object?> { ["pointer"] = f.Pointer, ["code"] = f.Code, ["detail"] = f.Detail }).ToArray();
        }
        return new GraphQLException(new GraphQLError(error.Detail) { Extensions = extensions });
    }
}
