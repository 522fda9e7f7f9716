namespace Spm.Compensation.RateTables;

/// <summary>
/// Finds what stands out in a rate table from what its tiers say at their edges, against a quota and a target incentive of 1. A mode
/// says how the earning at a place is told by the formula of a tier: at an edge the formulas of both neighbours are compared.
/// </summary>
public static class RateTableLint
{
    /// <summary>Ten times the quota.</summary>
    public const decimal FarthestPercent = 1000m;

    /// <summary>Where inside a tier the earning is highest, when it falls from there to the tier's end; else null.</summary>
    internal delegate decimal? Peak(int tier);

    /// <summary>The earning at a place (in the table's basis), told by the formula of a tier, for a quota and a target incentive of 1.</summary>
    internal delegate decimal Level(int tier, decimal at);

    /// <param name="isDead">Nothing is earned for more in this tier.</param>
    /// <param name="grows">The last tier pays more for every unit more.</param>
    internal static IReadOnlyList<RateTableFinding> Of(RateTable table, Level level, Func<int, bool> isDead, bool grows, Peak? peak = null)
    {
        List<RateTableFinding> found = [];
        var per = PerOf(table);
        for (var i = 0; i < table.Tiers.Count; i++)
        {
            var (from, to, _) = table.Tiers[i];
            if (i > 0 && level(i, from) - level(i - 1, from) is var jump && jump != 0m)
            {
                found.Add(new(jump > 0m ? RateTableFinding.Cliff : RateTableFinding.EarningFalls, i, from, from, jump, per));
            }
            if (peak?.Invoke(i) is { } top && to is { } end)
            {
                found.Add(new(RateTableFinding.EarningFalls, i, top, end, level(i, end) - level(i, top), per));
            }
            if (i < table.Tiers.Count - 1 && isDead(i))
            {
                found.Add(new(RateTableFinding.DeadZone, i, from, to, 0m, per));
            }
            if (table.On == RateBasis.Attainment && from > FarthestPercent)
            {
                found.Add(new(RateTableFinding.TierUnreachable, i, from, to, 0m, per));
            }
        }
        var last = table.Tiers[^1];
        if (grows && table.Tiers.Count > 1 && last.Rate > 0m && table.Tiers.All(t => t.Rate <= last.Rate) && table.Tiers[0].Rate < last.Rate)
        {
            // Against a quota of 1, 100 % is a value of 1: on either basis the question is what a value of 1 earns.
            found.Add(new(RateTableFinding.UncappedWindfall, table.Tiers.Count - 1, last.From, null, Worth(table, last.Rate, 1m), per));
        }
        return found;
    }

    /// <summary>What a measured value earns at a rate, for a quota and a target incentive of 1.</summary>
    internal static decimal Worth(RateTable table, decimal rate, decimal value) => table.Yields switch
    {
        RateYield.Percent => value * rate / 100m,
        RateYield.Amount => rate,
        _ => value * rate,
    };

    /// <summary>The measured value at a place, against a quota of 1.</summary>
    internal static decimal ValueAt(RateTable table, decimal at) => table.On == RateBasis.Attainment ? at / 100m : at;

    private static JumpPer PerOf(RateTable table) => table switch
    {
        { Yields: RateYield.TargetMultiplier, NeedsQuota: true, On: RateBasis.Amount } => JumpPer.TargetIncentiveOverQuota,
        { Yields: RateYield.TargetMultiplier } => JumpPer.TargetIncentive,
        { Yields: RateYield.Amount } => JumpPer.One,
        { On: RateBasis.Attainment } => JumpPer.Quota,
        _ => JumpPer.One,
    };
}
