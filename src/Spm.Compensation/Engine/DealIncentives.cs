using Spm.Compensation.Earnings;
using Spm.Compensation.Explain;

namespace Spm.Compensation.Engine;

/// <summary>
/// What each deal has to do with the incentives of a rep's components, month by month: what it has earned to date (<see cref="EarnedByDeals"/>), and where stages
/// come after that, its part of what they make of it to date, less what it had a month ago. Months are worked out once, in order of time, for a month
/// depends on what those before it gave to the deals.
/// </summary>
/// <param name="years">Of one rep, calculated, in order of time. They stay as they are: what has been worked out is not looked at again.</param>
public sealed class DealIncentives(IReadOnlyList<RepYear> years)
{
    private readonly List<(RepYear Year, int Month)> _months = [.. years.SelectMany(y => Enumerable.Range(0, y.Months).Select(m => (y, m)))];
    private readonly Dictionary<string, List<DealsOfMonth>> _components = new(StringComparer.Ordinal);
    private readonly Dictionary<(VersionState State, int Month, int Component), EarnedByDeals> _earned = [];

    /// <summary>Every deal with a part in the incentive of a month, in the order of their keys. The parts sum to it, unless no deal counts anything.</summary>
    /// <param name="month">Counted from 0 over all years.</param>
    public IReadOnlyDictionary<string, decimal> Of(int month, string component) => At(month, component).Parts;

    /// <summary>How the part of a deal came about. A deal with no part in the month has earned nothing.</summary>
    public ExplainNode Explain(int month, string component, string deal)
    {
        var of = At(month, component);
        if (of.Now is { } staged)
        {
            var part = staged.Explain(deal);
            return of.Before is { } earlier ? ExplainNode.Of("part of the month", ExplainOperation.Difference, part, earlier.Explain(deal)) : part;
        }
        if (Paying(month, component) is not var (state, m, c))
        {
            return Nothing();
        }
        var (now, before) = (Earned(state, m, c), EarnedBefore(state, m, c));
        if (now == before)
        {
            return Nothing();
        }
        if (now.IsOfMonth)
        {
            return now.Explain(deal) ?? Nothing();
        }
        return before is null ? ToDate(m, now) : ExplainNode.Of("earned in the month", ExplainOperation.Difference, ToDate(m, now), ToDate(m - 1, before));

        ExplainNode Nothing() => ExplainNode.Given("nothing counted", 0m);

        ExplainNode ToDate(int at, EarnedByDeals deals)
        {
            var name = $"earned to date by {state.Year.Inputs.Year.Months[at].Id}";
            return deals.Explain(deal) is { } earned ? ExplainNode.Because(name, earned) : ExplainNode.Given(name, 0m);
        }
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
            months.Add(Paying(months.Count, component) is var (state, m, c) ? Divide(state, m, c) : new DealsOfMonth(ByDeal.None, ByDeal.None, ByDeal.None));
        }
        return months[month];
    }

    /// <summary>The state that pays a component in a month of all years, and the month of its year; null where there is none, or it counts nothing.</summary>
    private (VersionState State, int Month, int Component)? Paying(int month, string component) =>
        _months[month] is var (year, m) && year.Paying(m) is { } state && state.Version.Find(component) is >= 0 and var c && state.Version.Components[c].Tally != ComponentRule.NoTally
            ? (state, m, c) : null;

    private DealsOfMonth Divide(VersionState state, int month, int component)
    {
        var rule = state.Version.Components[component];
        var begins = Begins(state, month, component);
        var counted = rule.Earning is DealEarning ? ByDeal.None : Counted(state, component, month, month).Deals;
        var (now, earlier) = (Earned(state, month, component), EarnedBefore(state, month, component));
        var earned = now.ToDate.Less(earlier?.ToDate ?? ByDeal.None);
        return rule.Stages.Count == 0 ? new DealsOfMonth(counted, earned, earned)
            : new DealsOfMonth(counted, earned, ToDate(month, now), earlier is null ? null : ToDate(month - 1, earlier));

        DividedIncentive ToDate(int at, EarnedByDeals deals) => new(
            ExplainNode.Given($"earned of {rule.Id} to date by {state.Year.Inputs.Year.Months[at].Id}", state.Figures(at, component).Earned - (begins.Unpaid is { } unpaid ? state.Figures(unpaid, component).Earned : 0m)),
            new DealWeights("earned before stages", deals.ToDate, deals.AtTarget),
            deal => Before(state, begins.Month, rule.Id).Aggregate(default(Had), (had, m) => had.Plus(m.Earned, m.Parts, deal)), () => Standing(state, at, component, begins));
    }

    /// <summary>Where what a component pays in a measurement period begins. All that its deals have to date, they have since then.</summary>
    /// <param name="Month">The first that pays it, under whichever version. What had been earned by then was paid to nobody: what is paid from there on is of the deals that are counted from there on.</param>
    /// <param name="Unpaid">The last month of the period before that in which something was earned; null: there was none.</param>
    private readonly record struct Beginning(int Month, int? Unpaid);

    private Beginning Begins(VersionState state, int month, int component)
    {
        var (rule, offset) = (state.Version.Components[component], OffsetOf(state));
        var first = state.FirstOf(month, rule.MeasurementPeriod);
        var begun = first;
        while (begun < month && Paying(offset + begun, rule.Id) is null)
        {
            begun++;
        }
        return new Beginning(begun, LastPaid(state, component, first, begun - 1));
    }

    /// <summary>The last month from one to another, both included, in which the component does not stand still.</summary>
    private static int? LastPaid(VersionState state, int component, int from, int to)
    {
        for (var m = to; m >= from; m--)
        {
            if (state.Figures(m, component).Standstill == Standstill.None)
            {
                return m;
            }
        }
        return null;
    }

    /// <summary>By the month before; null where the component begins with the month.</summary>
    private EarnedByDeals? EarnedBefore(VersionState state, int month, int component) =>
        Begins(state, month, component).Month == month ? null : Earned(state, month - 1, component);

    /// <summary>Since the component has begun. Where a month stands still it is as it was before.</summary>
    private EarnedByDeals Earned(VersionState state, int month, int component)
    {
        var rule = state.Version.Components[component];
        var begins = Begins(state, month, component);
        if (LastPaid(state, component, begins.Month, month) is not { } at)
        {
            return EarnedByDeals.Nothing;
        }
        if (_earned.TryGetValue((state, at, component), out var deals))
        {
            return deals;
        }
        if (rule.Earning is DealEarning earning)
        {
            deals = EarnedByDeals.Each(earning, () => state.At(at, component), begins.Unpaid is { } unpaid ? () => state.At(unpaid, component) : null);
        }
        else if (!rule.Earning.IsMarginal)
        {
            deals = new EarnedByDeals(Divided(begins.Unpaid, Counted(state, component, begins.Month, at), deal => HadBefore(deal)));
        }
        else
        {
            var last = LastPaid(state, component, begins.Month, at - 1);
            var before = last is { } paid ? Earned(state, paid, component) : EarnedByDeals.Nothing;
            var countedBefore = last is { } to ? Counted(state, component, begins.Month, to).Deals : ByDeal.None;
            deals = new EarnedByDeals(before, Divided(
                last ?? begins.Unpaid, Counted(state, component, (last ?? (begins.Month - 1)) + 1, at), deal => HadBefore(deal).Plus(countedBefore, before.ToDate, deal)));
        }
        _earned.Add((state, at, component), deals);
        return deals;

        DividedIncentive Divided(int? before, DealWeights counted, Func<string, Had> had)
        {
            var what = rule.Stages.Count > 0 ? "earned before stages" : rule.Earning.IsMarginal ? "incentive" : "earned";
            var name = $"{what} of {rule.Id} {(rule.Earning.IsMarginal ? "in" : "to date by")} {state.Year.Inputs.Year.Months[at].Id}";
            return new DividedIncentive(ExplainNode.Given(name, Yield(at) - Yield(before)), counted, had, () => Standing(state, at, component, begins));
        }

        Had HadBefore(string deal) => Before(state, begins.Month, rule.Id).Aggregate(default(Had), (had, m) => had.Plus(m.Counted, m.Earned, deal));

        // Without stages it is what the figures say.
        decimal Yield(int? by)
        {
            var missing = Standstill.None;
            return by is not { } to ? 0m : rule.Stages.Count == 0 ? state.Figures(to, component).Earned : rule.Earning.ToDate(state.At(to, component), ref missing) ?? 0m;
        }
    }

    /// <summary>The months of all years before one of a state.</summary>
    private IEnumerable<DealsOfMonth> Before(VersionState state, int month, string component) =>
        _components[component].Take(OffsetOf(state) + month);

    /// <summary>Months of the years before that of a state.</summary>
    private int OffsetOf(VersionState state) => _months.FindIndex(m => m.Year == state.Year);

    /// <summary>What is counted of the deals of the spans that a month measures and attains in, to date: of those since the component has begun, where one stands.</summary>
    private static DealWeights Standing(VersionState state, int month, int component, Beginning begins)
    {
        var rule = state.Version.Components[component];
        var measured = state.FirstOf(month, rule.MeasurementPeriod);
        var since = begins.Month > measured ? Counted(state, component, begins.Month, month) : null;
        return since?.Deals.Values.Any(v => v > 0m) == true ? since : Counted(state, component, Math.Min(measured, state.FirstOf(month, rule.AttainmentPeriod)), month);
    }

    private static DealWeights Counted(VersionState state, int component, int from, int to)
    {
        SortedDictionary<string, decimal> counted = new(StringComparer.Ordinal);
        foreach (var (deal, _, value) in state.Deals.Counted(state.Version.Components[component], from, to).Where(d => d.Value != 0m))
        {
            counted.Add(deal, value);
        }
        return new DealWeights(DealWeights.Counted, counted, Enumerable.Range(from, to + 1 - from).Sum(m => state.AtTarget(m, component)));
    }
}
