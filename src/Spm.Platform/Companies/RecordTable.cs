using System.Collections.Immutable;
using System.Text.Json;
using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Fx;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Spm.Platform.Changes;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Companies;

/// <summary>Reference records in the store: every revision is kept, a revision ends when the next one begins.</summary>
internal static class RecordTable
{
    /// <param name="changes">At least one, all of one instant.</param>
    /// <returns>The number of the last change that this told.</returns>
    public static long Write(SqlSession session, int tenant, IReadOnlyList<RecordChange> changes)
    {
        var versions = Versions(session, tenant, changes);
        var end = session.Prepare("update record set ended_at = ? where tenant = ? and kind = ? and id = ? and ended_at is null");
        var insert = session.Prepare("insert into record (tenant, kind, id, no, version, source, external_id, body, recorded_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        HashSet<(string, string)> sent = [];
        foreach (var change in changes)
        {
            var key = (change.Kind, change.Id);
            if (!sent.Add(key))
            {
                // The revision that this one ends is of this commit too: it goes in first.
                end.Send();
                insert.Send();
                sent = [key];
            }
            var version = change.Version > 0 ? change.Version : versions[key] + 1;
            if (version > 1)
            {
                end.Bind(change.RecordedAt).Bind(tenant).Bind(change.Kind).Bind(change.Id).Add();
            }
            if (change.Body is not null)
            {
                insert.Bind(tenant).Bind(change.Kind).Bind(change.Id).Bind(change.No).Bind(version).Bind(change.Source).Bind(change.ExternalId).Bind(change.Body).Bind(change.RecordedAt).Add();
            }
            versions[key] = change.Body is null ? 0 : version;
        }
        end.Send();
        insert.Send();
        ChangeTable.Tell(session, tenant, [.. changes.Select(c => (c.Kind, c.Id, c.Body is null))], changes[0].RecordedAt);
        return ChangeTable.Last(session, tenant);
    }

    /// <summary>The versions that those records stand in whose versions the store counts; 0 where there is none.</summary>
    private static Dictionary<(string Kind, string Id), int> Versions(SqlSession session, int tenant, IReadOnlyList<RecordChange> changes)
    {
        (string Kind, string Id)[] keys = [.. changes.Where(c => c.Version == 0).Select(c => (c.Kind, c.Id)).Distinct()];
        var found = session.QueryEach(
            "select version from record where tenant = $1 and kind = $2 and id = $3 and ended_at is null", r => r.GetInt32(0), [.. keys.Select(k => new object?[] { tenant, k.Kind, k.Id })]);
        return keys.Zip(found).ToDictionary(k => k.First, k => k.Second.SingleOrDefault());
    }

    /// <summary>The record as it stands; null when there is none.</summary>
    public static string? Body(SqlSession session, int tenant, string kind, string id) =>
        session.First("select body from record where tenant = $1 and kind = $2 and id = $3 and ended_at is null", r => r.GetString(0), tenant, kind, id);

    public static Company Load(SqlSession session, int tenant, string tenantId)
    {
        var company = new Company { Tenant = tenant, TenantId = tenantId, LastChange = ChangeTable.Last(session, tenant) };
        var years = ImmutableSortedDictionary.CreateBuilder<string, YearDoc>(StringComparer.Ordinal);
        var periods = ImmutableDictionary.CreateBuilder<string, PeriodDoc>(StringComparer.Ordinal);
        foreach (var (id, body) in Rows(session, tenant, RecordKinds.Year))
        {
            years[id] = Doc<YearDoc>(body);
        }
        foreach (var (id, body) in Rows(session, tenant, RecordKinds.Period))
        {
            periods[id] = Doc<PeriodDoc>(body);
        }
        var measureDocs = Registry<MeasureDoc>(session, tenant, RecordKinds.Measure);
        var planDocs = Registry<PlanDoc>(session, tenant, RecordKinds.Plan);
        var reps = Registry<RepDoc>(session, tenant, RecordKinds.Rep);
        var territories = Registry<TerritoryDoc>(session, tenant, RecordKinds.Territory);
        var accounts = Registry<AccountDoc>(session, tenant, RecordKinds.Account);
        var settings = Rows(session, tenant, RecordKinds.Company).Select(r => Doc<CompanyDoc>(r.Body)).FirstOrDefault() ?? company.Settings;
        ImmutableArray<Measure> measures = [.. measureDocs.All.Select(CompanyFacts.Measure)];
        return company with
        {
            Settings = settings,
            Years = years.ToImmutable(),
            Periods = periods.ToImmutable(),
            MeasureDocs = measureDocs,
            PlanDocs = planDocs,
            Reps = reps,
            Territories = territories,
            Accounts = accounts,
            Calendar = new FiscalCalendar(years.Select(y => CompanyFacts.Year(y.Key, y.Value))),
            Measures = measures,
            Plans = [.. planDocs.All.Select(p => CompanyFacts.Plan(p, measureDocs))],
            Profiles = [.. reps.All.Select(CompanyFacts.Profile)],
            Roster = new(
                [.. reps.All.Select(r => CompanyFacts.Rep(r, reps))],
                [.. territories.All.Select(t => CompanyFacts.Territory(t, territories, reps))],
                [.. accounts.All.Select(a => CompanyFacts.Account(a, territories))]),
            RepPlans = [.. reps.All.Select(r => CompanyFacts.Dated(r.Doc.Plans, planDocs))],
            Quotas = Quotas(session, tenant, reps, measureDocs),
            FxRates = Rates(session, tenant, Currency.Parse(settings.Currency)),
        };
    }

    private static FxRates Rates(SqlSession session, int tenant, Currency to) => FxRates.None.With(Rows(session, tenant, RecordKinds.FxRate)
        .Select(r => Doc<FxRateDoc>(r.Body))
        .ToDictionary(r => new FxRateKey(Currency.Parse(r.From), to, r.Day), r => (decimal?)r.Rate));

    private static Registry<TDoc> Registry<TDoc>(SqlSession session, int tenant, RecordKind kind)
    {
        var entries = session.Query(
            "select no, id, version, body, recorded_at, source, external_id from record where tenant = $1 and kind = $2 and ended_at is null",
            r => new Entry<TDoc>(r.GetInt32(0), r.GetString(1), r.GetString(5), r.GetString(6), r.GetInt32(2), Doc<TDoc>(r.GetString(3)), r.GetInt64(4)),
            tenant,
            kind.Name);
        return Companies.Registry<TDoc>.Empty().With(entries.ToDictionary(e => e.No));
    }

    private static ImmutableArray<RepQuotas> Quotas(SqlSession session, int tenant, Registry<RepDoc> reps, Registry<MeasureDoc> measures)
    {
        var books = new Dictionary<(int, string), decimal>[reps.Count];
        var dated = new List<DatedQuota>[reps.Count];
        foreach (var (_, body) in Rows(session, tenant, RecordKinds.Quota))
        {
            var quota = Doc<QuotaDoc>(body);
            var (rep, measure) = (reps.ById(quota.Rep)!.No, measures.ById(quota.Measure)!.No);
            if (quota.From is { } from)
            {
                (dated[rep] ??= []).Add(new DatedQuota(measure, quota.Period, from, quota.Amount));
            }
            else
            {
                (books[rep] ??= [])[(measure, quota.Period)] = quota.Amount;
            }
        }
        return [.. Enumerable.Range(0, reps.Count).Select(r => books[r] is null && dated[r] is null ? RepQuotas.Empty : new RepQuotas(new QuotaBook(books[r] ?? []), dated[r] ?? []))];
    }

    private static List<(string Id, string Body)> Rows(SqlSession session, int tenant, string kind) =>
        session.Query("select id, body from record where tenant = $1 and kind = $2 and ended_at is null", r => (r.GetString(0), r.GetString(1)), tenant, kind);

    private static TDoc Doc<TDoc>(string body) => JsonSerializer.Deserialize<TDoc>(body, Json.Stored)!;
}
