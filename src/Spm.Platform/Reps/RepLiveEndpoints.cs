using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Reps;

public sealed class RepLiveEndpoints(RepLiveQueries queries, RepExplainQueries explanations) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/reps/{id}/live", GetAsync)
        .Operation("getRepLive", "Performance", "A rep's attainment, incentives and payouts as of now, with every transaction that was acknowledged.", Scopes.PerformanceRead, ErrorCodes.NotFound, ErrorCodes.PeriodUnknown)
        .Parameters(("period", "A fiscal month, quarter or year; all months when left out.")).Answers<RepLiveView>();
        routes.MapGet("/v1/reps/{id}/explain", ExplainAsync)
            .Operation("explainRep", "Performance", "How a rep's incentives, attainment and pay of a month come about as of now: every figure recomputes from those below it.", Scopes.PerformanceRead, ErrorCodes.NotFound, ErrorCodes.PeriodUnknown, ErrorCodes.PeriodNotMonth)
            .NeedsParameter("period", "A fiscal month.").Answers<RepExplanationView>();
    }

    private async Task<IResult> ExplainAsync(string id, HttpContext http) => Answer.Of(await explanations.ExplainAsync(http.Caller(), id, http.Parameter("period")));

    private async Task<IResult> GetAsync(string id, HttpContext http) => Answer.Of(await queries.LiveAsync(http.Caller(), id, http.Parameter("period")));
}
