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
    private static readonly SortedDictionary<string, decimal> None = new(StringComparer.Ordinal);

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
            months.Add(Paying(months.Count, component) is var (state, m, c) ? Divide(state, m, c) : new DealsOfMonth(None, None, None));
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
        var first = Begun(state, month, component);
        var counted = rule.Earning is DealEarning ? None : Counted(state, rule, month, month);
        var (now, earlier) = (Earned(state, month, component), EarnedBefore(state, month, component));
        var earned = Less(now.ToDate, earlier?.ToDate ?? None);
        if (rule.Stages.Count == 0)
        {
            return new DealsOfMonth(counted, earned, earned);
        }
        var (unpaid, ofDeals) = first == state.FirstOf(month, rule.MeasurementPeriod) ? (0m, None)
            : (state.Figures(first - 1, component).Earned, EarnedBefore(state, first, component)?.ToDate ?? None);
        DividedIncentive ToDate(int at, EarnedByDeals deals) => new(
            ExplainNode.Given($"earned of {rule.Id} to date by {state.Year.Inputs.Year.Months[at].Id}", state.Figures(at, component).Earned - unpaid), "earned before stages", Less(deals.ToDate, ofDeals),
            deal => Before(state, first, rule.Id).Aggregate(default(Had), (had, m) => had.Plus(m.Earned, m.Parts, deal)), () => Standing(state, rule, at, first));
        return new DealsOfMonth(counted, earned, ToDate(month, now), month == first ? null : ToDate(month - 1, earlier!));
    }

    /// <summary>
    /// The first month of a month's measurement period that pays the component, under whichever version. What had been earned of it by then was paid to nobody:
    /// what it pays from there on is of the deals that are counted from there on.
    /// </summary>
    private int Begun(VersionState state, int month, int component)
    {
        var (rule, offset) = (state.Version.Components[component], OffsetOf(state));
        var first = state.FirstOf(month, rule.MeasurementPeriod);
        while (first < month && Paying(offset + first, rule.Id) is null)
        {
            first++;
        }
        return first;
    }

    /// <summary>By the month before, of the same period; null where the component begins with the month. Deals that are looked at by themselves have earned before that as well.</summary>
    private EarnedByDeals? EarnedBefore(VersionState state, int month, int component) =>
        IsFirst(state, month, component) || (Begun(state, month, component) == month && state.Version.Components[component].Earning is not DealEarning) ? null : Earned(state, month - 1, component);

    /// <summary>Where a month stands still it is as it was before.</summary>
    private EarnedByDeals Earned(VersionState state, int month, int component)
    {
        var rule = state.Version.Components[component];
        var first = rule.Earning is DealEarning ? state.FirstOf(month, rule.MeasurementPeriod) : Begun(state, month, component);
        if (LastPaid(month, first) is not { } at)
        {
            return EarnedByDeals.Nothing;
        }
        if (_earned.TryGetValue((state, at, component), out var deals))
        {
            return deals;
        }
        if (rule.Earning is DealEarning earning)
        {
            deals = new EarnedByDeals(earning, () => state.At(at, component));
        }
        else if (!rule.Earning.IsMarginal)
        {
            deals = new EarnedByDeals(Divided(Yield(at) - Unpaid(), Counted(state, rule, first, at), deal => HadBefore(deal)));
        }
        else
        {
            var last = LastPaid(at - 1, first);
            var before = last is { } paid ? Earned(state, paid, component) : EarnedByDeals.Nothing;
            var countedBefore = last is { } to ? Counted(state, rule, first, to) : None;
            deals = new EarnedByDeals(before, Divided(
                Yield(at) - (last is { } then ? Yield(then) : Unpaid()), Counted(state, rule, (last ?? (first - 1)) + 1, at), deal => HadBefore(deal).Plus(countedBefore, before.ToDate, deal)));
        }
        _earned.Add((state, at, component), deals);
        return deals;

        DividedIncentive Divided(decimal earned, SortedDictionary<string, decimal> counted, Func<string, Had> had)
        {
            var what = rule.Stages.Count > 0 ? "earned before stages" : rule.Earning.IsMarginal ? "incentive" : "earned";
            var name = $"{what} of {rule.Id} {(rule.Earning.IsMarginal ? "in" : "to date by")} {state.Year.Inputs.Year.Months[at].Id}";
            return new DividedIncentive(ExplainNode.Given(name, earned), "counted", counted, had, () => Standing(state, rule, at, first));
        }

        Had HadBefore(string deal) => Before(state, first, rule.Id).Aggregate(default(Had), (had, m) => had.Plus(m.Counted, m.Earned, deal));

        decimal Unpaid() => LastPaid(first - 1, state.FirstOf(month, rule.MeasurementPeriod)) is { } unpaid ? Yield(unpaid) : 0m;

        int? LastPaid(int to, int from)
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

        // Without stages it is what the figures say.
        decimal Yield(int to)
        {
            var missing = Standstill.None;
            return rule.Stages.Count == 0 ? state.Figures(to, component).Earned : rule.Earning.ToDate(state.At(to, component), ref missing) ?? 0m;
        }
    }

    /// <summary>The months of all years before one of a state.</summary>
    private IEnumerable<DealsOfMonth> Before(VersionState state, int month, string component) =>
        _components[component].Take(OffsetOf(state) + month);

    /// <summary>Months of the years before that of a state.</summary>
    private int OffsetOf(VersionState state) => _months.FindIndex(m => m.Year == state.Year);

    /// <summary>What is counted of the deals of the spans that a month measures and attains in, to date: of those since the component has begun, where one stands.</summary>
    private static SortedDictionary<string, decimal> Standing(VersionState state, ComponentRule rule, int month, int begun)
    {
        var measured = state.FirstOf(month, rule.MeasurementPeriod);
        var since = begun > measured ? Counted(state, rule, begun, month) : None;
        return since.Values.Any(v => v > 0m) ? since : Counted(state, rule, Math.Min(measured, state.FirstOf(month, rule.AttainmentPeriod)), month);
    }

    private static SortedDictionary<string, decimal> Counted(VersionState state, ComponentRule rule, int from, int to)
    {
        SortedDictionary<string, decimal> counted = new(StringComparer.Ordinal);
        foreach (var (deal, _, value) in state.Deals.Counted(rule, from, to).Where(d => d.Value != 0m))
        {
            counted.Add(deal, value);
        }
        return counted;
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
/// <param name="Counted">Of each; nothing where the component looks at each deal.</param>
/// <param name="Earned">By each, before stages.</param>
/// <param name="Parts">Of the incentive.</param>
internal sealed record DealsOfMonth(SortedDictionary<string, decimal> Counted, SortedDictionary<string, decimal> Earned, SortedDictionary<string, decimal> Parts)
{
    /// <param name="now">To date, where stages come after what is earned.</param>
    /// <param name="before">Null: there is nothing in the period before the month.</param>
    public DealsOfMonth(SortedDictionary<string, decimal> counted, SortedDictionary<string, decimal> earned, DividedIncentive now, DividedIncentive? before)
        : this(counted, earned, before is null ? now.Parts : DealIncentives.Less(now.Parts, before.Parts)) => (Now, Before) = (now, before);

    public DividedIncentive? Now { get; }

    public DividedIncentive? Before { get; }
}

/// <summary>What a deal had before months that are divided.</summary>
/// <param name="Stood">Of it, by what the months are divided by.</param>
/// <param name="Given">To it.</param>
internal readonly record struct Had(decimal Stood, decimal Given)
{
    public Had Plus(SortedDictionary<string, decimal> stood, SortedDictionary<string, decimal> given, string deal) =>
        new(Stood + stood.GetValueOrDefault(deal), Given + given.GetValueOrDefault(deal));
}
