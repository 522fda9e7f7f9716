using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Spm.Compensation.Crediting;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Spm.Platform.Kernel;

namespace Spm.Platform.Companies;

/// <summary>
/// Gathers changes to one company and makes the next version of it. Nothing is seen by others before the change is stored and
/// published; an editor that is dropped leaves no trace.
/// </summary>
public sealed class CompanyEditor(Company before, long now)
{
    private readonly List<RecordChange> _changes = [];
    private readonly Dictionary<int, RepQuotas> _quotas = [];
    private Dictionary<string, HashSet<int>>? _reports;
    private CompanyDoc _settings = before.Settings;
    private ImmutableSortedDictionary<string, YearDoc> _years = before.Years;
    private ImmutableDictionary<string, PeriodDoc> _periods = before.Periods;

    public Company Before => before;

    public RegistryEditor<MeasureDoc> Measures { get; } = new(before, before.MeasureDocs, RecordKinds.Measure);

    public RegistryEditor<PlanDoc> Plans { get; } = new(before, before.PlanDocs, RecordKinds.Plan);

    public RegistryEditor<RepDoc> Reps { get; } = new(before, before.Reps, RecordKinds.Rep);

    public RegistryEditor<TerritoryDoc> Territories { get; } = new(before, before.Territories, RecordKinds.Territory);

    public RegistryEditor<AccountDoc> Accounts { get; } = new(before, before.Accounts, RecordKinds.Account);

    public RateEditor Rates => field ??= new RateEditor(before, now, _changes.Add);

    public IReadOnlyDictionary<string, YearDoc> Years => _years;

    /// <summary>The revisions to store, in order.</summary>
    public IReadOnlyList<RecordChange> Changes => _changes;

    /// <summary>
    /// True when the change may credit or measure any transaction differently that is already here. What changes with rates is seen from
    /// <see cref="Rates"/> and from the settings.
    /// </summary>
    public bool Recredits { get; private set; }

    /// <summary>Reps whose incentives may differ; null means all of them.</summary>
    public HashSet<int>? Affected { get; private set; } = [];

    public void Put<TDoc>(RegistryEditor<TDoc> registry, string source, string externalId, TDoc doc, Func<TDoc, TDoc, bool> creditsAlike)
        where TDoc : class
    {
        var (old, entry) = registry.Put(source, externalId, doc, now);
        _changes.Add(RecordChange.Of(registry.Kind.Name, entry.Id, entry.No, entry.Version, doc, now) with { Source = source, ExternalId = externalId });
        if (doc is RepDoc rep)
        {
            Note(entry.No, rep);
        }
        Recredits |= old is null ? registry.Kind == RecordKinds.Measure : !creditsAlike(old.Doc, doc);
    }

    /// <summary>Numbers of the reps that may have this manager on some day, as edited so far; look at their records.</summary>
    public IEnumerable<int> ReportsOf(string manager)
    {
        if (_reports is null)
        {
            _reports = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
            for (var no = 0; no < Reps.Count; no++)
            {
                Note(no, Reps[no].Doc);
            }
        }
        return _reports.TryGetValue(manager, out var reports) ? reports : [];
    }

    public void PutSettings(CompanyDoc settings)
    {
        _settings = settings;
        _changes.Add(RecordChange.Of(RecordKinds.Company, "company", 0, 0, settings, now));
        Affected = null;
    }

    public void PutYear(string id, YearDoc year)
    {
        _years = _years.SetItem(id, year);
        _changes.Add(RecordChange.Of(RecordKinds.Year, id, 0, 0, year, now));
        Affected = null;
    }

    public void PutPeriod(string id, PeriodStatus status)
    {
        var doc = new PeriodDoc(status, now);
        _periods = _periods.SetItem(id, doc);
        _changes.Add(RecordChange.Of(RecordKinds.Period, id, 0, 0, doc, now));
        Affected = null;
    }

    public PutOutcome PutQuota(int rep, int measure, QuotaDoc quota)
    {
        var known = _quotas.TryGetValue(rep, out var edited) ? edited : before.QuotasOf(rep);
        var (old, next) = quota.From is { } from ? Dated(known, new DatedQuota(measure, quota.Period, from, quota.Amount)) : Whole(known, measure, quota);
        if (old == quota.Amount)
        {
            return PutOutcome.Unchanged;
        }
        _quotas[rep] = next;
        _changes.Add(RecordChange.Of(RecordKinds.Quota, quota.Key, 0, 0, quota, now));
        Touch(rep);
        return old is null ? PutOutcome.Created : PutOutcome.Corrected;
    }

    /// <summary>Takes a quota away, as if it had never been set.</summary>
    /// <returns>What it was; null where there is none.</returns>
    public decimal? RemoveQuota(int rep, int measure, QuotaDoc quota)
    {
        var known = _quotas.TryGetValue(rep, out var edited) ? edited : before.QuotasOf(rep);
        var dated = known.Dated.FirstOrDefault(d => (d.Measure, d.Period, d.From) == (measure, quota.Period, quota.From));
        if ((quota.From is null ? known.Book.Exactly(measure, quota.Period) : dated?.Amount) is not { } amount)
        {
            return null;
        }
        _quotas[rep] = quota.From is null ? known with { Book = known.Book.Without(measure, quota.Period) } : known with { Dated = [.. known.Dated.Where(d => d != dated)] };
        _changes.Add(new RecordChange(RecordKinds.Quota, quota.Key, 0, 0, null, now));
        Touch(rep);
        return amount;
    }

    private static (decimal? Old, RepQuotas Next) Whole(RepQuotas known, int measure, QuotaDoc quota) =>
        (known.Book.Exactly(measure, quota.Period), known with { Book = known.Book.With(measure, quota.Period, quota.Amount) });

    private static (decimal? Old, RepQuotas Next) Dated(RepQuotas known, DatedQuota quota)
    {
        var old = known.Dated.FirstOrDefault(d => (d.Measure, d.Period, d.From) == (quota.Measure, quota.Period, quota.From));
        return (old?.Amount, known with { Dated = [.. known.Dated.Where(d => d != old), quota] });
    }

    public void Touch(int rep) => Affected?.Add(rep);

    public void TouchAll() => Affected = null;

    public Company Build()
    {
        var reps = Reps.Build();
        var territories = Territories.Build();
        var accounts = Accounts.Build();
        var measureDocs = Measures.Build();
        var planDocs = Plans.Build();
        var measures = Measures.Changed.Count == 0 ? before.Measures : [.. measureDocs.All.Select(CompanyFacts.Measure)];
        return before with
        {
            Version = before.Version + 1,
            Settings = _settings,
            FxRates = Rates.Build(),
            Years = _years,
            Periods = _periods,
            MeasureDocs = measureDocs,
            PlanDocs = planDocs,
            Reps = reps,
            Territories = territories,
            Accounts = accounts,
            Calendar = ReferenceEquals(_years, before.Years) ? before.Calendar : new FiscalCalendar(_years.Select(y => CompanyFacts.Year(y.Key, y.Value))),
            Measures = measures,
            Plans = [.. Update(before.Plans, planDocs, Plans.Changed, p => CompanyFacts.Plan(p, measureDocs))],
            Roster = new Roster(
                Update(before.Roster.Reps, reps, Reps.Changed, e => CompanyFacts.Rep(e, reps)),
                Update(before.Roster.Territories, territories, Territories.Changed, e => CompanyFacts.Territory(e, territories, reps)),
                Update(before.Roster.Accounts, accounts, Accounts.Changed, e => CompanyFacts.Account(e, territories))),
            RepPlans = [.. Update(before.RepPlans, reps, Reps.Changed, e => CompanyFacts.Dated(e.Doc.Plans, planDocs))],
            Profiles = [.. Update(before.Profiles, reps, Reps.Changed, CompanyFacts.Profile)],
            Quotas = QuotasAfter(reps.Count),
        };
    }

    private void Note(int no, RepDoc rep)
    {
        foreach (var manager in _reports is null ? [] : rep.Managers)
        {
            (_reports!.TryGetValue(manager.Ref, out var reports) ? reports : _reports[manager.Ref] = []).Add(no);
        }
    }

    private ImmutableArray<RepQuotas> QuotasAfter(int reps)
    {
        if (_quotas.Count == 0 && before.Quotas.Length == reps)
        {
            return before.Quotas;
        }
        var quotas = new RepQuotas[reps];
        before.Quotas.CopyTo(quotas);
        Array.Fill(quotas, RepQuotas.Empty, before.Quotas.Length, reps - before.Quotas.Length);
        foreach (var (rep, book) in _quotas)
        {
            quotas[rep] = book;
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(quotas);
    }

    private static IReadOnlyList<TFacts> Update<TFacts, TDoc>(
        IReadOnlyList<TFacts> facts, Registry<TDoc> registry, IReadOnlyDictionary<int, Entry<TDoc>> changed, Func<Entry<TDoc>, TFacts> derive)
    {
        if (changed.Count == 0)
        {
            return facts;
        }
        var next = new TFacts[registry.Count];
        for (var i = 0; i < facts.Count; i++)
        {
            next[i] = facts[i];
        }
        foreach (var no in changed.Keys)
        {
            next[no] = derive(registry[no]);
        }
        return next;
    }
}

/// <summary>A revision to store. Version 0 means the store counts; without a body the record is taken away.</summary>
public sealed record RecordChange(string Kind, string Id, int No, int Version, string? Body, long RecordedAt, string? Source = null, string? ExternalId = null)
{
    public static RecordChange Of<TDoc>(string kind, string id, int no, int version, TDoc doc, long now) =>
        new(kind, id, no, version, JsonSerializer.Serialize(doc, Json.Stored), now);
}
