using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Changes;

public sealed class ChangeEndpoints(ChangeQueries queries) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/changes", (Delegate)PageAsync)
            .Operation("listChanges", "Changes", "What was written or taken away since a cursor, in order, of what the credential may read. Without a cursor: the cursor of now.", Scopes.ChangesRead, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid, ErrorCodes.CursorExpired)
            .Paged().Answers<ChangesView>();

    private async Task<IResult> PageAsync(HttpContext http)
    {
        var limit = http.Limit();
        return limit.IsOk ? Answer.Of(await queries.ListAsync(http.Caller(), Cursor(http), limit.Value)) : Answer.Problem(limit.Error!);
    }

    /// <summary>An empty cursor is one that its reader has lost, not the wish to begin now.</summary>
    private static string? Cursor(HttpContext http) => http.Request.Query.TryGetValue("cursor", out var cursor) ? cursor.ToString() : null;
}
