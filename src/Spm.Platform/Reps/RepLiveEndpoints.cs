using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Reps;

public sealed class RepLiveEndpoints(RepLiveQueries queries) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/reps/{id}/live", GetAsync)
        .Operation("getRepLive", "Performance", "A rep's attainment, incentives and payouts as of now, with every transaction that was acknowledged.", Scopes.PerformanceRead, ErrorCodes.NotFound, ErrorCodes.PeriodUnknown)
        .Parameters(("period", "A fiscal month, quarter or year; all months when left out.")).Answers<RepLiveView>();

    private async Task<IResult> GetAsync(string id, HttpContext http) => Answer.Of(await queries.LiveAsync(http.Caller(), id, http.Parameter("period")));
}
