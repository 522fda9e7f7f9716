using FsCheck.Fluent;
using Spm.Compensation.Quotas.Seasonality;

namespace Spm.Compensation.Tests.Quotas.Seasonality;

public class SeasonalityRuleTests
{
    [Fact]
    public void A_year_is_spread_by_its_percents() =>
        Assert.Equal([20_000m, 20_000m, 20_000m, 40_000m], new SeasonalityRule(SeasonalParts.Quarters, [20, 20, 20, 40], 0).Spread(100_000m));

    [Fact]
    public void Units_left_over_go_to_the_largest_remainders_and_first_in_time()
    {
        decimal[] thirds = [33.3333m, 33.3333m, 33.3334m];
        Assert.Equal([33m, 33m, 34m], new SeasonalityRule(SeasonalParts.Quarters, thirds, 0).Spread(100m));
        Assert.Equal([26m, 25m, 25m, 25m], new SeasonalityRule(SeasonalParts.Quarters, [25, 25, 25, 25], 0).Spread(101m));
        Assert.Equal([0.0001m, 0m], new SeasonalityRule(SeasonalParts.Quarters, [50, 50]).Spread(0.0001m));
    }

    [Fact]
    public void A_quota_with_more_decimals_than_its_parts_is_cut_at_its_own() =>
        Assert.Equal([50.3m, 50.2m], new SeasonalityRule(SeasonalParts.Quarters, [50, 50], 0).Spread(100.5m));

    [Fact]
    public void Parts_sum_to_the_whole_and_each_is_within_one_unit_of_its_percent() => Property.Holds(AnyCase, c =>
    {
        var (rule, quota) = c;
        var parts = rule.Spread(quota);
        Assert.Equal(quota, parts.Sum());
        Assert.All(parts.Zip(rule.Percents), p => Assert.True(decimal.Abs(p.First - quota * p.Second / 100m) < 1m / (decimal)Math.Pow(10, rule.Decimals)));
        Assert.Equal(parts.Select(p => -p), rule.Spread(-quota));
    });

    [Fact]
    public void Quotas_as_large_as_a_decimal_still_sum_up()
    {
        var rule = new SeasonalityRule(SeasonalParts.Quarters, [12.5m, 37.5m, 0.0001m, 49.9999m], 10);
        foreach (var quota in new[] { 10_000_000_000_000m, 7_000_000_000_000_000_000_000_000_001m, decimal.MaxValue, 1.0000000000000000000000000001m })
        {
            Assert.Equal(quota, rule.Spread(quota).Sum());
        }
    }

    [Fact]
    public void The_rule_is_read_and_agrees_with_its_schema()
    {
        const string Text = """{"over": "months", "percents": [60, "40"], "decimals": 0}""";
        var rule = Documented.Read(Text, SeasonalityRule.Read);
        Assert.Equal((SeasonalParts.Months, 0), (rule.Over, rule.Decimals));
        Assert.Equal([60m, 40m], rule.Percents);
        Assert.Equal(4, Documented.Read("""{"over": "quarters", "percents": [100]}""", SeasonalityRule.Read).Decimals);
        Documented.Agrees(SeasonalityRule.Schema, SeasonalityRule.Read, Text);
    }

    [Theory]
    [InlineData("""{"over": "quarters", "percents": [20, 20, 20, 41]}""", "percents_do_not_sum_to_100")]
    [InlineData("""{"over": "quarters", "percents": [120, -20]}""", "percent_out_of_range")]
    [InlineData("""{"over": "quarters", "percents": []}""", "seasonality_parts_count")]
    [InlineData("""{"over": "quarters", "percents": [100], "decimals": 11}""", "number_out_of_range")]
    public void Percents_that_are_no_cut_of_the_year_are_refused(string text, string code) =>
        Assert.Equal([code], Documented.Errors(text, SeasonalityRule.Read));

    [Fact]
    public void A_broken_rule_cannot_be_constructed() => Assert.Throws<ArgumentException>(() => new SeasonalityRule(SeasonalParts.Quarters, [50]));

    private static FsCheck.Gen<(SeasonalityRule Rule, decimal Quota)> AnyCase =>
        from weights in Gen.ArrayOf(Gen.Choose(0, 3000), 11)
        from decimals in Gen.Choose(0, 6)
        from quota in Gen.Choose(-1_000_000_000, 1_000_000_000)
        select (Rule(weights, decimals), (decimal)quota);

    /// <summary>Twelve percents with two decimals that sum to 100: what the weights leave is the last one's.</summary>
    private static SeasonalityRule Rule(int[] weights, int decimals)
    {
        var left = 10_000;
        List<decimal> percents = [];
        foreach (var weight in weights)
        {
            var taken = Math.Min(weight, left);
            left -= taken;
            percents.Add(taken / 100m);
        }
        return new SeasonalityRule(SeasonalParts.Months, [.. percents, left / 100m], decimals);
    }
}
