using System.Globalization;
using Spm.Compensation.Explain;
using Spm.Compensation.RateTables;

namespace Spm.Compensation.Earnings;

/// <summary>The bands of a rate table as part of a graph: each amount times its rate.</summary>
internal static class BandNodes
{
    public static ExplainNode Sum(string name, RateTable table, decimal earned, IEnumerable<Band> bands) =>
        ExplainNode.Exactly(name, ExplainOperation.Sum, earned, [.. bands.Select(b => Of(table, b))]);

    private static ExplainNode Of(RateTable table, Band band)
    {
        var unit = table.On == RateBasis.Attainment ? " %" : "";
        var tier = string.Create(CultureInfo.InvariantCulture, $"{table.Mode} tier {band.From} to {(band.To is { } to ? to : "any")}{unit}");
        var factor = table.Yields == RateYield.Percent ? band.Rate / 100m : band.Rate;
        return table.Yields is RateYield.Percent or RateYield.PerUnit && band.Amount * factor == band.Earned
            ? ExplainNode.Of(tier, ExplainOperation.Product, ExplainNode.Given("amount", band.Amount), ExplainNode.Given("rate", factor))
            : ExplainNode.Given(tier, band.Earned, string.Create(CultureInfo.InvariantCulture, $"rate {band.Rate} on {band.Amount}"));
    }
}
