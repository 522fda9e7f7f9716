using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.PlanDocuments;

public class PlanTestMessageTests
{
    [Fact]
    public void A_test_that_fails_says_which_component_lacks_a_figure()
    {
        var document = PlanReader.Read(
            """
            { "plan": "p", "currency": "USD",
              "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }],
                "components": [{ "id": "c", "measure": "sales", "rate_table": { "mode": "step", "tiers": [{ "from": 0, "rate": 10 }] } }, { "id": "d", "measure": "sales", "rate": 1 }] }],
              "tests": [{ "name": "t", "transactions": [{ "date": "2025-01-10", "amount": 100 }], "expect": [{ "period": "2025-01", "is": 11 }, { "period": "2025-01", "component": "d", "is": 2 }] }] }
            """, new DocErrors())!;
        var result = Assert.Single(PlanTestRunner.Run(document.Rules, document.Tests));
        Assert.Equal(
            ["payout of rep, 2025-01 is 1, expected 11 (stands still: c in 2025-01: quota_missing)", "incentive of rep, d, 2025-01 is 1, expected 2"],
            result.Messages);
    }

    [Theory]
    [InlineData(""" "measure": "sales", "earn": "measured * rep.facts.rate" """, "figure_missing: rep.facts.rate, asked for by \"measured * rep.facts.rate\"")]
    [InlineData(""" "measure": "sales", "earn": "measured * (1 / (measured / measured - 1))" """, "figure_missing: \"measured * (1 / (measured / measured - 1))\" has no value")]
    [InlineData(""" "measure": "sales", "per": "deal", "earn": "margin * 10%" """, "figure_missing: deal T1: margin, asked for by \"margin * 10%\"")]
    [InlineData(""" "measure": "sales", "rate_table": { "mode": "step", "on": "amount", "tiers": [{ "from": 0, "rate": "rep.facts.rate" }] } """, "figure_missing: rep.facts.rate, asked for by \"rep.facts.rate\"")]
    [InlineData(""" "measure": "sales", "rate": 10, "gates": [{ "component": "d", "at": 80 }] """, "figure_missing: quota of d")]
    [InlineData(""" "measure": "sales", "rate": 10, "gates": [{ "when": "rep.facts.rate > 1" }] """, "figure_missing: rep.facts.rate, asked for by \"rep.facts.rate > 1\"")]
    [InlineData(""" "measure": "sales", "rate": 10, "kickers": [{ "at_amount": 10, "amount": "rep.base_salary", "once": "month" }] """, "figure_missing: rep.base_salary, asked for by \"rep.base_salary\"")]
    [InlineData(""" "measure": "sales", "rate": 10, "multipliers": [{ "figure": "rep.facts.rate", "tiers": [{ "rate": 100 }] }] """, "figure_missing: rep.facts.rate, asked for by \"rep.facts.rate\"")]
    [InlineData(""" "measure": "sales", "rate": 10, "multipliers": [{ "figure": "month", "tiers": [{ "from": 500, "rate": 100 }] }] """, "multiplier_outside_tiers: month is 100, and no tier has it")]
    [InlineData(""" "measure": "sales", "quota": "full", "rate": 10, "attainment_cap": "rep.facts.rate" """, "quota_missing")]
    public void What_stands_still_says_which_figure_is_missing(string component, string why)
    {
        var errors = new DocErrors();
        var document = PlanReader.Read(
            $$"""
            { "plan": "p", "currency": "USD", "facts": { "rep": { "rate": "number" } },
              "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }], "components": [{ "id": "c", {{component}} }, { "id": "d", "measure": "sales" }] }],
              "tests": [{ "name": "t", "transactions": [{ "id": "T1", "date": "2025-01-10", "amount": 100 }], "expect": [{ "period": "2025-01", "component": "c", "is": 11 }] }] }
            """, errors);
        Assert.Empty(errors.All);
        Assert.Equal([$"incentive of rep, c, 2025-01 is 0, expected 11 (stands still: c in 2025-01: {why})"], Assert.Single(PlanTestRunner.Run(document!.Rules, document.Tests)).Messages);
    }

    [Theory]
    [InlineData("to_date * 1000000000000 * 1000000000000")]
    [InlineData("to_date * 100000000")]
    public void What_is_too_large_to_be_calculated_or_paid_is_told_by_tests_and_explanations_alike(string earn)
    {
        var document = PlanReader.Read(
            $$"""
            { "plan": "p", "currency": "USD",
              "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }], "components": [{ "id": "c", "measure": "sales", "earn": "{{earn}}" }] }],
              "tests": [{ "name": "t", "transactions": [{ "date": "2025-01-10", "amount": 90000000000000 }], "expect": [{ "period": "2025-01", "is": 1 }] }] }
            """, new DocErrors())!;
        var tested = Assert.Single(Assert.Single(PlanTestRunner.Run(document.Rules, document.Tests)).Problems);
        Assert.Contains("number_overflow: ", tested, StringComparison.Ordinal);
        Assert.Equal(tested, PlanTestRunner.Refusal(Record.Exception(() => PlanTestRunner.Calculate(document.Rules, document.Tests[0]))!));
    }

    [Fact]
    public void Where_the_quarter_has_a_quota_and_its_months_have_none_it_says_what_helps()
    {
        var document = PlanReader.Read(
            """
            { "plan": "p", "currency": "USD",
              "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }],
                "components": [{ "id": "c", "measure": "sales", "rate_table": { "mode": "step", "tiers": [{ "from": 0, "rate": 10 }] } }] }],
              "tests": [{ "name": "t", "quotas": [{ "measure": "sales", "period": "2025-Q1", "amount": 3000 }], "transactions": [{ "date": "2025-01-10", "amount": 100 }],
                "expect": [{ "period": "2025-01", "is": 10 }] }] }
            """, new DocErrors())!;
        Assert.Equal(
            ["payout of rep, 2025-01 is 0, expected 10 (stands still: c in 2025-01: quota_missing; 2025-Q1 has a quota and 2025-01 has none: spread it with quotas.seasonality \"even\", or set `quota: full`)"],
            Assert.Single(PlanTestRunner.Run(document.Rules, document.Tests)).Messages);
    }

    [Fact]
    public void The_month_without_a_quota_is_named_though_it_lies_before_the_one_that_pays_nothing()
    {
        var document = PlanReader.Read(
            """
            { "plan": "p", "currency": "USD",
              "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }],
                "components": [{ "id": "c", "measure": "sales", "attainment_period": "year", "quota": "to_date", "rate_table": { "mode": "step", "tiers": [{ "from": 0, "rate": 10 }] } }] }],
              "tests": [{ "name": "t", "quotas": [{ "measure": "sales", "period": "2025-Q1", "amount": 3000 }, { "measure": "sales", "period": "2025-05", "amount": 1000 }],
                "transactions": [{ "date": "2025-05-10", "amount": 100 }], "expect": [{ "period": "2025-05", "is": 10 }] }] }
            """, new DocErrors())!;
        Assert.Equal(
            ["payout of rep, 2025-05 is 0, expected 10 (stands still: c in 2025-05: quota_missing; 2025-04 has none)"],
            Assert.Single(PlanTestRunner.Run(document.Rules, document.Tests)).Messages);
    }

    [Fact]
    public void Quotas_of_periods_that_a_test_has_not_are_told_once_each()
    {
        var errors = new DocErrors();
        PlanReader.Read(
            """
            { "plan": "p", "currency": "USD",
              "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }], "components": [{ "id": "c", "measure": "sales", "rate": 10 }] }],
              "tests": [{ "name": "t", "quotas": [{ "measure": "sales", "period": "2026-01", "amount": 1 }, { "measure": "sales", "period": "2026-02", "amount": 1 }],
                "transactions": [{ "date": "2025-01-10", "amount": 100 }], "expect": [{ "period": "2025-01", "is": 10 }] }] }
            """, errors);
        Assert.Equal(["period_unknown", "period_unknown"], errors.All.Select(e => e.Code));
    }

    [Fact]
    public void A_date_that_cannot_be_read_is_the_only_error()
    {
        var errors = new DocErrors();
        PlanReader.Read(
            """
            { "plan": "p", "currency": "USD",
              "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }], "components": [{ "id": "c", "measure": "sales", "rate": 10 }] }],
              "tests": [{ "name": "t", "transactions": [{ "date": "10.1.2025", "amount": 100 }], "expect": [{ "period": "2025-01", "is": 10 }] }] }
            """, errors);
        Assert.Equal("type_mismatch", Assert.Single(errors.All).Code);
    }
}
