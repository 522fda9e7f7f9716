namespace Spm.Compensation.RateTables;

/// <summary>The rules every list of tiers keeps, whatever the mode.</summary>
public static class Tiers
{
    public const int MaxTiers = 50;

    /// <summary>Null when the tiers are in order from 0 to open end without a gap; else the rule that is broken and the tier's index.</summary>
    public static (string Code, int Index, string Detail)? Check(IReadOnlyList<Tier> tiers)
    {
        if (tiers.Count is 0 or > MaxTiers)
        {
            return ("tiers_count", 0, $"A rate table has 1 to {MaxTiers} tiers.");
        }
        for (var i = 0; i < tiers.Count; i++)
        {
            var tier = tiers[i];
            var start = i == 0 ? 0m : tiers[i - 1].To;
            if (tier.From != start)
            {
                var code = i == 0 ? "tiers_start_at_zero" : tier.From < start ? "tiers_overlap" : "tiers_have_a_gap";
                var expected = start is null ? "nowhere: the tier before it has no end" : $"{start} %";
                return (code, i, $"Tier {i + 1} begins at {tier.From} % instead of {expected}.");
            }
            if (tier.To is { } to && to <= tier.From)
            {
                return ("tier_is_empty", i, $"Tier {i + 1} ends at {to} %, which is not above its start.");
            }
            if (tier.Rate is < 0m or > 1000m)
            {
                return ("rate_out_of_range", i, $"Tier {i + 1} has rate {tier.Rate} %; a rate is 0 to 1000 %.");
            }
        }
        return tiers[^1].To is null ? null : ("tiers_have_no_end", tiers.Count - 1, "The last tier has no end: leave `to` out; a cap is said with a rate of 0.");
    }
}
