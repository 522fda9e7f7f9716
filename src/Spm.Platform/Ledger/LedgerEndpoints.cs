using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Ledger;

public sealed class LedgerEndpoints(LedgerQueries queries, TenantDirectory tenants) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/ledger/trial-balance", (Delegate)TrialBalanceAsync)
            .Operation("getTrialBalance", "Ledger", "What stands on every account; debits less credits is zero.", Scopes.LedgerRead, ErrorCodes.PeriodUnknown, ErrorCodes.ParameterInvalid)
            .Parameters(("period", "Only of this month, quarter or year."), ("as_of", "Only what had been posted by this instant: 2025-03-01T00:00:00Z.")).Answers<TrialBalanceView>();
        routes.MapGet("/v1/ledger/postings", (Delegate)PostingsAsync)
            .Operation("listPostings", "Ledger", "Postings in the order they were made.", Scopes.LedgerRead, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid, ErrorCodes.PeriodUnknown, ErrorCodes.RepUnknown, ErrorCodes.ReferenceAmbiguous)
            .Paged(("rep", "Only of this rep: id or external id."), ("period", "Only those paid in this month, quarter or year."), ("as_of", "Only those made by this instant: 2025-03-01T00:00:00Z.")).Answers<Page<PostingView>>();
    }

    private async Task<IResult> TrialBalanceAsync(HttpContext http) => Answer.Of(await queries.BalancesAsync(http.Caller(), http.Parameter("period"), http.Parameter("as_of")), TrialBalanceView.Of);

    private async Task<IResult> PostingsAsync(HttpContext http)
    {
        var seek = http.Seek(LedgerQueries.Keys);
        if (seek.Error is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        var rows = await queries.PostingsAsync(http.Caller(), new PostingFilter(http.Parameter("rep"), http.Parameter("period"), http.Parameter("as_of")), seek.Value);
        var company = tenants.Get(http.Caller().Tenant).Company;
        return http.Page(LedgerQueries.Keys, rows, p => PostingView.Of(p, company));
    }
}
