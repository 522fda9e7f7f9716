using Spm.Compensation.Amounts;
using Spm.Compensation.Roundings;
using Spm.Compensation.Tests.Exactness;

namespace Spm.Compensation.Tests.Roundings;

public class RoundingRuleTests
{
    [Theory]
    [InlineData("half_even", "0.01", "0.125", "0.12")]
    [InlineData("half_even", "0.01", "-0.135", "-0.14")]
    [InlineData("half_up", "0.01", "0.125", "0.13")]
    [InlineData("half_up", "0.01", "-0.125", "-0.13")]
    [InlineData("up", "1", "7.0001", "8")]
    [InlineData("up", "1", "-7.0001", "-8")]
    [InlineData("down", "1", "7.9999", "7")]
    [InlineData("down", "1", "-7.9999", "-7")]
    [InlineData("half_up", "0.05", "1.375", "1.40")]
    [InlineData("half_even", "100", "250", "200")]
    public void A_figure_goes_to_a_multiple_of_the_unit(string mode, string to, string amount, string expected) => Assert.Equal(
        decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
        Read($$"""{ "mode": "{{mode}}", "to": {{to}} }""").Apply(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void What_is_rounded_stays_when_it_is_rounded_again() => Property.Holds<int>(seed =>
    {
        var random = new Random(seed);
        var rule = new RoundingRule(Enum.GetValues<RoundingMode>()[random.Next(4)], random.Next(1, 500) / 100m);
        var rounded = rule.Apply(random.Next(-1_000_000, 1_000_000) / 1000m);
        Assert.Equal(rounded, rule.Apply(rounded));
        Assert.Equal(0m, rounded % rule.To);
    });

    [Theory]
    [InlineData("""{ "to": 0 }""", "number_out_of_range")]
    [InlineData("""{ "mode": "nearest" }""", "value_unknown")]
    [InlineData("""{ "each": "month" }""", "value_unknown")]
    [InlineData("""{ "decimals": 2 }""", "field_unknown")]
    public void A_broken_rule_is_refused_by_name(string json, string code) => Assert.Equal([code], RuleText.Refusals(n => RoundingRule.Read(n, 0.01m), json));

    [Fact]
    public void Nothing_is_paid_in_parts_of_a_cent() =>
        Assert.Equal(["rounding_finer_than_currency"], RuleText.Refusals(n => PayRounding.Read(n, Currency.Usd), """{ "to": 0.001 }"""));

    private static RoundingRule Read(string json) => RuleText.Read(n => RoundingRule.Read(n, 0.01m), json).Rule;
}
