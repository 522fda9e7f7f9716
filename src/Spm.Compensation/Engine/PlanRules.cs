using Spm.Compensation.Accounting;
using Spm.Compensation.Amounts;
using Spm.Compensation.Bounds;
using Spm.Compensation.Crediting;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.Fx;
using Spm.Compensation.Groups;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Spm.Compensation.Windows;

namespace Spm.Compensation.Engine;

/// <summary>A plan document, read and compiled: what the engine calculates with. Immutable; one serves any number of reps and threads.</summary>
/// <param name="Versions">In order of their effective dates. The version in effect on a month's first day pays the month.</param>
public sealed record PlanRules(string Id, string Name, Currency Currency, IReadOnlyList<VersionRules> Versions)
{
    /// <summary>The number of every measure in quota books.</summary>
    public IReadOnlyDictionary<string, int> MeasureNos { get; init; } = new Dictionary<string, int>();

    public VersionRules? VersionAt(DateOnly day) => Versions.LastOrDefault(v => v.EffectiveFrom <= day);
}

/// <summary>One version. Components stand in the order in which they are calculated: one that asks for another stands behind it.</summary>
/// <param name="Number">From 1.</param>
public sealed record VersionRules(
    int Number,
    DateOnly EffectiveFrom,
    IReadOnlyList<MeasureRule> Measures,
    IReadOnlyList<TallyRule> Tallies,
    IReadOnlyList<ComponentRule> Components,
    PayRules Pay)
{
    /// <summary>Who is paid by it; null: whoever is on the plan.</summary>
    public CompiledExpression<RepMonth>? Eligibility { get; init; }

    public QuotaRules Quotas { get; init; } = QuotaRules.None;

    /// <summary>How other currencies become the plan's; by default at the rate of the transaction's day.</summary>
    public FxRule Fx { get; init; } = new(FxBasis.TransactionDate);

    /// <summary>Whether the document says so itself.</summary>
    public bool NamesFx { get; init; }

    /// <summary>How commissions are carried as costs of obtaining contracts; null: expensed as they are earned.</summary>
    public CapitalisationRule? Accounting { get; init; }

    /// <summary>Reps whose figures are looked at together.</summary>
    public IReadOnlyList<GroupRule> Groups { get; init; } = [];

    /// <summary>By component: whether its figures are summed for groups, because a component asks for them.</summary>
    public IReadOnlyList<bool> InGroups { get; init; } = [];

    /// <summary>Whether a component asks for figures of groups: then all reps are calculated before any is paid.</summary>
    public bool NeedsGroups { get; init; }

    /// <summary>Ids of components whose earning depends on groups, be it through what others have earned by earlier versions of the plan.</summary>
    public IReadOnlySet<string> DependOnGroups { get; init; } = new HashSet<string>();

    /// <summary>Whether what a rep is paid depends on other reps: by figures of groups, or by a budget that reps share.</summary>
    public bool LooksAtOthers => NeedsGroups || Components.Any(c => c.Pay.Spiff is not null);

    /// <summary>The order in which the document has the components, and statements show them.</summary>
    public IReadOnlyList<int> Shown { get; init; } = [];

    /// <summary>Null for a component that counts no credits.</summary>
    public MeasureRule? MeasureOf(ComponentRule component) => component.Tally == ComponentRule.NoTally ? null : Measures[Tallies[component.Tally].Measure];

    /// <summary>
    /// Whether sums of credits by measure and month are all that it asks for. Else it looks at single credits: at each deal, at days within a month,
    /// or at what a measure of its own makes of a credit.
    /// </summary>
    /// <param name="isSummed">Whether a measure is summed elsewhere by the same rule.</param>
    public bool NeedsOnlySums(Func<MeasureRule, bool> isSummed) =>
        !NeedsDeals && Tallies.All(t => isSummed(Measures[t.Measure]));

    /// <summary>Whether a rule looks at the lines of a deal together: each deal earns by itself, is held or clawed back, what was credited before the year is asked for, or a refund after the dates of a component has to find its sale.</summary>
    public bool NeedsDeals => Tallies.Any(t => t.Dates is not null) || Components.Any(c => c.Earning.NeedsDeals || c.Pay.NeedsDeals || c.LooksBack);

    public int Find(string component)
    {
        for (var i = 0; i < Components.Count; i++)
        {
            if (Components[i].Id == component)
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>The index of a group; -1 where there is none of the id.</summary>
    public int FindGroup(string id)
    {
        for (var i = 0; i < Groups.Count; i++)
        {
            if (Groups[i].Id == id)
            {
                return i;
            }
        }
        return -1;
    }
}

public enum MeasureUnit : byte
{
    Money,

    /// <summary>Units, meetings, points: anything counted.</summary>
    Count,
}

/// <summary>A measure: which credits count, and what of each.</summary>
/// <param name="No">Its number in the quota book.</param>
/// <param name="Kinds">The kinds of transactions that count. Payments and cancellations are news about a deal, not deals: they count only where they are named.</param>
/// <param name="When">Null: every credit of those kinds counts.</param>
public sealed record MeasureRule(
    string Id, int No, MeasureUnit Unit, IReadOnlySet<string>? Kinds, CompiledExpression<CreditContext> Value, CompiledExpression<CreditContext>? When)
{
    /// <summary>Null when the measure does not count the credit, or what it asks for is not known.</summary>
    public decimal? Of(CreditContext credit) => Counts(credit) ? Value.Number(credit) : null;

    /// <summary>Whether the measure counts the credit. Its value may not be known all the same: such a credit is in <see cref="VersionState.UnknownIn"/>.</summary>
    public bool Counts(CreditContext credit) => CountsKind(credit.Line) && (When is null || When.Truth(credit));

    /// <summary>Whether transactions of the line's kind count, whatever else the measure asks of them.</summary>
    public bool CountsKind(CreditLine line) => Kinds is null ? !line.IsNews : Kinds.Contains(line.Kind);
}

/// <summary>Kinds of transactions that tell what became of a deal, and are none.</summary>
public static class DealNews
{
    /// <summary>What the customer was asked for. Not news: it may be what a measure counts.</summary>
    public const string Invoice = "invoice";

    /// <summary>Takes back a sale or an invoice, with a negative amount.</summary>
    public const string Refund = "refund";

    /// <summary>Cash received for the deal.</summary>
    public const string Payment = "payment";

    /// <summary>The deal, or a part of it, is undone: what was paid for it may be clawed back.</summary>
    public const string Cancellation = "cancellation";

    /// <summary>What a rep below has earned; a plan counts it where it names the kind.</summary>
    public const string Earning = "earning";

    public static bool Is(string kind) => kind is Payment or Cancellation or Earning;
}

/// <summary>The credits of a measure that a component counts: one sum for each month, shared by the components that count the same.</summary>
/// <param name="Dates">Null: any day. A SPIFF counts the deals of its days alone; a refund counts with the sale it takes back.</param>
public sealed record TallyRule(int Measure, CreditSources Credits, DateRange? Dates)
{
    /// <param name="soldOn">The day of the first line of the deal that counts. Asked for refunds alone; null: the refund counts by its own day.</param>
    public bool Counts(CreditLine line, DateOnly? soldOn) =>
        (Credits & line.Credit) != 0 && Dates?.Contains(line.TakesBack ? soldOn ?? line.Date : line.Date) != false;
}

public enum QuotaUse : byte
{
    /// <summary>The quotas of the months so far: sales to date stand against quota to date.</summary>
    ToDate,

    /// <summary>The quota of the whole attainment period, from its first month on.</summary>
    Full,

    /// <summary>The component has no quota.</summary>
    None,
}

/// <summary>
/// One incentive. Calculated to date for each month in the order: earning (what the kind of component yields), then the stages in the order of
/// the list: threshold, gates, multipliers, kickers, caps. A month is paid the difference.
/// </summary>
/// <param name="MeasurementPeriod">The span that is paid; not longer than the attainment period.</param>
/// <param name="AttainmentPeriod">The span that sets the rate.</param>
public sealed record ComponentRule(
    string Id, string Name, int Tally, PeriodKind MeasurementPeriod, PeriodKind AttainmentPeriod, QuotaUse Quota, Earning Earning)
{
    public const int NoTally = -1;

    public IReadOnlyList<EarningStage> Stages { get; init; } = [];

    public CompiledExpression<RepMonth>? Eligibility { get; init; }

    /// <summary>The component's target incentive of a fiscal year; null: the rep's.</summary>
    public CompiledExpression<RepProfile>? TargetIncentive { get; init; }

    /// <summary>Attainment counts up to so many percent; what is credited beyond earns nothing.</summary>
    public Bound? AttainmentCap { get; init; }

    /// <summary>Attainment counts from so many percent on: what lies below earns nothing.</summary>
    public Bound? ExcessAbove { get; init; }

    /// <summary>Whether it asks for figures of groups, or for a component that does: it is calculated once those of all reps are known.</summary>
    public bool UsesGroups { get; init; }

    public ComponentPayRules Pay { get; init; } = ComponentPayRules.None;

    /// <summary>Whether it asks for what was credited before the fiscal year.</summary>
    public bool LooksBack { get; init; }

    /// <summary>Ids of the components whose figures it asks for.</summary>
    public IReadOnlySet<string> Asks { get; init; } = new HashSet<string>();

    /// <summary>Where attainment goes along, in the place of the attainment period, which then is the measurement period; null: it does not.</summary>
    public AttainmentWindow? Window { get; init; }

    /// <summary>How its commissions are carried as costs of obtaining contracts; null: as the version says.</summary>
    public CapitalisationRule? Accounting { get; init; }
}

/// <summary>
/// What a component yields before its stages: from the start of the measurement period to the end of the month, exact. Each kind is a record
/// of its own. Null: not known for want of a figure; the reason is set.
/// </summary>
public abstract record Earning
{
    /// <summary>The kind's name in a document: rate_table, matrix, …</summary>
    public abstract string Kind { get; }

    public virtual bool NeedsTargetIncentive => false;

    /// <summary>Looks at each deal by itself.</summary>
    public virtual bool PerDeal => false;

    /// <summary>Looks at single credits: at each deal by itself, or at the days of all.</summary>
    public virtual bool NeedsDeals => PerDeal;

    /// <summary>Whether amounts say what refunds have left of a deal, and not what is counted of it: where something else is counted than is paid on.</summary>
    public virtual bool RestIsOfAmounts => false;

    /// <summary>Whether what a month adds is earned by what is counted in it: what was counted before keeps what it earned.</summary>
    public virtual bool IsMarginal => false;

    /// <summary><see cref="Effort"/> of a month; of one deal where it looks at each.</summary>
    public abstract int Steps { get; }

    public abstract decimal? ToDate(PeriodContext period, ref Standstill missing);

    /// <summary>Which figure is not known, as "attainment of c, \"rep.facts.rate\""; null where all are.</summary>
    public virtual string? WhyUnknown(PeriodContext period) => null;

    /// <summary>The same figure as a graph that recomputes to it. Only asked when the figure is known.</summary>
    public abstract ExplainNode Explain(PeriodContext period);
}

/// <summary>A step between a component's earning and its incentive. Works on figures to date.</summary>
public abstract record EarningStage
{
    /// <summary>Its name in a document: gates, caps, …</summary>
    public abstract string Kind { get; }

    /// <summary><see cref="Effort"/> of a month.</summary>
    public abstract int Steps { get; }

    public abstract decimal? Apply(PeriodContext period, decimal earned, ref Standstill missing);

    /// <summary>Which figure is not known; null where all are.</summary>
    public virtual string? WhyUnknown(PeriodContext period) => null;

    /// <summary>The figure after the stage as a graph over the one before it.</summary>
    public abstract ExplainNode Explain(PeriodContext period, ExplainNode before);
}
