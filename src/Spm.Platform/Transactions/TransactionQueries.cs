using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <summary>Which transactions are asked for; null does not narrow.</summary>
/// <param name="Source">Only of this source.</param>
/// <param name="ExternalId">With the source: the one with this external id.</param>
/// <param name="Period">Only of this fiscal month.</param>
public sealed record TransactionFilter(string? Source = null, string? ExternalId = null, string? Period = null);

/// <summary>Reads current transactions, and who is credited for them.</summary>
public sealed class TransactionQueries(TenantDirectory tenants, SpmStore store)
{
    /// <summary>In the order they were recorded.</summary>
    public static readonly Keyset<TransactionRow, long> Keys = Keyset.Of<TransactionRow>("transactions", r => r.Seq);

    public static readonly Keyset<TransactionRow, (long At, long Seq)> UpdatedKeys = Keyset.Updated<TransactionRow>("transactions", r => (r.RecordedAt, r.Seq));

    /// <summary>Those whose current version was recorded at an instant or later, in that order; deleted ones too.</summary>
    public Result<IReadOnlyList<TransactionRow>> Updated(Caller caller, TransactionFilter filter, long since, Seek<(long At, long Seq)> seek)
    {
        var asked = Asked(caller, filter);
        return !asked.IsOk ? asked.Error!
            : asked.Value.Single is { } one ? [.. UpdatedKeys.Slice(one.Where(r => r.RecordedAt >= since), seek)]
            : store.Read(s => TransactionTable.Updated(s, caller.Tenant, asked.Value.Source, asked.Value.Month, since, seek));
    }

    public Result<IReadOnlyList<TransactionRow>> List(Caller caller, TransactionFilter filter, Seek<long> seek)
    {
        var asked = Asked(caller, filter);
        return !asked.IsOk ? asked.Error!
            : asked.Value.Single is { } one ? [.. Keys.Slice(one, seek)]
            : store.Read(s => TransactionTable.Page(s, caller.Tenant, asked.Value.Source, asked.Value.Month, seek));
    }

    public Result<long> Count(Caller caller, TransactionFilter filter) => Asked(caller, filter).Then(
        asked => asked.Single?.Count ?? store.Read(s => TransactionTable.Count(s, caller.Tenant, asked.Source, asked.Month)));

    public Result<TransactionRow> Get(Caller caller, string id)
    {
        if (caller.Lacks(Scopes.TransactionsRead) is { } lacking)
        {
            return lacking;
        }
        return Find(tenants.Get(caller.Tenant), id) is { } row ? row : new Error(ErrorCodes.NotFound, $"There is no transaction '{id}'.");
    }

    /// <summary>Those of these ids that are there: one reading for all of them.</summary>
    public Result<IReadOnlyList<TransactionRow>> Find(Caller caller, IReadOnlyList<string> ids)
    {
        if (caller.Lacks(Scopes.TransactionsRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        (int Source, string ExternalId)[] keys = [.. ids.Select(Ids.Transaction).OfType<(int Source, string ExternalId)>().Where(k => tenants.SourceName(tenant, k.Source) is not null)];
        return store.Read(s => TransactionTable.Current(s, keys));
    }

    public async Task<Result<CreditsView>> CreditsAsync(Caller caller, string id)
    {
        if (caller.Lacks(Scopes.TransactionsRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        // Credits and the rates that they were made with belong together.
        using var entry = await tenant.Gate.ReadAsync();
        if (Find(tenant, id) is not { } row)
        {
            return new Error(ErrorCodes.NotFound, $"There is no transaction '{id}'.");
        }
        return CreditsView.Of(row, store.Read(s => TransactionTable.Problems(s, row.Seq)), tenant.Company);
    }

    /// <summary>The same of several transactions, by their ids: two readings for all of them. One that is not there is left out.</summary>
    public async Task<Result<IReadOnlyDictionary<string, CreditsView>>> CreditsAsync(Caller caller, IReadOnlyList<string> ids)
    {
        if (caller.Lacks(Scopes.TransactionsRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        using var entry = await tenant.Gate.ReadAsync();
        var rows = Find(caller, ids).Value;
        var problems = store.Read(s => TransactionTable.Problems(s, [.. rows.Select(r => r.Seq)])).ToLookup(p => p.Transaction, p => p.Problem);
        return rows.ToDictionary(r => Ids.ForTransaction(r.Source, r.ExternalId), r => CreditsView.Of(r, [.. problems[r.Seq]], tenant.Company), StringComparer.Ordinal);
    }

    private Result<(int? Source, int? Month, IReadOnlyList<TransactionRow>? Single)> Asked(Caller caller, TransactionFilter filter)
    {
        if (caller.Lacks(Scopes.TransactionsRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        var month = filter.Period is null ? null : tenant.Company.Calendar.Months.FirstOrDefault(m => m.Id == filter.Period);
        if (filter.Period is not null && month is null)
        {
            return Error.Of("period", ErrorCodes.PeriodUnknown, $"The fiscal calendar has no month '{filter.Period}'.");
        }
        var source = filter.Source is null ? (int?)null : tenant.Sources.GetValueOrDefault(filter.Source, -1);
        if (filter.ExternalId is null)
        {
            return (source, month?.No, null);
        }
        return source is null ? Error.Of("source", ErrorCodes.ParameterInvalid, "`external_id` goes with `source`.")
            : (source, month?.No, store.Read(s => TransactionTable.Current(s, source.Value, filter.ExternalId)) is { } one ? [one] : []);
    }

    private TransactionRow? Find(TenantRuntime tenant, string id) =>
        Ids.Transaction(id) is var (source, externalId) && tenants.SourceName(tenant, source) is not null
            ? store.Read(s => TransactionTable.Current(s, source, externalId))
            : null;
}
