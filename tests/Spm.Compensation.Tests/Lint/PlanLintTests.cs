using Spm.Compensation.Documents;
using Spm.Compensation.Lint;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Tests.Lint;

/// <summary>Each rule with a component that breaks it, the money at stake, and one that only looks alike. The probe has a quota of 10,000 a month.</summary>
public class PlanLintTests
{
    private const string Linear = """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "rate": 10}]} """;

    public static TheoryData<string, string, string, double?> Broken => new()
    {
        // 12,000 of a quota of 12 x 10,000: at 100 % the whole 120,000 is paid at 6 % instead of 5 %.
        { "cliff", """ "rate_table": {"mode": "flat", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 6}]}, "caps": [{"per": "year", "amount": 9000}] """, "at 100 % of quota (120,000)", 1200.0005 },
        { "cliff", Linear + """, "kickers": [{"at": 50, "amount": 700, "once": "year"}] """, "at 50 % of quota (60,000)", 700.001 },
        { "cliff", Linear + """, "threshold": {"at": 50} """, "at 50 % of quota (60,000)", 6000 },
        { "negative_marginal_pay", """ "rate_table": {"mode": "flat", "tiers": [{"from": 0, "to": 100, "rate": 6}, {"from": 100, "rate": 5}]} """, "at 100 % of quota (120,000)", -1199.9994 },
        { "cap_dead_zone", Linear + """, "attainment_cap": 150 """, "at 150 % of quota (180,000)", 0 },
        { "cap_dead_zone", Linear + """, "caps": [{"per": "year", "amount": 9000}] """, "9,000 of pay per year", 0 },
        // 1,200,000 credited: 120,000 at 5 %, the rest at 10 %.
        { "uncapped_windfall", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 10}]} """, "at 1,000 % of quota (1,200,000)", 114_000 },
        { "gate_makes_effort_worthless", Linear + """, "gates": [{"component": "other", "at": 80}] """, "at 100 % of quota (120,000)", 12_000 },
        { "tier_unreachable", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 200, "rate": 5}, {"from": 200, "rate": 10}]}, "attainment_cap": 150 """, "tier from 200 %", null },
        // A deal of 1,000: 500 of it reach the accelerator at 10 % where the month stands at 95 %, and 5 % in the next month.
        { "period_edge", """ "attainment_period": "month", "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 10}]} """, "a deal of 1,000 at the end of a month that stands at 95 %", 25 },
        { "split_above_100", Linear + """, "credits": ["direct", "overlay"] """, "credits: direct, overlay", null },
    };

    public static TheoryData<string, string> Sound => new()
    {
        { "cliff", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 6}]} """ },
        { "cliff", Linear + """, "threshold": {"at": 50, "then": "excess_only"} """ },
        { "negative_marginal_pay", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 6}, {"from": 100, "rate": 5}]} """ },
        { "cap_dead_zone", Linear },
        { "uncapped_windfall", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 10}, {"from": 100, "rate": 5}]} """ },
        { "gate_makes_effort_worthless", Linear + """, "gates": [{"when": "to_date > 0"}] """ },
        { "tier_unreachable", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 140, "rate": 5}, {"from": 140, "rate": 10}]}, "attainment_cap": 150 """ },
        { "period_edge", """ "attainment_period": "month", """ + Linear },
        { "split_above_100", Linear + """, "credits": ["direct", "roll_up"] """ },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_bites_is_found_with_the_input_and_the_money(string code, string component, string input, double? money)
    {
        var finding = Assert.Single(Examine(component), f => f.Code == code && f.Component == "commission");
        Assert.Equal(input, finding.Input);
        Assert.Equal((decimal?)money, finding.Money);
        Assert.Equal(PlanLint.Rules.Single(r => r.Code == code).Severity, finding.Severity);
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void What_only_looks_alike_is_not_found(string code, string component) =>
        Assert.DoesNotContain(Examine(component), f => f.Code == code);

    [Fact]
    public void Every_rule_has_a_plan_that_breaks_it_and_one_that_does_not()
    {
        Assert.Equal(PlanLint.Rules.Select(r => r.Code).Order(), Broken.Select(b => b.Data.Item1).Distinct().Order());
        Assert.Equal(PlanLint.Rules.Select(r => r.Code).Order(), Sound.Select(b => b.Data.Item1).Distinct().Order());
    }

    private static IReadOnlyList<PlanFinding> Examine(string component)
    {
        var errors = new DocErrors();
        var plan = PlanReader.Read($$"""
            {"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01",
              "measures": [{"id": "sales", "value": "amount"}, {"id": "margin", "value": "margin"}],
              "components": [{"id": "other", "measure": "margin", "quota": "to_date"}, {"id": "commission", "measure": "sales", {{component}} }]}]}
            """, errors);
        Assert.Empty(errors.All);
        return PlanLint.Examine(plan!.Rules);
    }
}
