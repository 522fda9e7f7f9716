using System.Globalization;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Spm.Compensation.RateTables;
using Spm.Compensation.Stages;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>
/// Numbers that mean something else than what they are written as: 0.8 is 0.8 % of quota, and a multiple of the target incentive of 100 pays it a hundred
/// times. Every percent of a component and of its version stands in one list here, with the most that is more likely a ratio.
/// </summary>
internal static class WrittenNumbers
{
    /// <summary>Up to here a percent is more likely a ratio: nobody begins to pay at 2 % of quota.</summary>
    private const decimal MostRatio = 2m;

    /// <summary>Up to here a part of something is more likely a ratio: nobody holds back half a percent.</summary>
    private const decimal MostPart = 1m;

    /// <summary>Up to here the highest rate of a component is more likely a ratio: 0.04 for 4 %.</summary>
    private const decimal MostRate = 0.2m;

    /// <summary>From here on a factor is more likely a percent.</summary>
    private const decimal LeastPercent = 10m;

    /// <param name="Of">What it is a percent of.</param>
    /// <param name="Most">Up to here it is more likely a ratio.</param>
    private readonly record struct Percent(string Name, decimal? Is, string Of, decimal Most);

    public static IEnumerable<Finding> OfComponent(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        // A rate of 0.1 may be one of 0.1 %: who wrote down what it pays has seen it.
        var rates = probe.Proven.Contains(rule.Id) ? InRates(rule).Where(p => p.Most != MostRate) : InRates(rule);
        foreach (var finding in Found(rates.Concat(InStages(rule)).Concat(InPay(rule))))
        {
            yield return finding;
        }
        if (rule.Earning is TableEarning { Table: { Yields: RateYield.TargetMultiplier, Fixed: { } table } } && table.Tiers.Max(t => t.Rate) is >= LeastPercent and var most)
        {
            yield return ($"rate {Shown(most)}", null, $"A target_multiplier is a factor: {Shown(most)} pays the target incentive {Shown(most)} times, and {Shown(most)} % of it is {Shown(most / 100m)}.");
        }
    }

    public static IEnumerable<Finding> OfVersion(ExaminedVersion examined) => Found(InVersion(examined.Version));

    private static IEnumerable<Finding> Found(IEnumerable<Percent> percents) =>
        from p in percents
        where p.Is > 0m && p.Is <= p.Most
        let at = p.Is!.Value
        select ($"{p.Name} {Shown(at)}", (decimal?)null, $"A number is a percent of {p.Of} here: {Shown(at)} is {Shown(at)} %, and {Shown(at * 100m)} % is written {Shown(at * 100m)}.");

    /// <summary>Of several numbers the highest tells: a first tier that ends at 1 %, or one that pays 0.1 %, may be meant.</summary>
    private static IEnumerable<Percent> InRates(ComponentRule rule)
    {
        if (Table(rule.Earning) is { Fixed: { } table })
        {
            if (table.On == RateBasis.Attainment && table.Tiers.Count > 1)
            {
                yield return new("tier from", table.Tiers.Max(t => t.From), "the quota", MostRatio);
            }
            if (table.Yields == RateYield.Percent)
            {
                yield return new("rate", table.Tiers.Max(t => t.Rate), "what is measured", MostRate);
            }
        }
        switch (rule.Earning)
        {
            case MatrixEarning matrix:
                yield return new("matrix value", matrix.Matrix.Values.Max(r => r.Max()), matrix.Of == MatrixBase.Measured ? "what is measured" : "the target incentive", matrix.Of == MatrixBase.Measured ? MostRate : MostRatio);
                break;
            case DealMatrixEarning matrix:
                yield return new("matrix value", matrix.Matrix.Values.Max(r => r.Max()), "the deal", MostRate);
                break;
            case ScorecardEarning { Scorecard: var card }:
                yield return new("scorecard threshold", card.Threshold, "the target incentive", MostRatio);
                yield return new("scorecard cap", card.Cap, "the target incentive", MostRatio);
                foreach (var goal in card.Goals)
                {
                    yield return new($"goal {goal.Id} pays", goal.Points.Count == 0 ? null : goal.Points.Max(p => p.Pays), "the goal's part", MostRatio);
                    yield return new($"goal {goal.Id} max_percent", goal.MaxPercent, "the goal's part", MostRatio);
                }
                break;
        }
    }

    private static IEnumerable<Percent> InStages(ComponentRule rule)
    {
        yield return new("attainment_cap", rule.AttainmentCap?.Fixed, "the quota", MostRatio);
        foreach (var stage in rule.Stages)
        {
            switch (stage)
            {
                case ThresholdStage threshold:
                    yield return new("threshold at", threshold.Threshold.At.Fixed, "the quota", MostRatio);
                    break;
                case GateStage { Component: not null } gate:
                    yield return new("gate at", gate.Gate.At.Fixed, "the quota", MostRatio);
                    break;
                case KickerStage { Kicker.At: { } at }:
                    yield return new("kicker at", at.Fixed, "the quota", MostRatio);
                    break;
                case MultiplierStage multiplier:
                    yield return new("multiplier rate", multiplier.Multiplier.Percents.Tiers.Max(t => t.Value), "what is earned", LeastPercent);
                    break;
            }
        }
    }

    private static IEnumerable<Percent> InPay(ComponentRule rule)
    {
        // Parts that wait sum up: where the whole is a percent or less, they are ratios.
        yield return new("hold percent", rule.Pay.Hold?.Percent, "what is earned", MostPart);
        yield return new("clawback percent", rule.Pay.Clawback?.Steps.Max(s => s.Percent), "what was paid", MostPart);
        yield return new("true_up hold_back_percent", rule.Pay.TrueUp?.HoldBackPercent, "what is due", MostPart);
    }

    private static IEnumerable<Percent> InVersion(VersionRules version)
    {
        foreach (var draw in version.Pay.Rules.OfType<DrawOnPay>())
        {
            yield return new("draw percent_of_target_incentive", draw.Rule.PercentOfTargetIncentive, "the target incentive", MostRatio);
            yield return new("draw recovery_percent", draw.Rule.RecoveryPercent, "what stands above the floor", MostPart);
        }
        yield return new("ramp percent", version.Quotas.Ramp?.Steps.Max(s => s.Percent), "the quota", MostPart);
    }

    private static Bounds.Rates? Table(Earning earning) => earning switch
    {
        TableEarning table => table.Table,
        DealTableEarning table => table.Rates.Table,
        PlacedDealEarning table => table.Rates.Table,
        _ => null,
    };

    private static string Shown(decimal figure) => figure.ToString("#,0.####", CultureInfo.InvariantCulture);
}
