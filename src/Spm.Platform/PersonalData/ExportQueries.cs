using System.Text.Json;
using Spm.Platform.AuditTrail;
using Spm.Platform.Companies;
using Spm.Platform.Credentials;
using Spm.Platform.Kernel;
using Spm.Platform.Payouts;
using Spm.Platform.Provisioning;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.PersonalData;

/// <param name="Kind">rep_revision, quota, payout, transaction, api_key, user or audit_entry.</param>
/// <param name="Data">As the resource's own operation answers; a revision as it is stored.</param>
public sealed record PersonalRecord(string Kind, object Data);

/// <summary>Everything that is kept about one person, whoever may see which part of it otherwise.</summary>
public sealed class ExportQueries(TenantDirectory tenants, Settlements settlements, SpmStore store, RecordClock clock)
{
    public async Task<Result<IReadOnlyList<PersonalRecord>>> ExportAsync(Caller caller, string id)
    {
        if (caller.Lacks(Scopes.PersonalDataRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        if (tenant.Company.Reps.ById(id) is not { } rep)
        {
            return new Error(ErrorCodes.NotFound, $"There is no rep '{id}'.");
        }
        await settlements.SettleAsync(tenant);
        // What is read about a person is told as well as what is changed.
        await store.Writer.WriteAsync(s => AuditTable.Append(s, caller, "rep.export", id, null, null, clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return store.ReadSnapshot<List<PersonalRecord>>(session => [.. Records(session, tenant, rep)]);
    }

    private IEnumerable<PersonalRecord> Records(SqlSession session, TenantRuntime tenant, Entry<RepDoc> rep)
    {
        var company = tenant.Company;
        var revisions = session.Query(
            "select version, recorded_at, ended_at, body from record where tenant = $1 and kind = 'rep' and id = $2 order by seq",
            r => new
            {
                rep.Id,
                rep.Source,
                rep.ExternalId,
                Version = r.GetInt64(0),
                RecordedAt = Wire.Instant(r.GetInt64(1)),
                EndedAt = r.IsDBNull(2) ? null : Wire.Instant(r.GetInt64(2)),
                Record = JsonElement.Parse(r.GetString(3)),
            },
            tenant.No, rep.Id);
        var quotas = session.Query("select body from record where tenant = $1 and kind = 'quota' and ended_at is null order by seq", r => JsonElement.Parse(r.GetString(0)), tenant.No)
            .Where(q => q.GetProperty("rep").GetString() == rep.Id);
        var transactions = new SortedDictionary<long, TransactionRow>();
        foreach (var month in company.Calendar.Months)
        {
            TransactionTable.ForEachCrediting(session, tenant.No, rep.No, month.No, row => transactions[row.Seq] = row);
        }
        return
        [
            .. revisions.Select(r => new PersonalRecord("rep_revision", r)),
            .. quotas.Select(q => new PersonalRecord("quota", q)),
            .. PayoutTable.OfReps(session, tenant.No, [rep.No])[0].Where(p => company.Calendar.MonthByNo(p.Month) is not null).Select(p => new PersonalRecord("payout", PayoutView.Of(p, company))),
            .. transactions.Values.Where(t => t.Rep == rep.No || t.Splits.Any(s => s.Rep == rep.No) || t.Credits.Any(c => c.Rep == rep.No))
                .Select(t => new PersonalRecord("transaction", TransactionViews.Of(t, tenant, tenants))),
            .. ApiKeyTable.All(session, tenant.No).Where(k => k.Rep == rep.Id).Select(k => new PersonalRecord("api_key", ApiKeyView.Of(k, clock.GetUtcNow().ToUnixTimeMilliseconds()))),
            .. ScimTable.UserOfRep(session, tenant.No, rep.Id) is { } user ? [new PersonalRecord("user", ScimView.Of(session, user).Resource)] : Array.Empty<PersonalRecord>(),
            .. AuditTable.Where(session, tenant.No, "(subject = $2 or subject in (select id from api_key where tenant = $1 and rep = $2) or actor in (select id from api_key where tenant = $1 and rep = $2))", rep.Id)
                .Select(e => new PersonalRecord("audit_entry", AuditEntryView.Of(e))),
        ];
    }
}
