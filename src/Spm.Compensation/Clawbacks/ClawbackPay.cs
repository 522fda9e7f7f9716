using Spm.Compensation.Exactness;

namespace Spm.Compensation.Clawbacks;

/// <summary>A deal and what was paid for it.</summary>
/// <param name="Date">Ages are counted from it.</param>
/// <param name="Amount">Of the whole deal, above 0, in any unit: cancellations are parts of it.</param>
/// <param name="Paid">In all, before clawbacks, in the plan's currency. Where nothing was paid, nothing is taken back.</param>
public readonly record struct PaidDeal(DateOnly Date, decimal Amount, decimal Paid);

/// <summary>A cancellation of a deal or of a part of it.</summary>
/// <param name="Transaction">Distinguishes the cancellations of one day, so that their order is always the same.</param>
/// <param name="Amount">Of the deal, in its unit, 0 or more. What goes beyond the whole deal does not count.</param>
public readonly record struct Cancellation(string Transaction, DateOnly Date, decimal Amount);

/// <summary>What a cancellation takes back.</summary>
/// <param name="Age">Of the deal on the day of the cancellation, in months or days as the rule counts.</param>
/// <param name="Percent">Of the rule at that age.</param>
/// <param name="Counted">The part of the cancellation that still stood uncancelled.</param>
/// <param name="Amount">Zero or negative, exact.</param>
/// <param name="StillPaid">Of what was paid, after this clawback; never negative.</param>
public sealed record Clawback(Cancellation Cancellation, int Age, decimal Percent, decimal Counted, decimal Amount, decimal StillPaid);

public static class ClawbackPay
{
    /// <summary>
    /// What the cancellations of one deal take back: of what was paid, the cancelled part of the deal at the percent of its age, and never
    /// more than is still paid.
    /// </summary>
    /// <param name="cancellations">In any order. Throws when one is negative, or the deal's amount is not above 0.</param>
    /// <returns>In order of date, then of transaction.</returns>
    public static IReadOnlyList<Clawback> Take(this ClawbackRule rule, PaidDeal deal, IEnumerable<Cancellation> cancellations)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deal.Amount);
        var paid = Math.Max(0m, deal.Paid);
        List<Clawback> taken = [];
        // The parts of the deal that are taken back are added up, and divided only in sum, so that the parts of a whole deal take back the whole.
        var (left, weighted, stillPaid) = (deal.Amount, 0m, paid);
        var ordered = cancellations.OrderBy(c => c.Date).ThenBy(c => c.Transaction, StringComparer.Ordinal).ThenBy(c => c.Amount);
        foreach (var cancellation in ordered)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(cancellation.Amount);
            var age = rule.AgeOf(deal.Date, cancellation.Date);
            var percent = rule.PercentAt(age);
            var counted = Math.Min(cancellation.Amount, left);
            left -= counted;
            weighted += Exact.Percent(counted, percent);
            var stays = paid - Math.Min(paid, Exact.Ratio(paid, weighted, deal.Amount));
            taken.Add(new Clawback(cancellation, age, percent, counted, stays - stillPaid, stays));
            stillPaid = stays;
        }
        return taken;
    }
}
