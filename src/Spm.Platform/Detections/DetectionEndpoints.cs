using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Detections;

public sealed class DetectionEndpoints(DetectionQueries queries) : IEndpoints
{
    private const string Cursor = "detections";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/detections", (Delegate)Get)
        .Operation("listDetections", "Performance", "Deals that look cut up because the parts pay more, and sales crowded at the edges of periods. Findings of a rep stay together, so a page may be longer than its limit.", Scopes.CompanyPerformanceRead, ErrorCodes.PeriodUnknown, ErrorCodes.RepUnknown, ErrorCodes.ReferenceAmbiguous, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
        .NeedsParameter("year", "A fiscal year.").Paged(("rep", "Only of this rep, by id or external id.")).Answers<Page<DetectionView>>();

    private IResult Get(HttpContext http)
    {
        var (limit, after) = (http.Limit(), http.AfterNumbers(Cursor, 1));
        if (!limit.IsOk || !after.IsOk)
        {
            return Answer.Problem(limit.Error ?? after.Error!);
        }
        var found = queries.List(http.Caller(), http.Parameter("year"), http.Parameter("rep"), after.Value is [var rep] ? rep : -1, limit.Value + 1);
        if (!found.IsOk)
        {
            return Answer.Problem(found.Error!);
        }
        // The last rep of a full page comes whole on the next one, unless it is the only one.
        var last = found.Value.Count > limit.Value ? found.Value[^1].Rep : -1;
        var whole = found.Value.Where(f => f.Rep != last || found.Value[0].Rep == last).ToList();
        return last < 0 ? http.Page(Cursor, int.MaxValue, whole, f => f.View, f => [f.Rep]) : http.PageAfter(Cursor, whole, f => f.View, f => [f.Rep]);
    }
}
