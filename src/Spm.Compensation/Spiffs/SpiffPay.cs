namespace Spm.Compensation.Spiffs;

/// <summary>What a rep would be paid for a deal if there were budget enough. A refund is a claim on the same deal, with a negative amount.</summary>
/// <param name="Transaction">The id of the deal, the same on its refunds.</param>
/// <param name="Date">Of the deal. Where the lines of a deal differ, the earliest counts.</param>
public readonly record struct SpiffClaim(string Transaction, string Rep, DateOnly Date, decimal Amount);

public enum SpiffOutcome : byte
{
    Paid,
    PaidInPart,
    BudgetUsedUp,
    OutsideWindow,
}

/// <summary>What a rep is paid for a deal. <c>Paid + Cut = Claimed</c>.</summary>
/// <param name="Claimed">Over all lines of the deal, net of refunds.</param>
/// <param name="UsedBefore">Of the budget, by the deals before this one.</param>
public sealed record SpiffPayment(
    string Transaction, string Rep, DateOnly Date, decimal Claimed, decimal UsedBefore, decimal Paid, decimal Cut, SpiffOutcome Outcome);

/// <summary>
/// Serves claims from a budget in order of the deal's date, then of its transaction id, then of the rep, both as ordinal text.
/// </summary>
/// <remarks>
/// The order is a fact of the deals and not of their arrival, so that any batches of the same claims pay the same. A share pro rata would
/// be free of batches as well, but every further deal would take back a part of all payments made; in order of date, a deal changes
/// only what comes after it.
/// </remarks>
public static class SpiffPay
{
    /// <param name="claims">All claims of all reps, in any order.</param>
    /// <returns>One payment per deal and rep, in the order that they were served in; those outside the window are among them, paid nothing.</returns>
    public static IReadOnlyList<SpiffPayment> Pay(this SpiffRule rule, IEnumerable<SpiffClaim> claims)
    {
        var deals = claims
            .GroupBy(c => (c.Transaction, c.Rep))
            .Select(d => new SpiffClaim(d.Key.Transaction, d.Key.Rep, d.Min(c => c.Date), d.Sum(c => c.Amount)))
            .OrderBy(d => d.Date).ThenBy(d => d.Transaction, StringComparer.Ordinal).ThenBy(d => d.Rep, StringComparer.Ordinal);
        List<SpiffPayment> payments = [];
        var used = 0m;
        foreach (var deal in deals)
        {
            var payment = Serve(rule, deal, used);
            payments.Add(payment);
            used += payment.Paid;
        }
        return payments;
    }

    private static SpiffPayment Serve(SpiffRule rule, in SpiffClaim deal, decimal used)
    {
        if (!rule.Window.Contains(deal.Date))
        {
            return new SpiffPayment(deal.Transaction, deal.Rep, deal.Date, deal.Amount, used, 0m, deal.Amount, SpiffOutcome.OutsideWindow);
        }
        // A deal refunded beyond its own claim takes the amount from the rep and gives the room to later deals.
        var paid = Math.Min(deal.Amount, rule.Budget - used);
        var outcome = paid == deal.Amount ? SpiffOutcome.Paid : paid == 0m ? SpiffOutcome.BudgetUsedUp : SpiffOutcome.PaidInPart;
        return new SpiffPayment(deal.Transaction, deal.Rep, deal.Date, deal.Amount, used, paid, deal.Amount - paid, outcome);
    }
}
