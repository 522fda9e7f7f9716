using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Engine;
using Spm.Compensation.Fx;
using Spm.Compensation.Groups;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Platform.Companies;

/// <summary>
/// All reference data of one tenant at one moment, immutable, with what the core derives from it. A change makes a new one and
/// shares what did not change.
/// </summary>
public sealed record Company
{
    private static readonly FxRule DefaultFxRule = new(FxBasis.TransactionDate);

    // By version as it is in memory; plans of a model leave when nobody holds them any more.
    private ConditionalWeakTable<VersionRules, StrongBox<bool>> _looksAtCredits = [];

    public required int Tenant { get; init; }

    public required string TenantId { get; init; }

    /// <summary>Grows with every change; what was calculated under another version is stale.</summary>
    public long Version { get; init; }

    /// <summary>The number of the last change that is in here: of records that changed later this company does not know yet.</summary>
    public long LastChange { get; init; }

    public CompanyDoc Settings
    {
        get;
        init
        {
            field = value;
            FxRule = value.Fx?.ToRule() ?? DefaultFxRule;
        }
    } = new("", "USD");

    /// <summary>Which rate converts amounts of other currencies before they are credited.</summary>
    public FxRule FxRule { get; private init; } = DefaultFxRule;

    /// <summary>All to the company's currency.</summary>
    public FxRates FxRates { get; init; } = FxRates.None;

    public ImmutableSortedDictionary<string, YearDoc> Years { get; init; } = ImmutableSortedDictionary.Create<string, YearDoc>(StringComparer.Ordinal);

    public ImmutableDictionary<string, PeriodDoc> Periods { get; init; } = ImmutableDictionary.Create<string, PeriodDoc>(StringComparer.Ordinal);

    public Registry<MeasureDoc> MeasureDocs { get; init; } = Registry<MeasureDoc>.Empty();

    public Registry<PlanDoc> PlanDocs { get; init; } = Registry<PlanDoc>.Empty();

    public Registry<RepDoc> Reps { get; init; } = Registry<RepDoc>.Empty();

    public Registry<TerritoryDoc> Territories { get; init; } = Registry<TerritoryDoc>.Empty();

    public Registry<AccountDoc> Accounts { get; init; } = Registry<AccountDoc>.Empty();

    public FiscalCalendar Calendar { get; init; } = FiscalCalendar.Empty;

    public Roster Roster { get; init; } = Roster.Empty;

    public ImmutableArray<Measure> Measures
    {
        get;
        init
        {
            field = value;
            _looksAtCredits = [];
        }
    } = [];

    /// <summary>By plan number.</summary>
    public ImmutableArray<PlanRules> Plans
    {
        get;
        init
        {
            field = value;
            SharedPlans = value.Select((plan, no) => (plan, no)).Where(p => p.plan.Versions.Any(v => v.LooksAtOthers)).Select(p => p.no).ToFrozenSet();
        }
    } = [];

    /// <summary>Numbers of plans by which the pay of a rep depends on other reps: they ask for figures of groups, or have a budget that reps share.</summary>
    public FrozenSet<int> SharedPlans { get; private init; } = [];

    /// <summary>By rep number: what a plan may ask about a rep.</summary>
    public ImmutableArray<RepProfile> Profiles { get; init; } = [];

    /// <summary>By rep number: plan numbers, dated.</summary>
    public ImmutableArray<Timeline<int>> RepPlans { get; init; } = [];

    /// <summary>By rep number.</summary>
    public ImmutableArray<RepQuotas> Quotas { get; init; } = [];

    public Currency Currency => Currency.Parse(Settings.Currency);

    public PeriodStatus StatusOf(FiscalMonth month) => Periods.TryGetValue(month.Id, out var period) ? period.Status : PeriodStatus.Open;

    /// <summary>Months whose payouts still change, in order of time. A month that is being closed no longer does.</summary>
    public IReadOnlyList<FiscalMonth> OpenMonths => [.. Calendar.Months.Where(m => StatusOf(m) == PeriodStatus.Open)];

    public RepQuotas QuotasOf(int rep) => rep < Quotas.Length ? Quotas[rep] : RepQuotas.Empty;

    /// <summary>As it was set for a rep, before the rules of any plan; null when it is not fully set.</summary>
    public decimal? QuotaOf(int rep, int measure, FiscalPeriod span, FiscalYear year) => QuotasOf(rep).For(measure, span, year, Calendar);

    /// <summary>True when a version looks at single credits, so that the company's sums by measure and month are not enough.</summary>
    public bool LooksAtCredits(VersionRules version) => _looksAtCredits.GetValue(version, v => new StrongBox<bool>(!v.NeedsOnlySums(IsSummed))).Value;

    /// <summary>True when some plan looks at single credits.</summary>
    public bool AnyLooksAtCredits => Plans.Any(p => p.Versions.Any(LooksAtCredits));

    /// <summary>True when a plan of the year looks at single credits.</summary>
    public bool LooksAtCredits(RepYearInputs year) => year.Plans.Any(p => p is not null && LooksAtCredits(p.Version));

    /// <summary>True when a plan of the year follows deals beyond it: into years before and after.</summary>
    public static bool FollowsDeals(RepYearInputs year) => year.Plans.Any(p => p?.Version.NeedsDeals == true);

    /// <summary>Numbers of the plans of a rep, at any time, by which the pay depends on other reps.</summary>
    public IEnumerable<int> SharedPlansOf(int rep) => SharedPlans.Count == 0 ? [] : RepPlans[rep].Entries.Select(e => e.Value).Where(SharedPlans.Contains).Distinct();

    /// <summary>Who is on a plan at any time.</summary>
    public IEnumerable<int> RepsOn(int plan) => Enumerable.Range(0, RepPlans.Length).Where(rep => RepPlans[rep].Entries.Any(e => e.Value == plan));

    /// <summary>All that a rep's incentives of a year depend on, but the credits.</summary>
    /// <param name="instead">Another plan in the place of one of the company's, for a model.</param>
    public RepYearInputs InputsOf(int rep, FiscalYear year, PlanRules? instead = null) => new(year, Profiles[rep], PlansOf(rep, year, instead), QuotasOf(rep).Book)
    {
        Calendar = Calendar,
        DatedQuotas = QuotasOf(rep).DatedIn(Calendar),
        Places = SharedPlans.Count == 0 && instead is null ? null : PlacesOf(rep, year),
    };

    /// <summary>By month: who is above the rep, and the territory the rep owns, on the last day. Of several territories the first by its number.</summary>
    private RepPlace[] PlacesOf(int rep, FiscalYear year) =>
    [
        .. year.Months.Select(m =>
        {
            var day = m.Period.To.AddDays(-1);
            return new RepPlace(
                Roster.ManagerOf(rep, day) is >= 0 and var manager ? Reps[manager].ExternalId : null,
                Roster.TerritoryOwnedBy(rep, day) is >= 0 and var territory ? Territories[territory].ExternalId : null);
        }),
    ];

    /// <summary>How many months of a year have begun for a rep: up to the last one with a credit, or that is closed or being closed.</summary>
    /// <param name="last">The number of the last month in which something is credited to the rep; null: nothing ever was.</param>
    public int MonthsBegun(FiscalYear year, int? last)
    {
        for (var i = year.Months.Count; i > 0; i--)
        {
            if (last >= year.Months[i - 1].No || StatusOf(year.Months[i - 1]) != PeriodStatus.Open)
            {
                return i;
            }
        }
        return 0;
    }

    /// <summary>The plan that pays each month of a year for a rep, by the month's index.</summary>
    /// <param name="instead">Another plan in the place of the company's plan of the same id.</param>
    public PlanPaying?[] PlansOf(int rep, FiscalYear year, PlanRules? instead = null)
    {
        var dated = RepPlans[rep].Entries.Select(e => new Dated<PlanRules>(e.Range, Plans[e.Value].Id == instead?.Id ? instead : Plans[e.Value]));
        Timeline<PlanRules>.TryCreate(dated, out var plans, out _);
        return [.. year.Months.Select(m => PlanPaying.In(m, plans, Profiles[rep], Calendar))];
    }

    /// <summary>
    /// Whether the company sums up what a measure of a plan counts, by the same rule. A sum of margins does not tell which of them is not known: they are
    /// asked of the credits.
    /// </summary>
    private bool IsSummed(MeasureRule rule) => rule.No < Measures.Length && PlainMeasure.Of(rule) is { Value: not MeasureValue.Margin } plain && PlainMeasure.IsSame(plain, Measures[rule.No]);
}
