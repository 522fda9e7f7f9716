using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Problems;

public sealed class ProblemEndpoints(ProblemQueries queries) : IEndpoints
{
    private const string List = "problems";

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
        if (http.Caller().Lacks(Scopes.TransactionsRead) is { } lacking)
        {
            return Answer.Problem(lacking);
        }
        var (limit, after) = (http.Limit(), http.AfterNumbers(List, 1));
        if (!limit.IsOk || !after.IsOk)
        {
            return Answer.Problem(limit.Error ?? after.Error!);
        }
        var rows = await queries.ListAsync(
            http.Caller(), http.Parameter("code"), http.Parameter("period"), http.Parameter("rep"), after.Value is [var no] ? no : 0, limit.Value + 1);
        return rows.IsOk ? http.Page(List, limit.Value, rows.Value, r => r.View, r => [r.No]) : Answer.Problem(rows.Error!);
    }

    private async Task<IResult> SummaryAsync(HttpContext http) =>
        Answer.Of(await queries.SummaryAsync(http.Caller()), sums => new Page<ProblemSummaryView>(sums, null));
}
