using Spm.Compensation.Exactness;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Holds;

public enum HoldEventKind : byte
{
    /// <summary>Pay that the deal earned; negative when a correction takes it back.</summary>
    Earned,

    /// <summary>What the customer was invoiced; negative for a credit note.</summary>
    Invoiced,

    /// <summary>What the customer paid; negative for cash that was refunded.</summary>
    Cash,
}

/// <summary>Something that happened to a deal. Pay is in the plan's currency; invoices and cash are in one currency, whichever.</summary>
/// <param name="Transaction">That brought an invoice or cash.</param>
public readonly record struct HoldEvent(DateOnly Date, HoldEventKind Kind, decimal Amount, string? Transaction = null);

/// <summary>A deal's pay in one month. <c>Balance = balance before + Held − Released</c>.</summary>
/// <param name="Held">Of what the month earned, the part that is withheld.</param>
/// <param name="Released">Of what was withheld; negative when a release is taken back.</param>
/// <param name="Balance">Withheld after the month.</param>
/// <param name="EarnedToDate">Of the deal, withheld or not.</param>
/// <param name="WithheldToDate">Of the deal, released or not.</param>
/// <param name="InvoicedToDate">Of the deal, net of credit notes.</param>
/// <param name="CashToDate">Of the deal, net of refunds.</param>
public sealed record HeldMonth(
    FiscalPeriod Month, decimal Held, decimal Released, decimal Balance, decimal EarnedToDate, decimal WithheldToDate, decimal InvoicedToDate, decimal CashToDate)
{
    public decimal ReleasedToDate => WithheldToDate - Balance;
}

public static class HoldPay
{
    /// <summary>Carries the pay of one deal through its months. Events of one month act together, so their order does not matter.</summary>
    /// <param name="months">From the first month of the deal on, without a gap, in order of time.</param>
    /// <param name="events">In any order. Throws when one lies in none of the months, because it would be lost.</param>
    /// <param name="soldOn">The first day of the deal, from which days after the sale are counted; null: that of the first month that earns.</param>
    public static IReadOnlyList<HeldMonth> Pay(this HoldRule rule, IReadOnlyList<FiscalPeriod> months, IEnumerable<HoldEvent> events, DateOnly? soldOn = null)
    {
        List<HoldEvent> all = [.. events];
        soldOn ??= all.Where(e => e.Kind == HoldEventKind.Earned).Select(e => (DateOnly?)e.Date).Min();
        var (sums, invoices) = ByMonth(months, all);
        List<HeldMonth> held = new(months.Count);
        var (earned, invoiced, cash, released, seen) = (0m, 0m, 0m, 0m, false);
        for (var i = 0; i < months.Count; i++)
        {
            earned += sums[i].Earned;
            invoiced += sums[i].Invoiced;
            cash += sums[i].Cash;
            seen |= invoices[i];
            var (withheld, due, now) = (0m, 0m, 0m);
            foreach (var (percent, wait) in rule.Parts)
            {
                var part = Exact.Percent(earned, percent);
                withheld += part;
                now += Exact.Percent(sums[i].Earned, percent);
                due += rule.Until switch
                {
                    HoldUntil.Cash => !seen ? 0m : OnCash(part, invoiced, cash),
                    HoldUntil.Date => months[i].To > rule.Date ? part : 0m,
                    HoldUntil.Days when rule.After == HoldAfter.Sale => IsOver(soldOn, wait, months[i]) ? part : 0m,
                    HoldUntil.Days => !seen ? 0m : OnCash(part, invoiced, Ripe(all, rule.After, wait, months[i])),
                    _ => i >= wait ? Exact.Percent(held[i - wait].EarnedToDate, percent) : 0m,
                };
            }
            held.Add(new HeldMonth(months[i], now, due - released, withheld - due, earned, withheld, invoiced, cash));
            released = due;
        }
        return held;
    }

    /// <summary>Whether so many days after a day lie before the end of a month.</summary>
    internal static bool IsOver(DateOnly? day, int wait, FiscalPeriod month) => day is { } from && from.DayNumber + wait < month.To.DayNumber;

    /// <summary>What was invoiced or paid so many days before the end of a month.</summary>
    internal static decimal Ripe(IEnumerable<HoldEvent> events, HoldAfter after, int wait, FiscalPeriod month) =>
        events.Where(e => e.Kind == KindOf(after) && IsOver(e.Date, wait, month)).Sum(e => e.Amount);

    internal static HoldEventKind KindOf(HoldAfter after) => after == HoldAfter.Cash ? HoldEventKind.Cash : HoldEventKind.Invoiced;

    /// <summary>
    /// In proportion to the cash, from nothing to everything. When credit notes leave nothing to be paid for, there is nothing to wait for
    /// either: what was earned and what was taken back become payable together.
    /// </summary>
    private static decimal OnCash(decimal earned, decimal invoiced, decimal cash) =>
        IsAllDue(invoiced, cash) ? earned : cash <= 0m ? 0m : Exact.Ratio(earned, cash, invoiced);

    internal static bool IsAllDue(decimal invoiced, decimal cash) => invoiced <= 0m || cash >= invoiced;

    private static ((decimal Earned, decimal Invoiced, decimal Cash)[] Sums, bool[] Invoices) ByMonth(
        IReadOnlyList<FiscalPeriod> months, IEnumerable<HoldEvent> events)
    {
        var sums = new (decimal Earned, decimal Invoiced, decimal Cash)[months.Count];
        var invoices = new bool[months.Count];
        for (var i = 1; i < months.Count; i++)
        {
            if (months[i].From != months[i - 1].To)
            {
                throw new ArgumentException($"{months[i].Id} does not follow {months[i - 1].Id}.", nameof(months));
            }
        }
        foreach (var (date, kind, amount, _) in events)
        {
            var at = MonthOf(months, date);
            switch (kind)
            {
                case HoldEventKind.Earned:
                    sums[at].Earned += amount;
                    break;
                case HoldEventKind.Invoiced:
                    sums[at].Invoiced += amount;
                    invoices[at] = true;
                    break;
                case HoldEventKind.Cash:
                    sums[at].Cash += amount;
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(events), kind, "No such event of a hold.");
            }
        }
        return (sums, invoices);
    }

    private static int MonthOf(IReadOnlyList<FiscalPeriod> months, DateOnly date)
    {
        for (var i = 0; i < months.Count; i++)
        {
            if (months[i].Contains(date))
            {
                return i;
            }
        }
        throw new ArgumentException($"{date:O} lies in none of the months.", nameof(date));
    }
}
