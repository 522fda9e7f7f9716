using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Detections;

public sealed class DetectionEndpoints(DetectionQueries queries) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/detections", (Delegate)Get)
        .Operation("listDetections", "Performance", "Deals that look cut up because the parts pay more, and sales crowded at the edges of periods. Findings of a rep stay together, so a page may be longer than its limit.", Scopes.CompanyPerformanceRead, ErrorCodes.PeriodUnknown, ErrorCodes.RepUnknown, ErrorCodes.ReferenceAmbiguous, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
        .NeedsParameter("year", "A fiscal year.").Paged(("rep", "Only of this rep, by id or external id.")).Answers<Page<DetectionView>>();

    private IResult Get(HttpContext http)
    {
        var seek = http.Seek(DetectionQueries.Keys);
        if (!seek.IsOk)
        {
            return Answer.Problem(seek.Error!);
        }
        var found = queries.List(http.Caller(), http.Parameter("year"), http.Parameter("rep"), seek.Value);
        return found.IsOk
            ? Paging.Page(http, [.. found.Value.Findings.Select(f => f.View)], found.Value.HasMore ? DetectionQueries.Keys.Cursor(found.Value.Findings[^1]) : null)
            : Answer.Problem(found.Error!);
    }
}
