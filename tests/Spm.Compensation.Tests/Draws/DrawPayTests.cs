using FsCheck.Fluent;
using Spm.Compensation.Draws;
using Spm.Compensation.Periods;
using Spm.Compensation.Tests.Exactness;

namespace Spm.Compensation.Tests.Draws;

public class DrawPayTests
{
    [Fact]
    public void A_draw_that_is_not_recoverable_is_never_owed()
    {
        var rule = RuleText.Read(DrawRule.Read, """{ "kind": "non_recoverable", "percent_of_target_incentive": 80 }""");
        var drawn = rule.Pay([new DrawMonth(Months[0], 100m, 5000m), new DrawMonth(Months[1], 9000m, 5000m)]);
        Assert.Equal((4000m, 3900m, 4000m, 0m), (drawn[0].Floor!.Value, drawn[0].DrawPaid, drawn[0].Paid, drawn[0].Balance));
        Assert.Equal((0m, 9000m), (drawn[1].Recovered, drawn[1].Paid));
    }

    [Fact]
    public void A_floor_of_zero_lets_no_month_take_back_and_what_it_covers_is_owed() => Given.Holds(
        """{"id":"c","measure":"sales","rate":10}""",
        """
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 9000 }, { "id": "R", "kind": "refund", "deal": "A", "date": "2025-02-10", "amount": 4000 }, { "date": "2025-03-10", "amount": 10000 }],
        "expect": [
          { "period": "2025-02", "is": 0 }, { "period": "2025-02", "figure": "draw_paid", "is": 400 }, { "period": "2025-02", "figure": "draw_balance", "is": 400 },
          { "period": "2025-03", "is": 600 }, { "period": "2025-03", "figure": "recovered", "is": 400 }
        ]
        """,
        pay: """{ "draw": { "kind": "recoverable", "amount": 0 } }""");

    [Fact]
    public void Only_a_percent_of_what_stands_above_the_floor_is_recovered()
    {
        var drawn = Pay(new DrawRule(DrawKind.Recoverable, 1000m, recoveryPercent: 25m, openingBalance: 300m), 1800m, 1800m);
        Assert.Equal([200m, 100m], drawn.Select(d => d.Recovered));
        Assert.Equal([1600m, 1700m], drawn.Select(d => d.Paid));
    }

    [Fact]
    public void What_is_left_after_the_months_own_recovery_is_forgiven()
    {
        var drawn = Pay(new DrawRule(DrawKind.Recoverable, 1000m, ends: new(2), forgivenAt: new(3)), 200m, 400m, 300m, 5000m);
        Assert.Equal([0m, 0m, 300m, 0m], drawn.Select(d => d.Recovered));
        Assert.Equal([0m, 0m, 1100m, 0m], drawn.Select(d => d.Forgiven));
        Assert.Equal(5000m, drawn[3].Paid);
    }

    [Fact]
    public void Nothing_is_recovered_after_recovery_stops()
    {
        var drawn = Pay(new DrawRule(DrawKind.Recoverable, 1000m, ends: new(1), recoveryStarts: new(2), recoveryStops: new(2)), 0m, 400m, 400m);
        Assert.Equal([0m, 400m, 0m], drawn.Select(d => d.Recovered));
        Assert.Equal(600m, drawn[2].Balance);
    }

    [Fact]
    public void A_day_stands_for_the_month_it_lies_in()
    {
        var byDay = new DrawRule(DrawKind.Recoverable, 1000m, from: new(new DateOnly(2025, 2, 15)), ends: new(new DateOnly(2025, 3, 1)));
        Assert.Equal([0m, 1000m, 1000m, 0m], Pay(byDay, 0m, 0m, 0m, 0m).Select(d => d.DrawPaid));
        var byNumber = new DrawRule(DrawKind.Recoverable, 1000m, from: new(2), ends: new(3));
        Assert.Equal(Pay(byNumber, 5m, 6m, 7m, 8m), Pay(byDay, 5m, 6m, 7m, 8m));
    }

    [Fact]
    public void Months_that_do_not_follow_each_other_have_no_balance() =>
        Assert.Throws<ArgumentException>(() => new DrawRule(DrawKind.Recoverable, 1m).Pay([new(Months[0], 1m), new(Months[2], 1m)]));

    [Theory]
    [InlineData("""{ "kind": "recoverable" }""", "draw_floor_ambiguous")]
    [InlineData("""{ "kind": "recoverable", "amount": 1, "percent_of_target_incentive": 1 }""", "draw_floor_ambiguous")]
    [InlineData("""{ "kind": "recoverable", "amount": -1 }""", "draw_amount_out_of_range")]
    [InlineData("""{ "kind": "recoverable", "percent_of_target_incentive": -1 }""", "draw_percent_out_of_range")]
    [InlineData("""{ "kind": "recoverable", "amount": 1, "recovery_percent": 101 }""", "recovery_percent_out_of_range")]
    [InlineData("""{ "kind": "recoverable", "amount": 1, "opening_balance": -1 }""", "draw_balance_negative")]
    [InlineData("""{ "kind": "non_recoverable", "amount": 1, "forgiven_at": 3 }""", "draw_not_recoverable")]
    [InlineData("""{ "kind": "non_recoverable", "amount": 1, "recovery_percent": 100 }""", "draw_not_recoverable")]
    [InlineData("""{ "kind": "recoverable", "amount": 1, "from": 3, "ends": 2 }""", "draw_ends_before_it_begins")]
    [InlineData("""{ "kind": "recoverable", "amount": 1, "recovery_starts": "2025-03-01", "recovery_stops": "2025-02-01" }""", "recovery_stops_before_it_starts")]
    [InlineData("""{ "kind": "recoverable", "amount": 1, "from": 0 }""", "number_out_of_range")]
    [InlineData("""{ "kind": "recoverable", "amount": 1, "from": "soon" }""", "type_mismatch")]
    [InlineData("""{ "kind": "recoverable", "amount": 1, "recovery_start": 4 }""", "field_unknown")]
    [InlineData("""{ "amount": 1 }""", "field_missing")]
    public void A_broken_rule_is_refused_by_name(string json, string code) => Assert.Equal([code], RuleText.Refusals(DrawRule.Read, json));

    [Fact]
    public void The_schema_names_what_is_read() => RuleText.AgreesWithSchema(DrawRule.Read, DrawRule.Schema);

    [Fact]
    public void A_running_draw_never_pays_below_its_floor_and_its_balance_never_goes_below_zero() => Property.Holds(AnyCase, c =>
    {
        var drawn = Pay(c.Rule, c.Earned);
        Assert.All(drawn.Where(d => d.Floor is not null), d => Assert.True(d.Paid >= d.Floor));
        Assert.All(drawn, d => Assert.True(d is { Balance: >= 0m, DrawPaid: >= 0m, Recovered: >= 0m, Forgiven: >= 0m }));
    }, 500);

    [Fact]
    public void What_was_drawn_is_recovered_forgiven_or_still_owed() => Property.Holds(AnyCase, c =>
    {
        var drawn = Pay(c.Rule, c.Earned);
        Assert.Equal(drawn.Sum(d => d.Earned) + drawn.Sum(d => d.DrawPaid) - drawn.Sum(d => d.Recovered), drawn.Sum(d => d.Paid));
        if (c.Rule.Kind == DrawKind.Recoverable)
        {
            var left = c.Rule.OpeningBalance + drawn.Sum(d => d.DrawPaid) - drawn.Sum(d => d.Recovered) - drawn.Sum(d => d.Forgiven);
            Assert.Equal(left, drawn[^1].Balance);
        }
    }, 500);

    [Fact]
    public void Later_months_never_change_earlier_ones() => Property.Holds(AnyCase, c =>
        Assert.Equal(Pay(c.Rule, c.Earned[..^1]), Pay(c.Rule, c.Earned).SkipLast(1)));

    private static readonly FiscalPeriod[] Months =
    [
        .. FiscalYearPattern.Gregorian("2025", new DateOnly(2025, 1, 1)).Months.Select(m => m.Period),
        .. FiscalYearPattern.Gregorian("2026", new DateOnly(2026, 1, 1)).Months.Select(m => m.Period),
    ];

    private static IReadOnlyList<DrawnMonth> Pay(DrawRule rule, params decimal[] earned) =>
        rule.Pay([.. earned.Select((e, i) => new DrawMonth(Months[i], e, 1000m))]);

    private static FsCheck.Gen<(DrawRule Rule, decimal[] Earned)> AnyCase =>
        from earned in Gen.Choose(-500_000, 3_000_000).NonEmptyListOf()
        from amount in Gen.Choose(1, 2_000_000)
        from marks in Gen.Choose(1, 12).ListOf(5)
        from told in Gen.Choose(0, 63)
        from percent in Gen.Choose(1, 10_000)
        select (Rule(amount / 2000m, told, [.. marks], percent / 100m), earned.Take(24).Select(e => e / 1000m).ToArray());

    /// <summary>The bits say which of the marks the rule has.</summary>
    private static DrawRule Rule(decimal amount, int told, int[] marks, decimal percent)
    {
        DrawMark? Mark(int bit, int number) => (told & bit) == 0 ? null : new DrawMark(number);
        return (told & 32) != 0 ? new DrawRule(DrawKind.NonRecoverable, amount, null, Mark(1, marks[0]), Mark(2, marks[0] + marks[1]))
            : new DrawRule(
                DrawKind.Recoverable, null, amount, Mark(1, marks[0]), Mark(2, marks[0] + marks[1]), Mark(4, marks[2]), percent,
                Mark(8, marks[2] + marks[3]), Mark(16, marks[4]), percent);
    }
}
