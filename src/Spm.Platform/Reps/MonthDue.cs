using Spm.Compensation.Payouts;

namespace Spm.Platform.Reps;

/// <summary>
/// What a rep is due in one month, in minor units: as it was fixed when the month was closed, else as the open month's payout stands.
/// Incentives, adjustments and what is carried in add up to what is due and carried out.
/// </summary>
internal readonly record struct MonthDue(long Incentives, long Adjustments, long CarriedIn, long CarriedOut, long Due)
{
    /// <summary>All zero when the month has no payout.</summary>
    public static MonthDue Of(RepPosition position, int month)
    {
        foreach (var settled in position.Settled)
        {
            if (settled.Month == month)
            {
                return Of(settled);
            }
        }
        foreach (var draft in position.Drafts)
        {
            if (draft.Month == month)
            {
                return Of(draft.Close());
            }
        }
        return default;
    }

    private static MonthDue Of(SettledMonth month)
    {
        var own = month.Lines.Where(l => l.Origin.Month == month.Month).Sum(l => l.Minor);
        return new MonthDue(own, month.Lines.Sum(l => l.Minor) - own, month.CarriedIn, month.CarriedOut, month.Due);
    }
}
