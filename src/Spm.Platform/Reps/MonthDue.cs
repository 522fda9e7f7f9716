using Orleans;
using Spm.Compensation.Payouts;

namespace Spm.Platform.Reps;

/// <summary>
/// What a rep is due in one month, in minor units: as it was fixed when the month was closed, else as the open month's payout stands.
/// Incentives, adjustments and what is carried in add up to what is due and carried out.
/// </summary>
/// <param name="Month">Its number.</param>
[GenerateSerializer, Immutable, Alias("spm.month-due")]
public readonly record struct MonthDue(
    [property: Id(0)] int Month, [property: Id(1)] long Incentives, [property: Id(2)] long Adjustments, [property: Id(3)] long CarriedIn, [property: Id(4)] long CarriedOut, [property: Id(5)] long Due)
{
    public static MonthDue Of(SettledMonth month)
    {
        var own = month.Lines.Where(l => l.Origin.Month == month.Month).Sum(l => l.Minor);
        return new MonthDue(month.Month, own, month.Lines.Sum(l => l.Minor) - own, month.CarriedIn, month.CarriedOut, month.Due);
    }
}
