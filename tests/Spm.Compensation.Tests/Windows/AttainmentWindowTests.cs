using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Tests.Windows;

public class AttainmentWindowTests
{
    [Fact]
    public void Four_quarters_that_go_along_stand_against_the_quotas_of_the_quarters() => Given.Holds(
        Component("last_12_months", "\"measurement_period\": \"quarter\", \"quota\": \"full\", \"rate_table\": {\"mode\": \"step\", \"tiers\": [{\"from\": 0, \"to\": 100, \"rate\": 5}, {\"from\": 100, \"rate\": 10}]}"),
        """
        "years": ["2024-01-01", "2025-01-01"],
        "quotas": [{ "measure": "sales", "period": "2024-Q2", "amount": 1000 }, { "measure": "sales", "period": "2024-Q3", "amount": 1000 }, { "measure": "sales", "period": "2024-Q4", "amount": 1000 },
          { "measure": "sales", "period": "2025-Q1", "amount": 1000 }, { "measure": "sales", "period": "2025-Q2", "amount": 1000 }],
        "transactions": [{ "date": "2024-02-10", "amount": 9999 }, { "date": "2024-05-10", "amount": 2000 }, { "date": "2024-11-10", "amount": 1000 }, { "date": "2025-01-10", "amount": 1500 }, { "date": "2025-03-10", "amount": 500 }, { "date": "2025-04-10", "amount": 100 }],
        "expect": [
          { "period": "2025-01", "component": "c", "is": 100 },
          { "period": "2025-Q1", "component": "c", "is": 150 }, { "period": "2025-Q1", "component": "c", "figure": "quota", "is": 4000 }, { "period": "2025-Q1", "component": "c", "figure": "to_date", "is": 5000 },
          { "period": "2025-Q2", "component": "c", "figure": "to_date", "is": 3100 }, { "period": "2025-Q2", "component": "c", "is": 5 }
        ]
        """,
        versionFrom: "2024-04-01");

    /// <summary>A year of thirteen periods: the anniversary of 1 April lies in the third one, which goes from 30 March to 26 April.</summary>
    [Fact]
    public void A_year_of_service_begins_with_the_period_of_the_anniversary_however_many_a_year_has() => Given.Holds(
        Component("service_year", "\"rate_table\": {\"mode\": \"step\", \"on\": \"amount\", \"tiers\": [{\"from\": 0, \"to\": 1000, \"rate\": 5}, {\"from\": 1000, \"rate\": 10}]}"),
        """
        "rep": { "hired_on": "2024-04-01" }, "years": [{ "start": "2024-02-04", "pattern": "four_weeks" }, { "start": "2025-02-02", "pattern": "four_weeks" }],
        "transactions": [{ "date": "2024-04-02", "amount": 400 }, { "date": "2025-03-20", "amount": 300 }, { "date": "2025-04-01", "amount": 200 }],
        "expect": [{ "period": "2025-02", "component": "c", "figure": "to_date", "is": 700 }, { "period": "2025-03", "component": "c", "figure": "to_date", "is": 200 }, { "period": "2025-04", "component": "c", "figure": "to_date", "is": 200 }]
        """,
        versionFrom: "2024-01-01");

    [Fact]
    public void A_month_whose_quota_is_missing_anywhere_in_the_window_stands_still() => Given.Holds(
        Component("last_3_months", "\"rate_table\": {\"mode\": \"flat\", \"tiers\": [{\"from\": 0, \"rate\": 5}]}"),
        """
        "quotas": [{ "measure": "sales", "period": "2025-01", "amount": 1000 }, { "measure": "sales", "period": "2025-03", "amount": 1000 }],
        "transactions": [{ "date": "2025-01-10", "amount": 1000 }, { "date": "2025-03-10", "amount": 1000 }],
        "expect": [{ "period": "2025-01", "component": "c", "is": 50 }, { "period": "2025-03", "component": "c", "is": 0 }, { "period": "2025-03", "component": "c", "figure": "quota", "is": null }]
        """);

    [Fact]
    public void A_deal_takes_its_place_on_top_of_what_the_window_holds() => Given.Holds(
        Component("last_2_months", "\"per\": \"deal_in_order\", \"rate_table\": {\"mode\": \"step\", \"on\": \"amount\", \"tiers\": [{\"from\": 0, \"to\": 1000, \"rate\": 5}, {\"from\": 1000, \"rate\": 10}]}"),
        """
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 800 }, { "id": "B", "date": "2025-02-10", "amount": 400 }, { "id": "C", "date": "2025-02-11", "amount": 100 }, { "id": "D", "date": "2025-04-10", "amount": 700 }],
        "expect": [{ "period": "2025-02", "component": "c", "deal": "B", "is": 30 }, { "period": "2025-02", "component": "c", "deal": "C", "is": 10 }, { "period": "2025-04", "component": "c", "deal": "D", "is": 35 }]
        """);

    [Fact]
    public void The_target_incentive_is_that_of_the_window() => Given.Holds(
        Component("last_12_months", "\"quota\": \"full\", \"rate_table\": {\"mode\": \"step\", \"yields\": \"target_multiplier\", \"tiers\": [{\"from\": 0, \"rate\": 1}]}"),
        """
        "years": ["2024-01-01", "2025-01-01"], "rep": { "target_incentive": 12000 },
        "quotas": [{ "measure": "sales", "period": "2024", "amount": 12000 }, { "measure": "sales", "period": "2025", "amount": 12000 }],
        "transactions": [{ "date": "2024-06-10", "amount": 500 }, { "date": "2025-03-10", "amount": 1000 }],
        "expect": [{ "period": "2025-03", "component": "c", "figure": "target_incentive", "is": 12000 }, { "period": "2025-03", "component": "c", "is": 1000 }]
        """,
        quotas: "{ \"seasonality\": \"even\" }", versionFrom: "2023-01-01");

    [Fact]
    public void Leave_at_target_counts_where_the_window_reaches_it() => Given.Holds(
        Component("last_3_months", "\"rate_table\": {\"mode\": \"flat\", \"tiers\": [{\"from\": 0, \"to\": 100, \"rate\": 5}, {\"from\": 100, \"rate\": 10}]}"),
        """
        "rep": { "leave": [{ "from": "2025-01-01", "to": "2025-02-01", "effect": "credit_at_target" }] },
        "quotas": [{ "measure": "sales", "period": "2025-01", "amount": 1000 }, { "measure": "sales", "period": "2025-02", "amount": 1000 }],
        "transactions": [{ "date": "2025-02-10", "amount": 1000 }],
        "expect": [{ "period": "2025-02", "component": "c", "figure": "attainment", "is": 100 }, { "period": "2025-02", "component": "c", "is": 100 }]
        """);

    [Fact]
    public void A_service_year_begins_with_the_month_of_the_anniversary() => Given.Holds(
        Component("service_year", "\"rate_table\": {\"mode\": \"flat\", \"on\": \"amount\", \"tiers\": [{\"from\": 0, \"to\": 1000, \"rate\": 5}, {\"from\": 1000, \"rate\": 10}]}"),
        """
        "years": ["2024-01-01", "2025-01-01"], "rep": { "hired_on": "2024-03-31" },
        "transactions": [{ "date": "2024-04-10", "amount": 900 }, { "date": "2025-02-10", "amount": 100 }, { "date": "2025-03-01", "amount": 100 }, { "date": "2025-04-01", "amount": 800 }],
        "expect": [{ "period": "2024-04", "is": 45 }, { "period": "2025-02", "is": 10 }, { "period": "2025-03", "is": 5 }, { "period": "2025-04", "component": "c", "figure": "to_date", "is": 900 }]
        """, versionFrom: "2024-01-01");

    [Theory]
    [InlineData("last_2_months", "\"measurement_period\": \"quarter\", \"rate\": 5", "measurement_period_too_long")]
    [InlineData("last_37_months", "\"rate\": 5", "value_unknown")]
    [InlineData("ever", "\"rate_table\": {\"mode\": \"flat\", \"tiers\": [{\"from\": 0, \"rate\": 5}]}", "quota_of_ever")]
    public void A_window_that_means_nothing_is_refused(string window, string rules, string code)
    {
        var errors = new DocErrors();
        PlanReader.Read($$"""{ "plan": "p", "currency": "USD", "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }], "components": [{{Component(window, rules)}}] }] }""", errors);
        Assert.Contains(code, errors.All.Select(e => e.Code));
    }

    private static string Component(string window, string rules) => $"{{ \"id\": \"c\", \"measure\": \"sales\", \"attainment_period\": \"{window}\", {rules} }}";
}
