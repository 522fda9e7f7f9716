using Spm.Compensation.Earnings;
using Spm.Compensation.Explain;

namespace Spm.Compensation.Engine;

/// <summary>
/// What a deal has to do with a component's incentive. Where the component looks at each deal, that is what the deal earns. Where it looks at the
/// period, each deal has its part of the incentive in proportion to what is counted of it; the last deal, in the order of their keys, has the rest.
/// </summary>
public static class DealIncentive
{
    /// <summary>The part of one deal in the incentive of a month; zero when nothing of it is counted.</summary>
    public static decimal Of(VersionState state, int month, int component, string deal) =>
        All(state, month, component).Where(d => d.Deal == deal).Sum(d => d.Incentive);

    /// <summary>Every deal with a part in the incentive of a month. The parts sum to it.</summary>
    public static IReadOnlyList<(string Deal, decimal Incentive)> All(VersionState state, int month, int component)
    {
        var rule = state.Version.Components[component];
        if (rule.Tally == ComponentRule.NoTally)
        {
            return [];
        }
        return EarnsByDeal(rule) is { } each
            ? PerDeal(state, month, component, each)
            : InProportion(state, month, component, rule);
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
            : state.FirstOf(month, rule.MeasurementPeriod) == month ? ToDate(month)
            : ToDate(month) - ToDate(month - 1);
    }

    private static decimal CutToDate(PeriodContext period, ComponentRule rule)
    {
        var missing = Standstill.None;
        var without = VersionState.Earn(period, rule with { Earning = (DealEarning)rule.Earning with { Cap = null } }, ref missing);
        return without - VersionState.Earn(period, rule, ref missing) ?? 0m;
    }

    /// <summary>How the part of a deal came about. A deal with no part in the month has earned nothing.</summary>
    public static ExplainNode Explain(VersionState state, int month, int component, string deal)
    {
        var rule = state.Version.Components[component];
        if (EarnsByDeal(rule) is { } each)
        {
            var earned = ExplainToDate(state, month, component, each, deal);
            return state.FirstOf(month, rule.MeasurementPeriod) == month
                ? earned
                : ExplainNode.Of("earned in the month", ExplainOperation.Difference, earned, ExplainToDate(state, month - 1, component, each, deal));
        }
        var part = Of(state, month, component, deal);
        if (part == 0m)
        {
            return ExplainNode.Given("nothing counted", 0m);
        }
        var incentive = ExplainNode.Given($"incentive of {rule.Id} in {state.Year.Inputs.Year.Months[month].Id}", state.Figures(month, component).Incentive);
        var counted = state.Deals.Counted(rule, month, month).Where(d => d.Value != 0m).ToDictionary(d => d.Deal, d => d.Value);
        if (counted.Count == 1)
        {
            return ExplainNode.Because("all of the incentive", incentive);
        }
        var own = ExplainNode.Of("incentive × counted", ExplainOperation.Product, incentive, ExplainNode.Given($"counted of {deal}", counted[deal]));
        var share = ExplainNode.Exactly("part of the incentive", ExplainOperation.Quotient, part, [own, ExplainNode.Given($"counted of {counted.Count} deals", counted.Values.Sum())]);
        return share.Operation == ExplainOperation.Quotient ? share : share with { Detail = "the last deal has what the parts of the others leave" };
    }

    private static ExplainNode ExplainToDate(VersionState state, int month, int component, DealEarning earning, string deal)
    {
        var name = $"earned to date by {state.Year.Inputs.Year.Months[month].Id}";
        var earned = state.Figures(month, component).Standstill == Standstill.None
            ? earning.Each(state.At(month, component)).Where(d => d.Deal == deal).Select(d => d.Earned).SingleOrDefault()
            : null;
        return earned is null ? ExplainNode.Given(name, 0m) : ExplainNode.Because(name, earned);
    }

    private static DealEarning? EarnsByDeal(ComponentRule rule) => rule is { Earning: DealEarning earning, Stages.Count: 0 } ? earning : null;

    private static List<(string Deal, decimal Incentive)> PerDeal(VersionState state, int month, int component, DealEarning earning)
    {
        var toDate = ToDate(state, month, component, earning);
        if (state.FirstOf(month, state.Version.Components[component].MeasurementPeriod) < month)
        {
            foreach (var (deal, before) in ToDate(state, month - 1, component, earning))
            {
                toDate[deal] = toDate.GetValueOrDefault(deal) - before;
            }
        }
        return [.. toDate.Where(d => d.Value != 0m).Select(d => (d.Key, d.Value))];
    }

    private static SortedDictionary<string, decimal> ToDate(VersionState state, int month, int component, DealEarning earning)
    {
        var deals = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        if (state.Figures(month, component).Standstill == Standstill.None)
        {
            foreach (var (deal, earned) in earning.Each(state.At(month, component)))
            {
                deals.Add(deal, earned.Value);
            }
        }
        return deals;
    }

    private static List<(string Deal, decimal Incentive)> InProportion(VersionState state, int month, int component, ComponentRule rule)
    {
        var deals = state.Deals.Counted(rule, month, month).Where(d => d.Value != 0m).ToList();
        var (incentive, whole) = (state.Figures(month, component).Incentive, deals.Sum(d => d.Value));
        if (deals.Count == 0 || whole == 0m)
        {
            return [];
        }
        List<(string Deal, decimal Incentive)> parts = [];
        var left = incentive;
        for (var i = 0; i < deals.Count; i++)
        {
            var part = i == deals.Count - 1 ? left : incentive * deals[i].Value / whole;
            parts.Add((deals[i].Deal, part));
            left -= part;
        }
        return parts;
    }
}
