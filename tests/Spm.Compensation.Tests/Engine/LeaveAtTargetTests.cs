namespace Spm.Compensation.Tests.Engine;

/// <summary>Leave that is credited at target counts the part of the quota that was set, whatever span it was set for.</summary>
public class LeaveAtTargetTests
{
    private const string OfQuarter = """{"id":"c","measure":"sales","attainment_period":"quarter","quota":"QUOTA","rate_table":{"mode":"flat","tiers":[{"from":0,"to":100,"rate":5},{"from":100,"rate":8}]}}""";
    private const string ByDays = """{ "proration": { "by": "calendar_days" } }""";

    [Theory]
    [InlineData("full")]
    [InlineData("to_date")]
    public void Of_a_quarters_quota_leave_credits_its_days(string quota) => Given.Holds(OfQuarter.Replace("QUOTA", quota, StringComparison.Ordinal), """
        "rep": { "leave": [{ "from": "2025-06-01", "to": "2025-07-01", "effect": "credit_at_target" }] },
        "quotas": [{ "measure": "sales", "period": "2025-Q2", "amount": 91000 }],
        "transactions": [{ "date": "2025-04-05", "amount": 61000 }],
        "expect": [
          { "period": "2025-Q2", "component": "c", "figure": "attainment", "is": 100 }, { "period": "2025-Q2", "component": "c", "figure": "to_date", "is": 91000 },
          { "period": "2025-Q2", "component": "c", "figure": "credited", "is": 61000 }, { "period": "2025-Q2", "is": 7280 }
        ]
        """, ByDays);

    [Fact]
    public void Of_a_years_quota_leave_credits_its_days_month_by_month() => Given.Holds("""{"id":"c","measure":"sales","quota":"full","rate":10}""", """
        "rep": { "leave": [{ "from": "2025-05-22", "to": "2025-06-21", "effect": "credit_at_target" }] },
        "quotas": [{ "measure": "sales", "period": "2025", "amount": 36500 }],
        "transactions": [{ "date": "2025-06-25", "amount": 500 }],
        "expect": [
          { "period": "2025-04", "component": "c", "figure": "to_date", "is": 0 }, { "period": "2025-05", "component": "c", "figure": "to_date", "is": 1000 },
          { "period": "2025-06", "component": "c", "figure": "to_date", "is": 3500 }, { "period": "2025", "component": "c", "figure": "to_date", "is": 3500 }
        ]
        """, ByDays);

    [Fact]
    public void A_kicker_at_a_percent_of_quota_counts_it_too() => Given.Holds("""{"id":"c","measure":"sales","attainment_period":"quarter","quota":"full","rate":0,"kickers":[{"at":100,"amount":700,"once":"quarter"}]}""", """
        "rep": { "leave": [{ "from": "2025-06-01", "to": "2025-07-01", "effect": "credit_at_target" }] },
        "quotas": [{ "measure": "sales", "period": "2025-Q1", "amount": 90000 }, { "measure": "sales", "period": "2025-Q2", "amount": 91000 }],
        "transactions": [{ "date": "2025-04-05", "amount": 61000 }],
        "expect": [{ "period": "2025-05", "is": 0 }, { "period": "2025-06", "is": 700 }]
        """, ByDays);

    [Fact]
    public void A_quarter_with_a_quota_of_its_own_credits_leave_of_that_and_not_of_its_months() => Given.Holds(OfQuarter.Replace("QUOTA", "full", StringComparison.Ordinal), """
        "rep": { "leave": [{ "from": "2025-06-01", "to": "2025-07-01", "effect": "credit_at_target" }] },
        "quotas": [{ "measure": "sales", "period": "2025-Q2", "amount": 91000 }, { "measure": "sales", "period": "2025-06", "amount": 1000 }],
        "transactions": [{ "date": "2025-04-05", "amount": 61000 }],
        "expect": [{ "period": "2025-Q2", "component": "c", "figure": "to_date", "is": 91000 }]
        """, ByDays);
}
