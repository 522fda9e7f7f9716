using Spm.Compensation.Earnings;

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
        return rule.Earning is DealEarning each && rule.Stages.Count == 0
            ? PerDeal(state, month, component, each)
            : InProportion(state, month, component, rule);
    }

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
                deals.Add(deal.Deal, earned.Value);
            }
        }
        return deals;
    }

    private static List<(string Deal, decimal Incentive)> InProportion(VersionState state, int month, int component, ComponentRule rule)
    {
        var deals = state.Deals.Of(rule, month, month).Where(d => d.Value != 0m).ToList();
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
