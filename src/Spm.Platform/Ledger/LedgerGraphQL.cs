using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Ledger;

[QueryType]
internal static class LedgerRoots
{
    /// <summary>Postings in the order they were made.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<PostingView>> GetPostingsAsync(PageArguments page, LedgerQueries queries, Call call, PostingFilter? filter = null)
    {
        var (company, asked) = (call.CompanyFor(Scopes.LedgerRead), filter ?? new PostingFilter());
        return Pages.OfAsync(
            LedgerQueries.Keys, page, seek => queries.PostingsAsync(call.Caller, asked, seek), p => PostingView.Of(p, company), () => queries.CountAsync(call.Caller, asked));
    }

    /// <summary>What stands on every account of the ledger; debits less credits is zero.</summary>
    /// <param name="period">Only of this fiscal month, quarter or year.</param>
    /// <param name="asOf">Only what had been posted by this instant: 2025-03-01T00:00:00Z.</param>
    [Cost(20)]
    public static async Task<TrialBalanceView> GetTrialBalanceAsync(LedgerQueries queries, Call call, string? period = null, string? asOf = null)
    {
        var balances = (await queries.BalancesAsync(call.Caller, period, asOf)).Then(TrialBalanceView.Of);
        return balances.OrRefuse();
    }
}
