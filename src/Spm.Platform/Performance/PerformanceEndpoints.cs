using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Performance;

public sealed class PerformanceEndpoints(PerformanceQueries performance, AttainmentQueries attainments) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/performance/reps", (Delegate)RepsAsync)
            .Operation("listRepPerformance", "Performance", "Every rep with a plan in a period: credited, attainment of the first component, earnings and payout.", Scopes.PerformanceRead, ErrorCodes.PeriodUnknown, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .NeedsParameter("period", "A fiscal month, quarter or year.").Paged().Answers<Page<RepPerformanceView>>();
        routes.MapGet("/v1/attainments", (Delegate)Attainments)
            .Operation("listAttainments", "Performance", "Direct credits against every quota, as of now.", Scopes.PerformanceRead, ErrorCodes.PeriodUnknown, ErrorCodes.MeasureUnknown, ErrorCodes.RepUnknown, ErrorCodes.ReferenceAmbiguous, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged(
                ("period", "Quotas of exactly this month, quarter or year, also those that its parts add up to. Every quota as it was set when left out."),
                ("measure", "Only of this measure, by id or external id."),
                ("rep", "Only of this rep, by id or external id."),
                ("credits", "Which credits count, separated by commas: direct, overlay, roll_up. Direct ones alone when left out."))
            .Answers<Page<AttainmentView>>();
    }

    private async Task<IResult> RepsAsync(HttpContext http)
    {
        var seek = http.Seek(PerformanceQueries.Keys);
        return seek.IsOk
            ? http.Page(PerformanceQueries.Keys, await performance.RepsAsync(http.Caller(), http.Parameter("period"), seek.Value), r => r.View)
            : Answer.Problem(seek.Error!);
    }

    private IResult Attainments(HttpContext http)
    {
        var seek = http.Seek(AttainmentQueries.Keys);
        return seek.IsOk
            ? http.Page(
                AttainmentQueries.Keys,
                attainments.List(http.Caller(), http.Parameter("period"), http.Parameter("measure"), http.Parameter("rep"), http.Parameter("credits"), seek.Value),
                r => r.View)
            : Answer.Problem(seek.Error!);
    }
}
