namespace Spm.Compensation.Tests.Quotas.Seasonality;

/// <summary>The quota of a quarter or a year in equal parts, so that it can be used month by month.</summary>
public class EvenSeasonalityTests
{
    private const string ToDate = """{"id":"c","measure":"sales","quota":"to_date","rate_table":{"mode":"step","tiers":[{"from":0,"rate":10}]}}""";
    private const string Even = """{ "seasonality": "even" }""";

    [Theory]
    [InlineData("2025-Q1", "10000", "3333.3334", "6666.6667", "10000.0000")]
    [InlineData("2025", "100", "8.3334", "16.6668", "25.0002")]
    [InlineData("2025", "120000", "10000", "20000", "30000")]
    public void Months_have_equal_parts_that_sum_to_what_was_set(string period, string amount, string january, string february, string march) => Given.Holds(ToDate, $$"""
        "quotas": [{ "measure": "sales", "period": "{{period}}", "amount": {{amount}} }], "transactions": [{ "date": "2025-01-10", "amount": 1000 }],
        "expect": [
          { "period": "2025-01", "component": "c", "figure": "quota", "is": {{january}} }, { "period": "2025-02", "component": "c", "figure": "quota", "is": {{february}} },
          { "period": "2025-03", "component": "c", "figure": "quota", "is": {{march}} }, { "period": "2025-01", "is": 100 }
        ]
        """, Even);

    [Fact]
    public void The_parts_of_a_year_sum_to_the_year() => Given.Holds(ToDate, """
        "quotas": [{ "measure": "sales", "period": "2025", "amount": 100 }], "transactions": [{ "date": "2025-01-10", "amount": 1000 }],
        "expect": [{ "period": "2025", "component": "c", "figure": "quota", "is": "100.0000000000" }]
        """, Even);

    [Fact]
    public void What_is_set_for_a_month_or_its_quarter_comes_before_the_part_of_the_year() => Given.Holds(
        """{"id":"c","measure":"sales","quota":"to_date","attainment_period":"quarter","rate":10}""",
        """
        "quotas": [
          { "measure": "sales", "period": "2025", "amount": 12000 }, { "measure": "sales", "period": "2025-Q2", "amount": 600 }, { "measure": "sales", "period": "2025-05", "amount": 50 }
        ],
        "transactions": [{ "date": "2025-01-10", "amount": 1000 }],
        "expect": [
          { "period": "2025-01", "component": "c", "figure": "quota", "is": 1000 }, { "period": "2025-04", "component": "c", "figure": "quota", "is": 200 },
          { "period": "2025-05", "component": "c", "figure": "quota", "is": 250 }, { "period": "2025-06", "component": "c", "figure": "quota", "is": 450 }
        ]
        """, Even);

    [Fact]
    public void A_ramp_holds_in_each_month_of_the_quarter() => Given.Holds(
        """{"id":"c","measure":"sales","quota":"full","attainment_period":"quarter","rate":10}""",
        """
        "rep": { "hired_on": "2025-01-01" }, "quotas": [{ "measure": "sales", "period": "2025-Q1", "amount": 9000 }], "transactions": [{ "date": "2025-01-10", "amount": 1000 }],
        "expect": [{ "period": "2025-01", "component": "c", "figure": "quota", "is": 7500 }]
        """, """{ "seasonality": "even", "ramp": { "steps": [{ "to_month": 1, "percent": 50 }] } }""");
}
