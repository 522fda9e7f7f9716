using Spm.Platform.Kernel;
using Spm.Platform.PayoutBatches;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Changes;

/// <summary>Reads what was written or taken away since a cursor, in order: whoever follows misses nothing of what they see.</summary>
public sealed class ChangeQueries(TenantDirectory tenants, LeaseCommands leases, ChangeSight sight, SpmStore store)
{
    /// <summary>So many rows are looked at in one request, however few of them the caller sees.</summary>
    private const int LookedAt = 5000;

    /// <param name="cursor">Null: nothing of before, and the cursor from which on to read.</param>
    public async Task<Result<ChangesView>> ListAsync(Caller caller, string? cursor, int limit)
    {
        if (caller.Lacks(Scopes.ChangesRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        await leases.ExpireAsync(tenant);
        if (cursor is null)
        {
            return new ChangesView([], ChangeCursor.Behind(store.Read(s => ChangeTable.Newest(s, tenant.No))).ToString(), HasMore: false);
        }
        var from = ChangeCursor.Read(cursor);
        return from.IsOk ? store.ReadSnapshot(session => Read(session, caller, tenant, from.Value, limit)) : from.Error!;
    }

    private Result<ChangesView> Read(SqlSession session, Caller caller, TenantRuntime tenant, ChangeCursor from, int limit)
    {
        var company = tenant.Company;
        var rows = ChangeTable.From(session, tenant.No, from.No, LookedAt);
        // Before the first change there is none to stand at: the first one that is kept must be the first there was.
        if (from.No == 0 ? rows.Count > 0 && rows[0].No != 1 : rows.Count == 0 || rows[0].No != from.No || rows[0].At != from.At)
        {
            return Error.Of("cursor", ErrorCodes.CursorExpired, $"What followed this cursor is not kept any more: changes are kept for {Limits.ChangeDays} days. Ask without a cursor, read the lists again, and go on from the new one.");
        }
        var seen = sight.Of(session, caller, company, rows);
        List<ChangeView> data = [];
        var at = from;
        foreach (var row in rows.SkipWhile(r => r.No == from.No && from.Within == 0))
        {
            // A record is committed a moment before the company that knows it, which says who sees it, is published: it is left for the next page.
            if (data.Count == limit || (row.No > company.LastChange && ChangeKinds.IsRecord(row.Kind)))
            {
                return Page(data, at, hasMore: true);
            }
            if (row.First == 0)
            {
                data.AddRange(seen.View(row) is { } view ? [view] : []);
                at = ChangeCursor.Behind(row);
            }
            else
            {
                at = Expand(session, caller, tenant, row, at.No == row.No ? at.Within : 0, limit, data);
                if (at.Within > 0)
                {
                    return Page(data, at, hasMore: true);
                }
            }
        }
        return Page(data, at, hasMore: rows.Count == LookedAt);
    }

    /// <summary>Transactions of a commit. A version that another one has followed is left out: that one is told of later.</summary>
    private ChangeCursor Expand(SqlSession session, Caller caller, TenantRuntime tenant, ChangeRow row, long after, int limit, List<ChangeView> data)
    {
        if (!caller.Has(Scopes.TransactionsRead))
        {
            return ChangeCursor.Behind(row);
        }
        var wanted = limit - data.Count;
        var some = TransactionTable.Between(session, tenant.No, Math.Max(row.First, after + 1), row.Last, wanted + 1);
        data.AddRange(some.Take(wanted).Select(t => new ChangeView(
            row.Kind, Ids.ForTransaction(t.Source, t.ExternalId), tenants.SourceName(tenant, t.Source), t.ExternalId, t.Deleted, Wire.Instant(row.At))));
        return some.Count > wanted ? new ChangeCursor(row.No, row.At, some[wanted - 1].Seq) : ChangeCursor.Behind(row);
    }

    private static ChangesView Page(List<ChangeView> data, ChangeCursor at, bool hasMore) => new(data, at.ToString(), hasMore);
}
