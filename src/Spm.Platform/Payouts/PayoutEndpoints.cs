using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Payouts.Explaining;
using Spm.Platform.Tenants;

namespace Spm.Platform.Payouts;

public sealed class PayoutEndpoints(PayoutQueries queries, PayoutCommands commands, ExplainQueries explanations, TenantDirectory tenants) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/payouts", (Delegate)PageAsync)
            .Operation("listPayouts", "Payouts", "Payouts by period and rep, with everything acknowledged before settled in.", Scopes.PayoutsRead, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid, ErrorCodes.PeriodUnknown, ErrorCodes.RepUnknown, ErrorCodes.ReferenceAmbiguous)
            .Paged(("period", "Only of this month, quarter or year."), ("rep", "Only of this rep: id or external id."), ("status", "calculated, in_review, approved, claimed or paid."), IncrementalPaging.UpdatedSince).Answers<Page<PayoutView>>();
        routes.MapGet("/v1/payouts/{id}", GetAsync)
            .Operation("getPayout", "Payouts", "One payout, with the ETag that its moves ask for.", Scopes.PayoutsRead, ErrorCodes.NotFound).Answers<PayoutView>();
        routes.MapGet("/v1/payouts/{id}/explain", ExplainAsync)
            .Operation("explainPayout", "Payouts", "The way from a payout down to the transactions behind it.", Scopes.PayoutsRead, ErrorCodes.NotFound).Answers<ExplanationView>();
        Move(routes, "submit", "Puts a final payout into review.", Scopes.PayoutsReview, commands.SubmitAsync);
        Move(routes, "approve", "Approves a payout in review: what was accrued becomes payable.", Scopes.PayoutsApprove, commands.ApproveAsync);
        Move(routes, "reject", "Sends a payout in review back.", Scopes.PayoutsApprove, commands.RejectAsync);
    }

    private void Move(IEndpointRouteBuilder routes, string verb, string summary, string scope, Func<Caller, string, string, Task<Result<PayoutRow>>> move) =>
        routes.MapPost($"/v1/payouts/{{id}}/{verb}", async (string id, HttpContext http) =>
            {
                var ifMatch = http.IfMatch();
                return ifMatch.IsOk ? One(http, await move(http.Caller(), id, ifMatch.Value)) : Answer.Problem(ifMatch.Error!);
            })
            .Operation($"{verb}Payout", "Payouts", summary, scope, ErrorCodes.NotFound, ErrorCodes.PreconditionRequired, ErrorCodes.PreconditionFailed, ErrorCodes.PayoutIsTrial, ErrorCodes.PayoutInBatch, ErrorCodes.PayoutMoveIllegal, ErrorCodes.OwnPayout, ErrorCodes.SubmittedByApprover)
            .Answers<PayoutView>().NeedsIfMatch();

    private Task<IResult> PageAsync(HttpContext http)
    {
        var caller = http.Caller();
        var filter = new PayoutFilter(http.Parameter("period"), http.Parameter("rep"), http.Parameter("status"));
        return http.PageAsync(
            PayoutQueries.Keys, seek => queries.ListAsync(caller, filter, seek),
            PayoutQueries.UpdatedKeys, (since, seek) => queries.UpdatedAsync(caller, filter, since, seek),
            View(http));
    }

    private async Task<IResult> GetAsync(string id, HttpContext http) => One(http, await queries.GetAsync(http.Caller(), id));

    private async Task<IResult> ExplainAsync(string id, HttpContext http) => Answer.Of(await explanations.ExplainAsync(http.Caller(), id));

    private IResult One(HttpContext http, Result<PayoutRow> payout)
    {
        if (payout.IsOk)
        {
            http.Response.Headers.ETag = payout.Value.ETag;
        }
        return Answer.Of(payout, View(http));
    }

    // The company as it is when a row is shown: a rep or a month may have come while the row was settled.
    private Func<PayoutRow, PayoutView> View(HttpContext http) => payout => PayoutView.Of(payout, tenants.Get(http.Caller().Tenant).Company);
}
