using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Performance;

public sealed class PerformanceEndpoints(PerformanceQueries performance, AttainmentQueries attainments) : IEndpoints
{
    private const string RepList = "performance";
    private const string AttainmentList = "attainments";

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
        if (http.Caller().Lacks(Scopes.PerformanceRead) is { } lacking)
        {
            return Answer.Problem(lacking);
        }
        var (limit, after) = (http.Limit(), http.AfterNumbers(RepList, 1));
        if (!limit.IsOk || !after.IsOk)
        {
            return Answer.Problem(limit.Error ?? after.Error!);
        }
        var rows = await performance.RepsAsync(http.Caller(), http.Parameter("period"), after.Value is [var rep] ? rep : -1, limit.Value + 1);
        return rows.IsOk ? http.Page(RepList, limit.Value, rows.Value, r => r.View, r => [r.Rep]) : Answer.Problem(rows.Error!);
    }

    private IResult Attainments(HttpContext http)
    {
        if (http.Caller().Lacks(Scopes.PerformanceRead) is { } lacking)
        {
            return Answer.Problem(lacking);
        }
        var (limit, after) = (http.Limit(), After(http));
        if (!limit.IsOk || !after.IsOk)
        {
            return Answer.Problem(limit.Error ?? after.Error!);
        }
        var rows = attainments.List(
            http.Caller(), http.Parameter("period"), http.Parameter("measure"), http.Parameter("rep"), http.Parameter("credits"), after.Value, limit.Value + 1);
        return rows.IsOk
            ? http.Page(AttainmentList, limit.Value, rows.Value, r => r.View, r => [r.Key.Rep, r.Key.Measure, r.Key.Period])
            : Answer.Problem(rows.Error!);
    }

    private static Result<AttainmentKey> After(HttpContext http)
    {
        var after = http.After(AttainmentList, 3);
        return !after.IsOk ? after.Error!
            : after.Value is not [var rep, var measure, var period] ? AttainmentKey.Start
            : int.TryParse(rep, CultureInfo.InvariantCulture, out var repNo) && int.TryParse(measure, CultureInfo.InvariantCulture, out var measureNo)
                ? new AttainmentKey(repNo, measureNo, period)
                : new Error(ErrorCodes.CursorInvalid, "Not a cursor of this list.");
    }
}
