using Spm.Compensation.Earnings;
using Spm.Compensation.Explain;

namespace Spm.Compensation.Engine;

/// <summary>
/// What each deal has to do with the incentives of a rep's components, month by month. Where a component looks at each deal, that is what the deal earns.
/// Where it looks at the period, or where stages come after the deals, what it earns is divided: <see cref="DividedIncentive"/>, for each month by what is
/// counted of the deals in it, for stages by what each deal has earned before them to date. Months are worked out once, in order of time, for a month
/// depends on what those before it gave to the deals.
/// </summary>
/// <param name="years">Of one rep, calculated, in order of time. They stay as they are: what has been worked out is not looked at again.</param>
public sealed class DealIncentives(IReadOnlyList<RepYear> years)
{
    private static readonly SortedDictionary<string, decimal> None = new(StringComparer.Ordinal);

    private readonly List<(RepYear Year, int Month)> _months = [.. years.SelectMany(y => Enumerable.Range(0, y.Months).Select(m => (y, m)))];
    private readonly Dictionary<string, List<DealsOfMonth>> _components = new(StringComparer.Ordinal);
    private readonly Dictionary<(VersionState State, int Month, int Component), SortedDictionary<string, decimal>> _earned = [];
    private readonly Dictionary<(VersionState State, int Month, int Component), Dictionary<string, ExplainNode>> _explained = [];

    /// <summary>Every deal with a part in the incentive of a month, in the order of their keys. The parts sum to it, unless no deal counts anything.</summary>
    /// <param name="month">Counted from 0 over all years.</param>
    public IReadOnlyDictionary<string, decimal> Of(int month, string component) => At(month, component).Parts;

    /// <summary>How the part of a deal came about. A deal with no part in the month has earned nothing.</summary>
    public ExplainNode Explain(int month, string component, string deal)
    {
        var of = At(month, component);
        if (of.Now is { } now)
        {
            var part = now.Explain(deal);
            return of.Before is { } before ? ExplainNode.Of("part of the month", ExplainOperation.Difference, part, before.Explain(deal)) : part;
        }
        if (Paying(month, component) is not var (state, m, c) || state.Version.Components[c].Earning is not DealEarning)
        {
            return ExplainNode.Given("nothing counted", 0m);
        }
        var earned = ExplainToDate(state, m, c, deal);
        return IsFirst(state, m, c) ? earned : ExplainNode.Of("earned in the month", ExplainOperation.Difference, earned, ExplainToDate(state, m - 1, c, deal));
    }

    /// <summary>
    /// What caps on each deal cut from the incentive of a month, rounding and stages included: without them it would be so much higher. Below zero where the
    /// month takes back what was cut.
    /// </summary>
    public static decimal CutByCap(VersionState state, int month, int component)
    {
        var rule = state.Version.Components[component];
        decimal ToDate(int at) => state.Figures(at, component).Standstill == Standstill.None ? CutToDate(state.At(at, component), rule) : 0m;
        return rule.Earning is not DealEarning { Cap: not null } ? 0m
            : IsFirst(state, month, component) ? ToDate(month)
            : ToDate(month) - ToDate(month - 1);
    }

    private static decimal CutToDate(PeriodContext period, ComponentRule rule)
    {
        var missing = Standstill.None;
        var without = VersionState.Earn(period, rule with { Earning = (DealEarning)rule.Earning with { Cap = null } }, ref missing);
        return without - VersionState.Earn(period, rule, ref missing) ?? 0m;
    }

    private static bool IsFirst(VersionState state, int month, int component) => state.FirstOf(month, state.Version.Components[component].MeasurementPeriod) == month;

    private DealsOfMonth At(int month, string component)
    {
        if (!_components.TryGetValue(component, out var months))
        {
            _components.Add(component, months = []);
        }
        while (months.Count <= month)
        {
            months.Add(Paying(months.Count, component) is var (state, m, c) ? Divide(months, state, m, c) : new DealsOfMonth(None, None));
        }
        return months[month];
    }

    /// <summary>The state that pays a component in a month of all years, and the month of its year; null where there is none, or it counts nothing.</summary>
    private (VersionState State, int Month, int Component)? Paying(int month, string component) =>
        _months[month] is var (year, m) && year.Paying(m) is { } state && state.Version.Find(component) is >= 0 and var c && state.Version.Components[c].Tally != ComponentRule.NoTally
            ? (state, m, c) : null;

    /// <param name="before">All months before the one that is asked for.</param>
    private DealsOfMonth Divide(List<DealsOfMonth> before, VersionState state, int month, int component)
    {
        var rule = state.Version.Components[component];
        var (id, first) = (state.Year.Inputs.Year.Months[month].Id, state.FirstOf(month, rule.MeasurementPeriod));
        if (rule.Earning is not DealEarning)
        {
            var counted = Counted(month, month);
            var figures = state.Figures(month, component);
            return figures.Standstill != Standstill.None
                ? new DealsOfMonth(counted, None)
                : new DealsOfMonth(counted, new DividedIncentive(
                    ExplainNode.Given($"incentive of {rule.Id} in {id}", figures.Incentive), "counted", counted, before, () => Standing(month)));
        }
        var (now, earlier) = (Earned(state, month, component), first == month ? None : Earned(state, month - 1, component));
        var earned = Less(now, earlier);
        if (rule.Stages.Count == 0)
        {
            return new DealsOfMonth(earned, earned);
        }
        DividedIncentive ToDate(int at, SortedDictionary<string, decimal> deals) => new(
            ExplainNode.Given($"earned of {rule.Id} to date by {state.Year.Inputs.Year.Months[at].Id}", state.Figures(at, component).Earned), "earned before stages", deals,
            before[..^(month - first)], () => Standing(at));
        return new DealsOfMonth(earned, ToDate(month, now), first == month ? null : ToDate(month - 1, earlier));

        SortedDictionary<string, decimal> Counted(int from, int to)
        {
            SortedDictionary<string, decimal> counted = new(StringComparer.Ordinal);
            foreach (var (deal, _, value) in state.Deals.Counted(rule, from, to).Where(d => d.Value != 0m))
            {
                counted.Add(deal, value);
            }
            return counted;
        }

        SortedDictionary<string, decimal> Standing(int at) => Counted(Math.Min(first, state.FirstOf(month, rule.AttainmentPeriod)), at);
    }

    /// <summary>What each deal has earned in the measurement period to date. Where a month stands still it is as it was before.</summary>
    private SortedDictionary<string, decimal> Earned(VersionState state, int month, int component)
    {
        if (state.Figures(month, component).Standstill != Standstill.None)
        {
            return IsFirst(state, month, component) ? None : Earned(state, month - 1, component);
        }
        if (!_earned.TryGetValue((state, month, component), out var deals))
        {
            _earned.Add((state, month, component), deals = new(StringComparer.Ordinal));
            foreach (var (deal, earned) in ((DealEarning)state.Version.Components[component].Earning).Each(state.At(month, component)))
            {
                deals.Add(deal, earned.Value);
            }
        }
        return deals;
    }

    private ExplainNode ExplainToDate(VersionState state, int month, int component, string deal)
    {
        var name = $"earned to date by {state.Year.Inputs.Year.Months[month].Id}";
        while (state.Figures(month, component).Standstill != Standstill.None)
        {
            if (IsFirst(state, month, component))
            {
                return ExplainNode.Given(name, 0m);
            }
            month--;
        }
        if (!_explained.TryGetValue((state, month, component), out var deals))
        {
            var each = ((DealEarning)state.Version.Components[component].Earning).Each(state.At(month, component));
            _explained.Add((state, month, component), deals = each.ToDictionary(d => d.Deal, d => d.Earned, StringComparer.Ordinal));
        }
        return deals.GetValueOrDefault(deal) is { } earned ? ExplainNode.Because(name, earned) : ExplainNode.Given(name, 0m);
    }

    internal static SortedDictionary<string, decimal> Less(SortedDictionary<string, decimal> now, SortedDictionary<string, decimal> before)
    {
        SortedDictionary<string, decimal> parts = new(StringComparer.Ordinal);
        foreach (var deal in now.Keys.Union(before.Keys, StringComparer.Ordinal))
        {
            if (now.GetValueOrDefault(deal) - before.GetValueOrDefault(deal) is not 0m and var part)
            {
                parts.Add(deal, part);
            }
        }
        return parts;
    }
}

/// <summary>The deals of a component in a month.</summary>
/// <param name="Weights">What is counted of each, or what it has earned before stages, in the month.</param>
/// <param name="Parts">Of the incentive.</param>
internal sealed record DealsOfMonth(SortedDictionary<string, decimal> Weights, SortedDictionary<string, decimal> Parts)
{
    /// <param name="now">To date, where there is one before.</param>
    /// <param name="before">Null: there is nothing in the period before the month.</param>
    public DealsOfMonth(SortedDictionary<string, decimal> weights, DividedIncentive now, DividedIncentive? before = null)
        : this(weights, before is null ? now.Parts : DealIncentives.Less(now.Parts, before.Parts)) => (Now, Before) = (now, before);

    public DividedIncentive? Now { get; }

    public DividedIncentive? Before { get; }
}
