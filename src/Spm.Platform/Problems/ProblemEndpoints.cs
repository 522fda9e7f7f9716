using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Problems;

public sealed class ProblemEndpoints(ProblemQueries queries) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/problems", (Delegate)PageAsync)
            .Operation("listProblems", "Problems", "What is credited to nobody, credited though something is odd, or earns nothing: each with the money at stake.", Scopes.TransactionsRead, ErrorCodes.PeriodUnknown, ErrorCodes.RepUnknown, ErrorCodes.ReferenceAmbiguous, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged(
                ("code", $"Only with this code: {string.Join(", ", ProblemCodes.All)}."),
                ("period", "Only of this fiscal month, quarter or year."),
                ("rep", "Only of this rep, by id or external id."))
            .Answers<Page<ProblemView>>();
        routes.MapGet("/v1/problems/summary", (Delegate)SummaryAsync)
            .Operation("summarizeProblems", "Problems", "How many problems there are of each code and currency, and the money at stake.", Scopes.TransactionsRead)
            .Answers<Page<ProblemSummaryView>>();
    }

    private async Task<IResult> PageAsync(HttpContext http)
    {
        var seek = http.Seek(ProblemQueries.Keys);
        return !seek.IsOk ? Answer.Problem(seek.Error!) : http.Page(
            ProblemQueries.Keys,
            await queries.ListAsync(http.Caller(), new ProblemFilter(http.Parameter("code"), http.Parameter("period"), http.Parameter("rep")), seek.Value),
            r => r.View);
    }

    private async Task<IResult> SummaryAsync(HttpContext http) =>
        Answer.Of(await queries.SummaryAsync(http.Caller()), sums => new Page<ProblemSummaryView>(sums, null));
}
