using System.Globalization;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.RateTables;
using Spm.Compensation.Stages;

namespace Spm.Compensation.Lint;

/// <summary>Numbers that mean something else than what they are written as: 0.8 is 0.8 % of quota, and a multiple of the target incentive of 100 pays it a hundred times.</summary>
internal static class WrittenNumbers
{
    /// <summary>Up to here an edge in percent of quota is more likely a ratio: nobody begins to pay at 2 %.</summary>
    private const decimal MostRatio = 2m;

    /// <summary>From here on a factor is more likely a percent.</summary>
    private const decimal LeastPercent = 10m;

    public static IEnumerable<(string Input, decimal? Money, string Detail)> Find(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        foreach (var (name, at) in Percents(rule).Where(p => p.At is > 0m and <= MostRatio))
        {
            yield return ($"{name} {Shown(at!.Value)}", null, $"A number is a percent of the quota here: {Shown(at.Value)} is {Shown(at.Value)} %, and {Shown(at.Value * 100m)} % is written {Shown(at.Value * 100m)}.");
        }
        if (rule.Earning is TableEarning { Table: { Yields: RateYield.TargetMultiplier, Fixed: { } table } } && table.Tiers.Max(t => t.Rate) is >= LeastPercent and var most)
        {
            yield return ($"rate {Shown(most)}", null, $"A target_multiplier is a factor: {Shown(most)} pays the target incentive {Shown(most)} times, and {Shown(most)} % of it is {Shown(most / 100m)}.");
        }
    }

    private static IEnumerable<(string Name, decimal? At)> Percents(ComponentRule rule)
    {
        if (Table(rule.Earning) is { On: RateBasis.Attainment, Fixed: { } table } && table.Tiers.Count > 1)
        {
            // The last edge tells: a first tier that ends at 1 % may be meant.
            yield return ("tier from", table.Tiers.Max(t => t.From));
        }
        foreach (var stage in rule.Stages)
        {
            switch (stage)
            {
                case ThresholdStage threshold:
                    yield return ("threshold at", threshold.Threshold.At.Fixed);
                    break;
                case GateStage { Component: not null } gate:
                    yield return ("gate at", gate.Gate.At.Fixed);
                    break;
                case KickerStage { Kicker.At: { } at }:
                    yield return ("kicker at", at.Fixed);
                    break;
            }
        }
        yield return ("attainment_cap", rule.AttainmentCap?.Fixed);
    }

    private static Bounds.Rates? Table(Earning earning) => earning switch
    {
        TableEarning table => table.Table,
        DealTableEarning table => table.Table,
        PlacedDealEarning table => table.Table,
        _ => null,
    };

    private static string Shown(decimal figure) => figure.ToString("#,0.####", CultureInfo.InvariantCulture);
}
