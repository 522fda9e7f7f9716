using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;
using Spm.Platform.Measures;
using Spm.Platform.Reps;
using Spm.Platform.Transactions;

namespace Spm.Platform.Quotas;

/// <summary>Which quotas are asked for; null does not narrow.</summary>
/// <param name="Rep">Only of this rep, by id or external id.</param>
/// <param name="Period">Only of exactly this fiscal period.</param>
public sealed record QuotaFilter(string? Rep = null, string? Period = null);

[QueryType]
internal static class QuotaRoots
{
    /// <summary>Quotas by rep, measure and period.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<QuotaView>> GetQuotasAsync(PageArguments page, QuotaQueries queries, Call call, QuotaFilter? filter = null)
    {
        var (company, asked) = (call.CompanyFor(Scopes.RepsRead), filter ?? new QuotaFilter());
        return Pages.Of(
            QuotaQueries.Keys, page, seek => queries.List(call.Caller, company, asked.Rep, asked.Period, seek), q => QuotaView.Of(q, company),
            () => queries.All(call.Caller, company, asked.Rep, asked.Period).Then(all => all.LongCount()));
    }
}

[ObjectType<QuotaView>]
internal static class QuotaFields
{
    /// <summary>Whose quota it is.</summary>
    public static RepRef? GetRep([Parent] QuotaView quota, RecordGraph records, RepSlice slice) => records.Find(slice, quota.Rep, (entry, company) => TransactionViews.Rep(company, entry.No));

    /// <summary>What it is a target of.</summary>
    public static MeasureView? GetMeasure([Parent] QuotaView quota, RecordGraph records, MeasureSlice slice) => records.Find(slice, quota.Measure, slice.View);
}
