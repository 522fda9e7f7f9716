using System.Globalization;

namespace Spm.Compensation.RateTables;

/// <summary>The rules every list of tiers keeps, whatever the mode.</summary>
public static class Tiers
{
    public const int MaxTiers = 50;

    /// <summary>Rates in percent, and multiples of the target incentive.</summary>
    public const decimal MaxRate = 1000m;

    /// <summary>Edges in percent of quota.</summary>
    public const decimal MaxPercentEdge = 1_000_000m;

    /// <summary>Edges in units of the measure, and rates that are money.</summary>
    public const decimal MaxAmount = 1_000_000_000_000m;

    /// <summary>Null when the tiers are in order from 0 to open end without a gap; else the rule that is broken and the tier's index, behind the last one where all are meant.</summary>
    public static (string Code, int Index, string Detail)? Check(
        IReadOnlyList<Tier> tiers, RateBasis on = RateBasis.Attainment, RateYield yields = RateYield.Percent)
    {
        if (CheckBounded(tiers, on, yields) is { } broken)
        {
            return broken;
        }
        return tiers[^1].To is null ? null : ("tiers_have_no_end", tiers.Count - 1, "The last tier has no end: leave `to` out; a cap is said with a rate of 0.");
    }

    /// <summary>The same, but the last tier may have an end.</summary>
    internal static (string Code, int Index, string Detail)? CheckBounded(IReadOnlyList<Tier> tiers, RateBasis on, RateYield yields)
    {
        if (tiers.Count is 0 or > MaxTiers)
        {
            return ("tiers_count", tiers.Count, $"A rate table has 1 to {MaxTiers} tiers.");
        }
        for (var i = 0; i < tiers.Count; i++)
        {
            var tier = tiers[i];
            var start = i == 0 ? 0m : tiers[i - 1].To;
            if (tier.From != start)
            {
                var code = i == 0 ? "tiers_start_at_zero" : tier.From < start ? "tiers_overlap" : "tiers_have_a_gap";
                var expected = start is { } known ? Edge(known, on) : "nowhere: the tier before it has no end";
                return (code, i, $"Tier {i + 1} begins at {Edge(tier.From, on)} instead of {expected}.");
            }
            if (tier.To is { } to && to <= tier.From)
            {
                return ("tier_is_empty", i, $"Tier {i + 1} ends at {Edge(to, on)}, which is not above its start.");
            }
            var farthest = on == RateBasis.Attainment ? MaxPercentEdge : MaxAmount;
            if (tier.To is { } far && far > farthest)
            {
                return ("edge_out_of_range", i, $"Tier {i + 1} ends at {Edge(far, on)}; a tier ends at {Edge(farthest, on)} at most, or nowhere.");
            }
            if (RateRefused(tier.Rate, i, yields) is { } refused)
            {
                return refused;
            }
        }
        return null;
    }

    internal static (string Code, int Index, string Detail)? RateRefused(decimal rate, int index, RateYield yields)
    {
        var (unit, most) = yields switch
        {
            RateYield.Percent => (" %", MaxRate),
            RateYield.TargetMultiplier => (" times the target incentive", MaxRate),
            _ => ("", MaxAmount),
        };
        var name = yields == RateYield.Amount ? "amount" : "rate";
        return rate >= 0m && rate <= most
            ? null
            : ("rate_out_of_range", index, $"Tier {index + 1} has {name} {Shown(rate)}{unit}; {(name == "amount" ? "an" : "a")} {name} is 0 to {Shown(most)}{unit}.");
    }

    private static string Edge(decimal edge, RateBasis on) => on == RateBasis.Attainment ? $"{Shown(edge)} %" : Shown(edge);

    private static string Shown(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
