using FsCheck.Fluent;
using Spm.Compensation.Accounting;
using Spm.Compensation.Amounts;
using Spm.Compensation.Tests.Exactness;

namespace Spm.Compensation.Tests.Accounting;

public class AmortisationTests
{
    [Fact]
    public void Only_incremental_costs_of_obtaining_the_contract_are_capitalised()
    {
        var rule = RuleText.Read(CapitalisationRule.Read, """{ "months": 36 }""");
        ContractCost[] costs = [new("due diligence", 12_000m, false), new("travel", 18_000m, false), new("commission", 9000m, true), new("bonus", 1m, true, false)];
        var split = rule.Capitalise(costs);
        Assert.Equal(9000m, split.CapitalisedAmount);
        Assert.Equal(["due diligence", "travel", "bonus"], split.Expensed.Select(c => c.Name));
        var schedule = Amortisation.Schedule(split.CapitalisedAmount, 1, rule.Months, rule.DecimalsFor(Currency.Usd));
        Assert.All(schedule, m => Assert.Equal(250m, m.Amortised));
        Assert.Equal(36, schedule.Count);
    }

    [Fact]
    public void A_short_asset_is_expensed_at_once_where_the_rule_says_so()
    {
        ContractCost[] costs = [new("commission", 9000m, true)];
        Assert.Equal(9000m, new CapitalisationRule(12).Capitalise(costs).CapitalisedAmount);
        Assert.Equal(0m, new CapitalisationRule(12, expenseUpToMonths: 12).Capitalise(costs).CapitalisedAmount);
    }

    [Fact]
    public void A_write_down_spreads_the_rest_anew_and_an_early_end_expenses_what_is_left()
    {
        var schedule = Amortisation.Schedule(1200m, 1, 12, 2, [new Impairment(4, 600m)], terminated: 6);
        Assert.Equal([100m, 100m, 100m, 100m, 75m, 525m], schedule.Select(m => m.Amortised));
        Assert.Equal([0m, 0m, 0m, 200m, 0m, 0m], schedule.Select(m => m.Impairment));
        Assert.Equal([1100m, 1000m, 900m, 600m, 525m, 0m], schedule.Select(m => m.Remaining));
    }

    [Fact]
    public void A_value_above_what_remains_writes_nothing_down_and_back()
    {
        var plain = Amortisation.Schedule(1200m, 1, 12, 2);
        Assert.Equal(plain, Amortisation.Schedule(1200m, 1, 12, 2, [new Impairment(4, 800m), new Impairment(5, 5000m)]));
    }

    [Fact]
    public void What_lies_outside_the_months_is_a_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Amortisation.Schedule(1m, 5, 3, 2, terminated: 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => Amortisation.Schedule(1m, 5, 3, 2, [new Impairment(4, 0m)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Amortisation.Schedule(1m, 5, 3, 2, [new Impairment(5, -1m)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Amortisation.Schedule(-1m, 5, 3, 2));
    }

    [Theory]
    [InlineData("{}", "field_missing")]
    [InlineData("""{ "months": 0 }""", "number_out_of_range")]
    [InlineData("""{ "months": 12, "decimals": 11 }""", "number_out_of_range")]
    [InlineData("""{ "months": 12, "expense_up_to_months": 13 }""", "number_out_of_range")]
    [InlineData("""{ "months": 12, "currency": "USD" }""", "field_unknown")]
    public void A_broken_rule_is_refused_by_name(string json, string code) => Assert.Equal([code], RuleText.Refusals(CapitalisationRule.Read, json));

    [Fact]
    public void The_schema_names_what_is_read() => RuleText.AgreesWithSchema(CapitalisationRule.Read, CapitalisationRule.Schema);

    [Fact]
    public void Every_cumulative_figure_is_within_half_a_unit_of_the_line_and_the_last_is_the_amount() => Property.Holds(AnyCase, c =>
    {
        var schedule = Amortisation.Schedule(c.Amount, 1, c.Months, 2);
        Assert.All(schedule, m => Assert.True(Math.Abs(m.Cumulative - c.Amount * m.Month / c.Months) <= 0.005m));
        Assert.Equal(c.Amount, schedule[^1].Cumulative);
        Assert.True(schedule.Max(m => m.Amortised) - schedule.Min(m => m.Amortised) <= 0.01m);
    }, 500);

    [Fact]
    public void The_whole_amount_is_expensed_once_whatever_happens_to_the_asset() => Property.Holds(AnyCase, c =>
    {
        var schedule = Amortisation.Schedule(c.Amount, 1, c.Months, c.Decimals, c.Impairments, c.Terminated);
        Assert.Equal(schedule, Amortisation.Schedule(c.Amount, 1, c.Months, c.Decimals, c.Impairments.Reverse(), c.Terminated));
        Assert.Equal(c.Amount, schedule.Sum(m => m.Amortised + m.Impairment));
        Assert.Equal(0m, schedule[^1].Remaining);
        Assert.All(schedule, m => Assert.True(m is { Amortised: >= 0m, Impairment: >= 0m, Remaining: >= 0m }));
        Assert.All(schedule, m => Assert.Equal(c.Amount, m.Cumulative + m.Remaining));
        Assert.All(c.Impairments.Where(i => i.Month <= schedule.Count), i => Assert.True(schedule[i.Month - 1].Remaining <= i.Recoverable));
        Assert.Equal(c.Terminated ?? c.Months, schedule.Count);
    }, 500);

    [Fact]
    public void What_is_recovered_of_a_cost_leaves_an_asset_as_if_it_had_never_been_incurred() => Property.Holds(AnyCase, c =>
    {
        var rule = new CapitalisationRule(c.Months, c.Decimals);
        var (asset, never) = (new ContractAsset(1, rule, c.Decimals, c.Amount), new ContractAsset(1, rule, c.Decimals, c.Amount - Math.Floor(c.Amount / 3m)));
        var (sum, other) = (0m, 0m);
        for (var month = 1; month <= c.Months + 1; month++)
        {
            if (month == (c.Terminated ?? 1))
            {
                Assert.Equal(Math.Floor(c.Amount / 3m), asset.Recover(Math.Floor(c.Amount / 3m)));
            }
            (sum, other) = (sum + asset.Amortise(month), other + never.Amortise(month));
            Assert.True(asset.Cost - sum >= 0m);
        }
        Assert.Equal((asset.Cost, other), (sum, sum));
        Assert.Equal(asset.Cost, asset.Recover(c.Amount + 1m));
    }, 500);

    private static FsCheck.Gen<(decimal Amount, int Months, int Decimals, Impairment[] Impairments, int? Terminated)> AnyCase =>
        from cents in Gen.Choose(0, 10_000_000)
        from months in Gen.Choose(1, 60)
        from decimals in Gen.Choose(0, 4)
        from at in Gen.Choose(1, months).ListOf()
        from worth in Gen.Choose(0, 10_000_000).ListOf(3)
        from ends in Gen.Choose(1, 2 * months)
        select (cents / 100m, months, decimals, at.Take(3).Select((m, i) => new Impairment(m, worth[i] / 100m)).ToArray(), ends <= months ? ends : (int?)null);
}
