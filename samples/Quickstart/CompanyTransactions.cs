using Spm.Client;

namespace Spm.Samples.Quickstart;

/// <summary>
/// A year of business: orders, and the invoices, payments and refunds that follow from them. All of it is right;
/// <see cref="CompanyFeedErrors"/> makes it real.
/// </summary>
internal static class CompanyTransactions
{
    private const decimal MedianDeal = 1_850m;
    private const double DealSpread = 1.25;
    private const decimal LargestDeal = 240_000m;

    private static readonly string[] Products =
        [CompanyPlans.Platform, CompanyPlans.Security, CompanyPlans.Analytics, CompanyPlans.Services];

    private static readonly double[] ProductMix = [0.5, 0.2, 0.2, 0.1];

    /// <summary>Exactly <paramref name="count"/> transactions in the order of their dates.</summary>
    public static List<TransactionRow> Book(CompanyDice dice, Company company, int count)
    {
        var market = new CompanyMarket(company);
        var rows = new List<TransactionRow>(count + 4);
        for (var number = 1; rows.Count < count; number++)
        {
            var order = Order(dice, market, number);
            rows.Add(order);
            Follow(dice, order, number, rows);
        }

        rows.RemoveRange(count, rows.Count - count);
        return [.. rows.OrderBy(row => row.Date).ThenBy(row => row.ExternalId, StringComparer.Ordinal)];
    }

    private static TransactionRow Order(CompanyDice dice, CompanyMarket market, int number)
    {
        var date = Day(dice);
        var (seller, account) = market.Deal(dice, date);
        var amount = dice.LongTail(MedianDeal * (decimal)(1 + 0.4 * (number % 3)), DealSpread, LargestDeal);
        var order = new TransactionRow("order", date, amount, Company.Currency)
        {
            ExternalId = $"O-{number:00000}",
            Account = account.Id,
            Product = Products[dice.PickWeighted(ProductMix)],
            Quantity = dice.Between(1, 40),
            Margin = decimal.Round(amount * (0.24m + 0.28m * (decimal)dice.Unit()), 2),
        };
        return dice.Unit() switch
        {
            // No name on it: the account's territory decides who is credited.
            < 0.10 => order,
            < 0.18 when market.Colleague(dice, seller, date) is { } colleague =>
                order with { Splits = [new Split(seller.Id, 60), new Split(colleague.Id, 40)] },
            // Sold into a neighbour's territory and booked there: credited, and listed for a second look.
            < 0.19 => order with { Rep = seller.Id, Territory = dice.Pick(CompanyTerritories.Leaves).Id },
            _ => order with { Rep = seller.Id },
        };
    }

    private static void Follow(CompanyDice dice, TransactionRow order, int number, List<TransactionRow> rows)
    {
        var invoiced = order.Date.AddDays(dice.Between(1, 20));
        var paid = invoiced.AddDays(dice.Between(12, 55));
        var refunded = order.Date.AddDays(dice.Between(6, 75));
        // A deal without a name has followers without a name: the three belong to whoever owns the account.
        if (dice.Chance(0.6))
            Add("invoice", "I", invoiced, 1);
        if (dice.Chance(0.5))
            Add("payment", "P", paid, 1);
        if (dice.Chance(0.045))
            Add("refund", "R", refunded, dice.Pick([0.1m, 0.25m, 0.5m, 1m]));

        void Add(string kind, string prefix, DateOnly date, decimal part)
        {
            if (date >= Company.YearEnd)
                return;
            rows.Add(order with
            {
                Kind = kind,
                ExternalId = $"{prefix}-{number:00000}",
                Date = date,
                // Every amount is stated as it is printed on the document; that a refund takes back is in its kind.
                Amount = decimal.Round(order.Amount * part, 2),
                Quantity = kind == "refund" ? Math.Max(1, Math.Round(order.Quantity!.Value * part)) : null,
                Margin = kind == "refund" ? decimal.Round(order.Margin!.Value * part, 2) : null,
            });
        }
    }

    /// <summary>By season, later in the month rather than earlier, and on a weekday.</summary>
    private static DateOnly Day(CompanyDice dice)
    {
        var month = Company.YearStart.AddMonths(dice.PickWeighted(Company.Season));
        var length = DateTime.DaysInMonth(month.Year, month.Month);
        var day = month.AddDays((int)(length * Math.Pow(dice.Unit(), 0.75)));
        var weekend = day.DayOfWeek switch { DayOfWeek.Saturday => 1, DayOfWeek.Sunday => 2, _ => 0 };
        return day.AddDays(-weekend) < month ? month.AddDays(3 - weekend) : day.AddDays(-weekend);
    }
}
