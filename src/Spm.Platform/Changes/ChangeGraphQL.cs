using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Changes;

[QueryType]
internal static class ChangeRoots
{
    /// <summary>What was written or taken away since a cursor, in order, of what the credential may read.</summary>
    /// <param name="cursor">`nextCursor` of the page before; left out, nothing but the cursor of now is answered.</param>
    /// <param name="limit">1 to 1000; 100 when left out.</param>
    [Cost(100)]
    public static async Task<ChangesView> GetChangesAsync(ChangeQueries queries, Call call, string? cursor = null, int? limit = null)
    {
        if (limit is < 1 or > Limits.MaxPageSize)
        {
            throw Refusals.Of(Error.Of("limit", ErrorCodes.ParameterInvalid, $"`limit` is 1 to {Limits.MaxPageSize}."));
        }
        return (await queries.ListAsync(call.Caller, cursor, limit ?? Limits.PageSize)).OrRefuse();
    }
}
