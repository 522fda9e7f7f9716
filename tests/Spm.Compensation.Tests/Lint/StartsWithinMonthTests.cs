using Spm.Compensation.Documents;
using Spm.Compensation.Lint;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Tests.Lint;

/// <summary>A version that takes effect after the first of a month, and what the month is worth that it does not pay.</summary>
public class StartsWithinMonthTests
{
    private const string FivePercent = """ {"id": "c", "measure": "sales", "rate": 5} """;

    /// <summary>March at 10,000: 500 and not 800.</summary>
    [Theory]
    [InlineData(8, 300, "a rep at quota is paid so much less in the year than with this one from the first on")]
    [InlineData(3, 200, "a rep at quota is paid so much more in the year than with this one from the first on")]
    public void What_a_later_version_would_pay_of_the_month_is_held_against_what_the_one_before_pays(int rate, int money, string who)
    {
        var finding = Assert.Single(Examine(FivePercent, $$""" {"id": "c", "measure": "sales", "rate": {{rate}} } """));
        Assert.Equal((2, "", "effective_from 2025-03-15", (decimal?)money), (finding.Version, finding.Component, finding.Input, finding.Money));
        Assert.Contains($"the version before pays all of that month, and {who}.", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rep_at_another_standing_is_asked_where_one_at_quota_is_paid_alike()
    {
        // At 150 % of every month, 15,000 of March: 5,000 of them are above quota.
        const string above = """ {"id": "c", "measure": "sales", "attainment_period": "month", "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 9}]} } """;
        var finding = Assert.Single(Examine(FivePercent, above));
        Assert.Equal(200m, finding.Money);
        Assert.Contains("a rep at 150 % of quota is paid so much less", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_pays_the_month_as_the_one_before_is_not_told() =>
        Assert.Empty(Examine(FivePercent, """ {"id": "c", "measure": "sales", "earn": "measured * 5%"} """));

    /// <summary>Scores are not made up: what is lost is not known.</summary>
    [Fact]
    public void A_component_that_cannot_be_asked_leaves_the_finding_without_money()
    {
        var finding = Assert.Single(Examine(FivePercent, $$"""{{FivePercent}}, {"id": "goals", "scorecard": {"goals": [{"id": "g", "weight": 100}]} }"""));
        Assert.Null(finding.Money);
        Assert.EndsWith("the version before pays all of that month.", finding.Detail, StringComparison.Ordinal);
    }

    /// <summary>Two versions of one month: neither has its first day.</summary>
    [Fact]
    public void A_month_that_no_version_pays_is_lost_to_both()
    {
        var found = Examine(FivePercent, FivePercent, first: "2025-03-05");
        Assert.Equal(2, found.Count);
        Assert.All(found, f => Assert.Equal((500m, "A version pays the months whose first day it has: nobody is paid for the deals of that month: so much a rep at quota loses."), (f.Money, f.Detail)));
    }

    /// <summary>A fiscal year that does not end within the calendar cannot be asked for.</summary>
    [Fact]
    public void In_the_last_month_of_the_calendar_the_finding_has_no_money() =>
        Assert.Null(Assert.Single(Examine(FivePercent, FivePercent, second: "9999-12-31")).Money);

    private static List<PlanFinding> Examine(string before, string after, string first = "2025-01-01", string second = "2025-03-15")
    {
        string Version(string from, string components) => $$"""{"effective_from": "{{from}}", "measures": [{"id": "sales", "value": "amount"}], "components": [{{components}}]}""";
        var errors = new DocErrors();
        var plan = PlanReader.Read($$"""{"plan": "p", "currency": "USD", "versions": [{{Version(first, before)}}, {{Version(second, after)}}]}""", errors);
        Assert.Empty(errors.All);
        return [.. PlanLint.Examine(plan!.Rules).Where(f => f.Code == "starts_within_a_month")];
    }
}
