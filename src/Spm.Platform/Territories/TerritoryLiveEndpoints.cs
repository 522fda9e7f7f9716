using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Territories;

public sealed class TerritoryLiveEndpoints(TerritoryLiveQueries queries) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/territories/{id}/live", GetAsync)
        .Operation("getTerritoryLive", "Performance", "A territory's own transactions and those of the territories below it, by measure and month, as of now.", Scopes.CompanyPerformanceRead, ErrorCodes.NotFound)
        .Answers<TerritoryLiveView>();

    private async Task<IResult> GetAsync(string id, HttpContext http) => Answer.Of(await queries.LiveAsync(http.Caller(), id));
}
