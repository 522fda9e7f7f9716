using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Plans;

public sealed class PlanLiveEndpoints(PlanLiveQueries queries) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/plans/{id}/live", GetAsync)
        .Operation("getPlanLive", "Performance", "What a plan has cost so far, by the month it was earned in, as of now.", Scopes.CompanyPerformanceRead, ErrorCodes.NotFound)
        .Answers<PlanLiveView>();

    private async Task<IResult> GetAsync(string id, HttpContext http) => Answer.Of(await queries.LiveAsync(http.Caller(), id));
}
