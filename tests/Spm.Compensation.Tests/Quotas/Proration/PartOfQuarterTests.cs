using Spm.Compensation.Engine;
using Spm.Compensation.Quotas;
using Spm.Compensation.Quotas.Proration;

namespace Spm.Compensation.Tests.Quotas.Proration;

/// <summary>Who is there for a part of a quarter answers for what the plan makes of the quarter's quota, be it asked for whole or to date.</summary>
public class PartOfQuarterTests
{
    private const string ByDays = """{ "proration": { "by": "calendar_days" } }""";

    private const string Sales = """{ "date": "2025-02-20", "amount": 6000 }, { "date": "2025-03-10", "amount": 10000 }""";

    [Theory]
    [InlineData("to_date", ByDays, 15000)]
    [InlineData("full", ByDays, 15000)]
    [InlineData("to_date", """{ "proration": { "by": "months" } }""", 20000)]
    [InlineData("to_date", "{}", 30000)]
    [InlineData("full", "{}", 30000)]
    public void Hired_within_it_the_rep_has_its_quota_when_it_is_over(string use, string quotas, int quota) => Holds(
        $$"""{"id":"c","measure":"sales","attainment_period":"quarter","quota":"{{use}}","rate":10}""",
        "\"hired_on\": \"2025-02-15\"",
        Sales,
        $$"""{ "period": "2025-03", "component": "c", "figure": "quota", "is": {{quota}} }, { "period": "2025-03", "component": "c", "figure": "to_date", "is": 16000 }, { "period": "2025-Q1", "is": 1600 }""",
        quotas);

    [Fact]
    public void The_year_to_date_goes_on_from_there() => Holds(
        """{"id":"c","measure":"sales","quota":"to_date","rate_table":{"mode":"flat","tiers":[{"from":0,"to":50,"rate":5},{"from":50,"rate":10}]} }""",
        "\"hired_on\": \"2025-02-15\"",
        $$"""{{Sales}}, { "date": "2025-06-10", "amount": 6500 }""",
        """
        { "period": "2025-03", "component": "c", "is": 1600 }, { "period": "2025-05", "component": "c", "figure": "quota", "is": null },
        { "period": "2025-06", "component": "c", "figure": "quota", "is": 45000 }, { "period": "2025-06", "component": "c", "figure": "attainment", "is": 50 }, { "period": "2025", "is": 2250 }
        """);

    [Theory]
    [InlineData("2025-02-15", 15000)]
    [InlineData("2025-03-17", 25000)]
    public void Who_leaves_within_it_has_it_in_the_last_month(string left, int quota) => Holds(
        """{"id":"c","measure":"sales","attainment_period":"quarter","quota":"to_date","rate":10}""",
        $"\"left_on\": \"{left}\"",
        """{ "date": "2025-01-20", "amount": 6000 }""",
        $$"""{ "period": "{{left[..7]}}", "component": "c", "figure": "quota", "is": {{quota}} }, { "period": "2025-Q1", "is": 600 }""");

    [Fact]
    public void A_window_counts_it_as_well() => Holds(
        """{"id":"c","measure":"sales","attainment_period":"last_3_months","quota":"to_date","rate":10}""",
        "\"hired_on\": \"2025-02-15\"",
        Sales,
        """{ "period": "2025-02", "component": "c", "figure": "quota", "is": null }, { "period": "2025-03", "component": "c", "figure": "quota", "is": 15000 }, { "period": "2025-04", "component": "c", "figure": "quota", "is": null }, { "period": "2025-03", "is": 1000 }""");

    [Fact]
    public void A_quarter_whose_months_have_quotas_counts_with_those() => Holds(
        """{"id":"c","measure":"sales","attainment_period":"quarter","quota":"to_date","rate":10}""",
        "\"hired_on\": \"2025-02-15\"",
        Sales,
        """{ "period": "2025-02", "component": "c", "figure": "quota", "is": 5000 }, { "period": "2025-03", "component": "c", "figure": "quota", "is": 15000 }""",
        more: """, { "measure": "sales", "period": "2025-02", "amount": 10000 }, { "measure": "sales", "period": "2025-03", "amount": 10000 }""");

    /// <summary>Two months on one plan and one on another: what is not prorated would stand against the rep twice, so it is not known.</summary>
    [Theory]
    [InlineData(false, 0, 0)]
    [InlineData(true, 590, 310)]
    public void Who_changes_plan_within_it_needs_a_proration(bool isProrated, int february, int march)
    {
        var (a, b) = (Plan("a"), Plan("b"));
        var year = Given.Calculate([a, a, b, .. Enumerable.Repeat(b, 9)], Given.Credited((1, 5900), (3, 3100)), Given.Book(("2025-Q1", 9000)));
        Assert.Equal([0m, february, march], Given.Paid(year, 3));

        PlanPaying Plan(string id)
        {
            var rules = Given.Plan(id, """{"id":"c","measure":"revenue","attainment_period":"quarter","quota":"to_date","rate_table":{"mode":"flat","tiers":[{"from":0,"to":100,"rate":5},{"from":100,"rate":10}]} }""");
            return new PlanPaying(rules, rules.Versions[0] with { Quotas = isProrated ? new QuotaRules(null, null, new ProrationRule(ProrationBasis.CalendarDays), null) : QuotaRules.None });
        }
    }

    private static void Holds(string component, string rep, string transactions, string expect, string quotas = ByDays, string more = "") => Given.Holds(
        component,
        $$"""
        "rep": { {{rep}} },
        "quotas": [{ "measure": "sales", "period": "2025-Q1", "amount": 30000 }, { "measure": "sales", "period": "2025-Q2", "amount": 30000 }{{more}}],
        "transactions": [{{transactions}}], "expect": [{{expect}}]
        """,
        quotas);
}
