using Spm.Compensation.Exactness;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Draws;

/// <summary>A month's earnings before the draw, in the plan's currency; they may be negative.</summary>
/// <param name="TargetIncentive">Of this month; needed only where the floor is a percent of it.</param>
/// <param name="Part">Of the floor that holds in this month, from 0 to 1: half of it for who begins in the middle. Null: all of it.</param>
/// <param name="Amount">The floor before the part is taken; needed only where it depends on the rep.</param>
public readonly record struct DrawMonth(FiscalPeriod Month, decimal Earned, decimal TargetIncentive = 0m, Fraction? Part = null, decimal? Amount = null);

/// <summary>What a draw made of a month. <c>Paid = Earned + DrawPaid − Recovered</c>.</summary>
/// <param name="Number">Of the month within the rule, from 1.</param>
/// <param name="Floor">Null in months the draw does not run in.</param>
/// <param name="DrawPaid">The top-up to the floor, never negative.</param>
/// <param name="Recovered">Taken from what was earned above the floor, never negative.</param>
/// <param name="Forgiven">Owed until now, and no more.</param>
/// <param name="Balance">Owed after the month: <c>before + DrawPaid − Recovered − Forgiven</c>; always 0 when the draw is not recoverable.</param>
public sealed record DrawnMonth(
    FiscalPeriod Month, int Number, decimal Earned, decimal? Floor, decimal DrawPaid, decimal Recovered, decimal Forgiven, decimal Balance, decimal Paid);

/// <summary>Carries a draw through its months.</summary>
public static class DrawPay
{
    /// <param name="months">
    /// From the first month of the rule on, without a gap, in order of time: a balance has a history. Throws where one does not follow the other.
    /// </param>
    public static IReadOnlyList<DrawnMonth> Pay(this DrawRule rule, IReadOnlyList<DrawMonth> months)
    {
        var drawn = new List<DrawnMonth>(months.Count);
        var balance = rule.OpeningBalance;
        for (var i = 0; i < months.Count; i++)
        {
            if (i > 0 && months[i].Month.From != months[i - 1].Month.To)
            {
                throw new ArgumentException($"{months[i].Month.Id} does not follow {months[i - 1].Month.Id}.", nameof(months));
            }
            drawn.Add(Next(rule, i + 1, months[i], balance));
            balance = drawn[i].Balance;
        }
        return drawn;
    }

    private static DrawnMonth Next(DrawRule rule, int number, in DrawMonth month, decimal balance)
    {
        var (period, earned) = (month.Month, month.Earned);
        var runs = rule.HasFloor && (rule.From?.IsReached(number, period) ?? true) && !(rule.Ends?.IsPassed(number, period) ?? false);
        decimal? floor = !runs ? null : month.Part is { } part ? (rule.Floor(month) * part).ToDecimal() : rule.Floor(month);
        // A floor that is worked out and comes to nothing is none. One that is written as zero is meant: a month that takes back is topped up to it.
        floor = month.Amount is not null && floor <= 0m && rule.Amount?.Fixed is not 0m ? null : floor;
        var drawPaid = floor is null ? 0m : Math.Max(0m, floor.Value - earned);
        if (rule.Kind == DrawKind.NonRecoverable)
        {
            return new DrawnMonth(period, number, earned, floor, drawPaid, 0m, 0m, 0m, Paid(earned, floor, drawPaid, 0m));
        }
        var recovers = (rule.RecoveryStarts?.IsReached(number, period) ?? true) && !(rule.RecoveryStops?.IsPassed(number, period) ?? false);
        // A month with a top-up has nothing above its floor, so what it adds to the balance is not recovered from itself.
        var above = recovers ? Math.Max(0m, earned - (floor ?? 0m)) : 0m;
        var recovered = Math.Min(balance, Exact.Percent(above, rule.RecoveryPercent));
        var owed = balance + drawPaid - recovered;
        var forgiven = rule.ForgivenAt?.IsReached(number, period) ?? false ? owed : 0m;
        return new DrawnMonth(period, number, earned, floor, drawPaid, recovered, forgiven, owed - forgiven, Paid(earned, floor, drawPaid, recovered));
    }

    /// <summary>A month that is topped up is paid the floor itself: earnings of 28 digits plus a top-up might miss it in the last one.</summary>
    private static decimal Paid(decimal earned, decimal? floor, decimal drawPaid, decimal recovered) =>
        drawPaid > 0m ? floor!.Value : earned - recovered;
}
