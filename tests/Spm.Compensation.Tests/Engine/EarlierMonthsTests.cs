namespace Spm.Compensation.Tests.Engine;

/// <summary>Months in which a rep had no quota, or was not on the plan yet, were paid nothing. They take nothing from the months behind them.</summary>
public class EarlierMonthsTests
{
    private const string Kicker = """{"id":"c","measure":"sales","attainment_period":"month","quota":"to_date","rate":10,"kickers":[{"at":120,"amount":500,"once":"month"}]}""";

    [Fact]
    public void A_kicker_is_earned_behind_a_month_before_the_hire() => Given.Holds(Kicker, """
        "rep": { "hired_on": "2025-02-01" }, "quotas": [{ "measure": "sales", "period": "2025-02", "amount": 1000 }],
        "transactions": [{ "date": "2025-02-10", "amount": 1200 }], "expect": [{ "period": "2025-02", "is": 620 }]
        """);

    [Theory]
    [InlineData("month", 620)]
    [InlineData("year", 120)]
    public void A_kicker_is_earned_behind_a_month_whose_quota_is_missing(string once, decimal paidInApril) => Given.Holds(Kicker.Replace("\"once\":\"month\"", $"\"once\":\"{once}\"", StringComparison.Ordinal), $$"""
        "quotas": [{ "measure": "sales", "period": "2025", "amount": 1000 }, { "measure": "sales", "period": "2025-02", "amount": 1000 }, { "measure": "sales", "period": "2025-04", "amount": 1000 }],
        "transactions": [{ "date": "2025-02-10", "amount": 1200 }, { "date": "2025-04-10", "amount": 1200 }],
        "expect": [{ "period": "2025-02", "is": 620 }, { "period": "2025-03", "is": 0 }, { "period": "2025-04", "is": {{paidInApril}} }]
        """);

    [Fact]
    public void Windows_inside_of_the_measurement_period_that_stand_still_count_nothing() => Given.Holds(
        """{"id":"c","measure":"sales","rate":10,"kickers":[{"at":100,"amount":50,"once":"quarter"}]}""", """
        "quotas": [{ "measure": "sales", "period": "2025-Q1", "amount": 1000 }, { "measure": "sales", "period": "2025-Q3", "amount": 1000 }],
        "transactions": [{ "date": "2025-01-10", "amount": 1000 }, { "date": "2025-08-10", "amount": 1000 }],
        "expect": [{ "period": "2025-Q1", "is": 150 }, { "period": "2025-Q2", "is": 0 }, { "period": "2025-Q3", "is": 150 }]
        """);

    [Fact]
    public void A_kicker_that_was_reached_while_the_component_stood_still_is_paid_once_it_goes_on() => Given.Holds(
        """{"id":"c","measure":"sales","attainment_period":"month","quota":"to_date","rate":10,"kickers":[{"at_amount":1000,"amount":50,"once":"year"}]}""", """
        "quotas": [{ "measure": "sales", "period": "2025-02", "amount": 1000 }, { "measure": "sales", "period": "2025-03", "amount": 1000 }],
        "transactions": [{ "date": "2025-01-10", "amount": 1000 }, { "date": "2025-03-10", "amount": 500 }],
        "expect": [{ "period": "2025-01", "is": 0 }, { "period": "2025-02", "is": 50 }, { "period": "2025-03", "is": 50 }]
        """);

    [Fact]
    public void A_milestone_that_was_not_known_before_the_hire_is_reached_behind_it() => Given.Holds(
        """{"id":"c","measure":"sales","attainment_period":"month","rate":10,"kickers":[{"at_amount":"1000 * rep.month_of_service","amount":50,"once":"quarter","keep":true}]}""", """
        "rep": { "hired_on": "2025-02-01" }, "transactions": [{ "date": "2025-02-10", "amount": 1000 }], "expect": [{ "period": "2025-02", "is": 150 }]
        """);

    [Fact]
    public void A_gate_that_stays_open_opens_behind_a_month_without_quota() => Given.Holds(
        """
        {"id":"c","measure":"sales","rate":10,"gates":[{"component":"m","at":100,"once_open_stays":true}]},
        {"id":"m","measure":"sales","attainment_period":"month","quota":"to_date"}
        """, """
        "quotas": [{ "measure": "sales", "period": "2025-02", "amount": 1000 }, { "measure": "sales", "period": "2025-03", "amount": 1000 }],
        "transactions": [{ "date": "2025-02-10", "amount": 500 }, { "date": "2025-03-10", "amount": 1000 }],
        "expect": [{ "component": "c", "period": "2025-02", "figure": "earned", "is": 0 }, { "period": "2025-03", "is": 150 }]
        """);

    [Fact]
    public void A_cap_of_the_quota_caps_behind_a_month_without_one() => Given.Holds(
        """{"id":"c","measure":"sales","attainment_period":"month","quota":"to_date","rate":10,"caps":[{"per":"month","amount":"quota * 5%"}]}""", """
        "quotas": [{ "measure": "sales", "period": "2025-02", "amount": 1000 }],
        "transactions": [{ "date": "2025-02-10", "amount": 1200 }], "expect": [{ "period": "2025-02", "is": 50 }]
        """);
}
