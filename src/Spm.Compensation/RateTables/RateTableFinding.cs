namespace Spm.Compensation.RateTables;

/// <summary>What the money of a finding is told per.</summary>
public enum JumpPer : byte
{
    /// <summary>It is money: the table is on amounts.</summary>
    One,

    /// <summary>Money for 1 of quota: times the quota it is money.</summary>
    Quota,

    /// <summary>Money for 1 of target incentive: times the target incentive it is money.</summary>
    TargetIncentive,

    /// <summary>Times the target incentive and divided by the quota it is money.</summary>
    TargetIncentiveOverQuota,
}

/// <summary>Something about a rate table that a plan's author should have meant.</summary>
/// <param name="Code">One of the constants.</param>
/// <param name="At">The index of the tier, from 0.</param>
/// <param name="From">Where it begins to bite, in the table's basis: percent of quota, or units of the measure.</param>
/// <param name="To">Where it ceases; the same as from at an edge, null without end.</param>
/// <param name="Jump">
/// How much the earning changes: for <see cref="Cliff"/> upwards at the edge, for <see cref="EarningFalls"/> negative, the fall from
/// <paramref name="From"/> to <paramref name="To"/>; for <see cref="UncappedWindfall"/> what 100 % of quota more earns (on amounts: one unit more); else 0.
/// </param>
/// <param name="Per">What <paramref name="Jump"/> is to be multiplied by.</param>
public sealed record RateTableFinding(string Code, int At, decimal From, decimal? To, decimal Jump, JumpPer Per)
{
    /// <summary>The earning jumps up at an edge: one more unit of the measure is worth a lump of money.</summary>
    public const string Cliff = "cliff";

    /// <summary>The earning falls while the measured value rises: who sells more is paid less.</summary>
    public const string EarningFalls = "earning_falls";

    /// <summary>A tier below the last one in which nothing is earned.</summary>
    public const string DeadZone = "dead_zone";

    /// <summary>The tier begins above <see cref="RateTableLint.FarthestPercent"/> of quota, where nobody gets to.</summary>
    public const string TierUnreachable = "tier_unreachable";

    /// <summary>The last tier, without end, pays the highest rate: one deal of any size is paid at it.</summary>
    public const string UncappedWindfall = "uncapped_windfall";

    /// <summary>The jump in units of the currency. What it does not need may be anything.</summary>
    public decimal Money(decimal quota, decimal targetIncentive) => Per switch
    {
        JumpPer.Quota => Jump * quota,
        JumpPer.TargetIncentive => Jump * targetIncentive,
        JumpPer.TargetIncentiveOverQuota => Quotient.Of([Jump, targetIncentive], [quota]),
        _ => Jump,
    };
}
