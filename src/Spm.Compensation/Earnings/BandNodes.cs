using System.Globalization;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Interpolated;

namespace Spm.Compensation.Earnings;

/// <summary>The bands of a rate table as part of a graph: each amount times its rate, and times what part of a target incentive it is.</summary>
internal static class BandNodes
{
    public static ExplainNode Sum(string name, RateTable table, decimal earned, IEnumerable<Band> bands, PeriodContext period)
    {
        ref readonly var own = ref period.Own;
        var (target, quota) = (own.TargetIncentive, own.Quota);
        return ExplainNode.Exactly(name, ExplainOperation.Sum, earned, [.. bands.Select(b => Of(table, b, target, quota))]);
    }

    private static ExplainNode Of(RateTable table, Band band, decimal? target, decimal? quota)
    {
        var unit = table.On == RateBasis.Attainment ? " %" : "";
        var tier = string.Create(CultureInfo.InvariantCulture, $"{table.Mode} tier {band.From} to {(band.To is { } to ? to : "any")}{unit}");
        var factor = table.Yields == RateYield.Percent ? band.Rate / 100m : band.Rate;
        if (table.Yields is RateYield.Percent or RateYield.PerUnit)
        {
            return ExplainNode.Exactly(tier, ExplainOperation.Product, band.Earned, [ExplainNode.Given("amount", band.Amount), ExplainNode.Given("rate", factor)]);
        }
        var level = string.Create(CultureInfo.InvariantCulture, $"rate {band.Rate} on {band.Amount}");
        if (table.Yields == RateYield.Amount || target is not > 0m)
        {
            return ExplainNode.Given(tier, band.Earned, level);
        }
        var whole = ExplainNode.Given("target incentive", target.Value);
        if (table is InterpolatedTable { Grows: Grows.Level })
        {
            return ExplainNode.Exactly(tier, ExplainOperation.Product, band.Earned, [whole, ExplainNode.Given("part of it", band.Earned / target.Value, level)]);
        }
        var atRate = ExplainNode.Of("target incentive at the rate", ExplainOperation.Product, whole, ExplainNode.Given("rate", band.Rate));
        return ExplainNode.Ratio(tier, "target incentive × amount", atRate, ExplainNode.Given("amount", band.Amount), ExplainNode.Given("quota", quota ?? 1m));
    }
}
