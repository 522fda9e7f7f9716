using FsCheck.Fluent;
using Spm.Compensation.Holds;
using Spm.Compensation.Periods;
using Spm.Compensation.Tests.Exactness;

namespace Spm.Compensation.Tests.Holds;

public class HoldPayTests
{
    private static readonly FiscalPeriod[] Months = [.. Given.Year.Months.Select(m => m.Period)];

    [Fact]
    public void Pay_waits_for_the_payment_and_a_credit_note_before_it_makes_both_lines_payable()
    {
        var paid = HoldRule.UntilCash().Pay(Months[..2], [Earned(1, 10m), Invoiced(1, 100m), Cash(2, 100m)]);
        Assert.Equal([0m, 10m], paid.Select(h => h.Released));
        Assert.Equal(10m, paid[0].Balance);
        var credited = HoldRule.UntilCash().Pay(Months[..2], [Earned(1, 10m), Invoiced(1, 100m), Earned(2, -10m), Invoiced(2, -100m)]);
        Assert.Equal((0m, 0m), (credited[1].Balance, credited.Sum(h => h.Released)));
        // The note may come without its pay: what is left of the deal's pay has nothing to wait for.
        Assert.Equal(10m, HoldRule.UntilCash().Pay(Months[..2], [Earned(1, 10m), Invoiced(1, 100m), Invoiced(2, -100m)])[1].Released);
    }

    [Fact]
    public void Nothing_is_released_before_the_first_invoice()
    {
        var held = HoldRule.UntilCash().Pay(Months[..3], [Earned(1, 10m), Cash(2, 100m), Invoiced(3, 200m)]);
        Assert.Equal([0m, 0m, 5m], held.Select(h => h.Released));
    }

    [Fact]
    public void Pay_is_released_in_the_month_of_the_date_and_not_held_after_it()
    {
        var rule = RuleText.Read(HoldRule.Read, """{ "until": "date", "date": "2025-03-31" }""");
        Assert.Equal([0m, 0m, 7m, 3m], rule.Pay(Months[..4], [Earned(1, 5m), Earned(3, 2m), Earned(4, 3m)]).Select(h => h.Released));
    }

    [Theory]
    [InlineData(30, new[] { 0, 10, 0, 0 })]
    [InlineData(49, new[] { 0, 10, 0, 0 })]
    [InlineData(50, new[] { 0, 0, 10, 0 })]
    public void Pay_is_released_in_the_month_in_which_the_days_after_the_sale_end(int days, int[] released)
    {
        var rule = HoldRule.ForDays([new HeldPart(100m, days)], HoldAfter.Sale);
        Assert.Equal(released.Select(r => (decimal)r), rule.Pay(Months[..4], [Earned(1, 10m)], Given.Day("2025-01-10")).Select(h => h.Released));
    }

    [Fact]
    public void Cash_releases_its_part_once_its_days_are_over()
    {
        var rule = HoldRule.ForDays([new HeldPart(100m, 40)], HoldAfter.Cash);
        Assert.Equal([0m, 4m, 6m, 0m], rule.Pay(Months[..4], [Earned(1, 10m), Invoiced(1, 100m), Cash(1, 40m), Cash(2, 60m)]).Select(h => h.Released));
    }

    [Theory]
    [InlineData("""{ "until": "days" }""", "field_missing")]
    [InlineData("""{ "until": "days", "days": 30, "months": 1 }""", "hold_months_unused")]
    [InlineData("""{ "until": "months", "months": 1, "days": 30 }""", "hold_days_unused")]
    [InlineData("""{ "until": "cash", "after": "sale" }""", "hold_days_unused")]
    [InlineData("""{ "until": "days", "parts": [{ "percent": 50, "days": 90 }, { "percent": 50, "days": 30 }] }""", "hold_parts_out_of_order")]
    [InlineData("""{ "until": "days", "parts": [{ "percent": 50, "months": 3, "days": 90 }] }""", "hold_units_mixed")]
    public void Days_that_mean_nothing_are_refused(string text, string code) => Assert.Contains(code, RuleText.Refusals(HoldRule.Read, text));

    [Fact]
    public void An_event_outside_the_months_is_not_lost_silently()
    {
        Assert.Throws<ArgumentException>(() => HoldRule.UntilCash().Pay(Months[..2], [Earned(3, 1m)]));
        Assert.Throws<ArgumentException>(() => HoldRule.UntilCash().Pay([Months[0], Months[2]], []));
    }

    [Theory]
    [InlineData("""{ "until": "date" }""", "field_missing")]
    [InlineData("""{ "until": "months" }""", "field_missing")]
    [InlineData("""{ "until": "cash", "months": 3 }""", "hold_months_unused")]
    [InlineData("""{ "until": "months", "months": 3, "date": "2025-01-01" }""", "hold_date_unused")]
    [InlineData("""{ "until": "months", "months": 0 }""", "number_out_of_range")]
    [InlineData("""{ "until": "payment" }""", "value_unknown")]
    [InlineData("""{ "until": "cash", "percent": 0 }""", "hold_percent_out_of_range")]
    [InlineData("""{ "until": "cash", "parts": [{ "percent": 10, "months": 1 }] }""", "hold_months_unused")]
    [InlineData("""{ "until": "months", "months": 1, "parts": [{ "percent": 10, "months": 1 }] }""", "hold_parts_say_it")]
    [InlineData("""{ "until": "months", "parts": [] }""", "hold_parts_count")]
    [InlineData("""{ "until": "months", "parts": [{ "percent": 60, "months": 1 }, { "percent": 60, "months": 2 }] }""", "hold_percent_out_of_range")]
    [InlineData("""{ "until": "months", "parts": [{ "percent": 10, "months": 2 }, { "percent": 10, "months": 2 }] }""", "hold_parts_out_of_order")]
    public void A_broken_rule_is_refused_by_name(string json, string code) => Assert.Equal([code], RuleText.Refusals(HoldRule.Read, json));

    [Fact]
    public void The_schema_names_what_is_read() => RuleText.AgreesWithSchema(HoldRule.Read, HoldRule.Schema);

    [Fact]
    public void Held_is_released_or_still_held_and_never_more_than_earned_nor_less_than_nothing() => Property.Holds(AnyCase, c =>
    {
        foreach (var rule in new[] { HoldRule.UntilCash(), HoldRule.ForMonths(2), HoldRule.ForMonths([new(30m, 1), new(12.5m, 4)]), HoldRule.UntilDate(Months[5].From, 70m) })
        {
            var held = rule.Pay(Months, c);
            Assert.Equal(held, rule.Pay(Months, c.Reverse()));
            Assert.All(held, h => Assert.InRange(h.ReleasedToDate, 0m, h.WithheldToDate));
            Assert.Equal(c.Where(e => e.Kind == HoldEventKind.Earned).Sum(e => e.Amount), held[^1].EarnedToDate);
            var balance = 0m;
            foreach (var month in held)
            {
                // Released is a difference of quotients, which end at the 28th digit.
                balance += month.Held - month.Released;
                Assert.Equal(month.Balance, balance, 15);
            }
        }
    }, 500);

    [Fact]
    public void When_all_the_cash_is_in_all_the_pay_is_out() => Property.Holds(AnyCase, c =>
    {
        var open = c.Where(e => e.Kind == HoldEventKind.Invoiced).Sum(e => e.Amount) - c.Where(e => e.Kind == HoldEventKind.Cash).Sum(e => e.Amount);
        HoldEvent[] settled = [.. c, Invoiced(1, 1m), Cash(12, open + 1m)];
        Assert.Equal(0m, HoldRule.UntilCash().Pay(Months, settled)[^1].Balance);
    });

    private static HoldEvent Earned(int month, decimal amount) => new(Months[month - 1].From, HoldEventKind.Earned, amount);

    private static HoldEvent Invoiced(int month, decimal amount) => new(Months[month - 1].From, HoldEventKind.Invoiced, amount);

    private static HoldEvent Cash(int month, decimal amount) => new(Months[month - 1].From, HoldEventKind.Cash, amount);

    /// <summary>Pay and invoices that only grow; cash that comes and goes.</summary>
    private static FsCheck.Gen<HoldEvent[]> AnyCase =>
        from amounts in Gen.Choose(0, 1_000_000).ListOf()
        from months in Gen.Choose(1, 12).ListOf(20)
        from kinds in Gen.Choose(0, 3).ListOf(20)
        select amounts.Take(20).Select((a, i) => kinds[i] switch
        {
            0 => Earned(months[i], a / 1000m),
            1 => Invoiced(months[i], a / 100m),
            2 => Cash(months[i], a / 100m),
            _ => Cash(months[i], -a / 200m),
        }).ToArray();
}
