using Spm.Compensation.Documents;
using Spm.Compensation.Lint;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Tests.PlanDocuments;

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
        { "cap_dead_zone", Linear + """, "attainment_cap": 150 """, "at 150 % of quota (180,000)", 1200 },
        { "cap_dead_zone", Linear + """, "caps": [{"per": "year", "amount": 9000}] """, "9,000 of pay per year, at 75 % of quota (90,000)", 1200 },
        { "cap_dead_zone", Linear + """, "caps": [{"per": "year", "amount": "quota * 7.5%"}] """, "quota * 7.5% (9,000) of pay per year, at 75 % of quota (90,000)", 1200 },
        { "cap_dead_zone", """ "per": "deal", "rate": 10, "caps": [{"per": "deal", "amount": 500}] """, "500 of pay per deal, at 5,000", 500 },
        // 1,200,000 credited: 120,000 at 5 %, the rest at 10 %.
        { "uncapped_windfall", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 10}]} """, "at 1,000 % of quota (1,200,000)", 114_000 },
        { "gate_makes_effort_worthless", Linear + """, "gates": [{"component": "other", "at": 80}] """, "at 100 % of quota (120,000)", 12_000 },
        { "tier_unreachable", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 200, "rate": 5}, {"from": 200, "rate": 10}]}, "attainment_cap": 150 """, "tier from 200 % (240,000)", 1200 },
        // A band that begins at the cap is empty, also where deals fill it one by one.
        { "tier_unreachable", """ "per": "deal_in_order", "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 150, "rate": 5}, {"from": 150, "rate": 10}]}, "attainment_cap": 150 """, "tier from 150 % (180,000)", 1200 },
        // Twice as much as the cap pays twice as much.
        { "attainment_cap_unused", """ "quota": "full", "earn": "to_date * 10%", "attainment_cap": 150 """, "attainment_cap of 150 %, at 360,000", 18_000 },
        { "attainment_cap_unused", """ "quota": "full", "matrix": {"of": "measured", "rows": {"figure": "attainment", "at": [0]}, "columns": {"figure": "to_date", "at": [0]}, "values": [[5]]}, "attainment_cap": 150 """, "attainment_cap of 150 %, at 360,000", 9000 },
        { "attainment_cap_unused", """ "per": "deal", "rate": 10, "attainment_cap": 150 """, "attainment_cap of 150 %, at 360,000", 18_000 },
        { "uncapped_windfall", """ "quota": "full", "earn": "to_date * if(attainment > 1, 10%, 5%)", "attainment_cap": 150 """, "at 1,500 % of quota (1,800,000)", 180_000 },
        { "refund_beyond_pay", """ "attainment_period": "month", "rate": 10, "caps": [{"per": "month", "amount": 1000}] """, "a deal of 1,000 in month 1 of a year of 10,000 in each month, given back in month 2", 100 },
        { "refund_beyond_pay", """ "rate": 10, "caps": [{"per": "quarter", "amount": 3000}, {"per": "year", "amount": 50000}] """, "a deal of 3,000 in month 3 of a year of 10,000 in each month, given back in month 4", 300 },
        // A deal of 1,000: 500 of it reach the accelerator at 10 % where the month stands at 95 %, and 5 % in the next month.
        { "period_edge", """ "attainment_period": "month", "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 10}]} """, "a deal of 1,000 at the end of a month that stands at 95 %", 25 },
        { "period_edge", """ "attainment_period": "half_year", "quota": "full", "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 10}]} """, "a deal of 6,000 at the end of a half-year that stands at 95 %", 150 },
        { "negative_marginal_pay", """ "quota": "full", "earn": "rep.base_salary * if(attainment > 1, 5%, 10%)" """, "at 100 % of quota (120,000)", -3000 },
        { "split_above_100", Linear + """, "credits": ["direct", "overlay"] """, "credits: direct, overlay, a deal of 12,000 at 100 % of quota (120,000)", 1200 },
        // 120,000 at 10 % and one cent more at 5 %.
        { "negative_marginal_pay", """ "quota": "full", "earn": "to_date * if(attainment > 1, 5%, 10%)" """, "at 100 % of quota (120,000)", -5999.9995 },
        { "negative_marginal_pay", """ "earn": "to_date * -1" """, "from 0.02 to 239,999.99", -239_999.97 },
        { "negative_marginal_pay", Linear + """, "multipliers": [{"figure": "attainment", "tiers": [{"to": 0.5, "rate": 100}, {"from": 0.5, "rate": 50}]}] """, "at 50 % of quota (60,000)", -2999.999 },
        { "negative_marginal_pay", """ "quota": "full", "matrix": {"of": "measured", "rows": {"figure": "attainment", "at": [0.8, 1]}, "columns": {"figure": "to_date", "at": [0]}, "values": [[5], [3]]} """, "at 100 % of quota (120,000)", -2399.9995 },
        { "negative_marginal_pay", """ "per": "deal", "earn": "amount * if(amount >= 5000, 5%, 10%)" """, "at 5,000", -249.999 },
        { "negative_marginal_pay", """ "per": "deal", "rate_table": {"mode": "flat", "on": "amount", "tiers": [{"from": 0, "to": 1000, "rate": 10}, {"from": 1000, "rate": 8}]} """, "at 1,000", -19.999 },
        { "negative_marginal_pay", """ "eligibility": "rep.title = 'AE' and rep.base_salary > 1000", "rate_table": {"mode": "flat", "tiers": [{"from": 0, "to": 100, "rate": 10}, {"from": 100, "rate": 8}]} """, "at 100 % of quota (120,000)", -2399.999 },
        // 60,000 at 4 % and then at 12 %, 120,000 at 12 % and then at 6 %.
        { "negative_marginal_pay", """ "quota": "full", "earn": "to_date * lookup('by_points', attainment)" """, "at 100 % of quota (120,000)", -7199.9988 },
        { "cliff", """ "quota": "full", "earn": "to_date * lookup('by_points', attainment)" """, "at 50 % of quota (60,000)", 4800.0004 },
        { "negative_marginal_pay", """ "earn": "to_date * lookup('by_amount', to_date)" """, "at 120,000", -7199.9988 },
        { "negative_marginal_pay", """ "per": "deal", "earn": "amount * lookup('by_amount', amount)" """, "at 120,000", -7199.9988 },
        // What is looked up by need not grow in a straight line, and both sides of a comparison may grow.
        { "negative_marginal_pay", """ "quota": "full", "earn": "to_date * lookup('by_points', attainment * attainment)" """, "at 100 % of quota (120,000)", -7199.9988 },
        { "negative_marginal_pay", """ "quota": "full", "earn": "to_date * if(to_date > quota * 2 - to_date, 5%, 10%)" """, "at 100 % of quota (120,000)", -5999.9995 },
        { "negative_marginal_pay", """ "quota": "full", "earn": "min(to_date * 10%, quota * 20% - to_date * 5%)" """, "from 160,000.01 to 319,999.99", -7999.999 },
        { "negative_marginal_pay", """ "attainment_period": "month", "earn": "month * if(month > 1.5 * (last_2_months - month), 3%, 8%)" """, "at 15,000 in a month after months of 10,000", -749.9997 },
        { "edge_out_of_reach", """ "quota": "full", "earn": "to_date * if(attainment in (80), 5%, 10%)" """, "attainment in (80)", null },
        { "cliff", """ "rate": 10, "quota": "full", "kickers": [{"at": 100, "amount": 2000, "once": "quarter"}] """, "at 25 % of quota (30,000)", 2000.001 },
        { "period_edge", """ "rate": 10, "quota": "full", "kickers": [{"at": 100, "amount": 2000, "once": "quarter"}] """, "a deal of 3,000 in month 3 or 4 of a year of spans of 3 months of 9,500 and 5,000 a month by turns", 2000 },
        { "period_edge", """ "earn": "(last_2_months - month) * 10%" """, "a deal of 1,000 in month 10 or 11 of a year of months of 9,500 and 5,000 a month by turns", 100 },
        { "period_edge", """ "attainment_period": "month", "earn": "month * if(month_of_year = 6, 20%, 5%)" """, "a deal of 1,000 in month 5 or 6 of a year of months of 9,500 and 5,000 a month by turns", 150 },
        { "gate_makes_effort_worthless", """ "earn": "if(components.other.attainment >= 80%, to_date * 10%, 0)" """, "at 120,000", 12_000 },
        { "not_asked", """ "attainment_period": "month", "earn": "month * if(last_12_months > 100000, 10%, 5%)" """, "the last 12 months", null },
        { "not_asked", """ "per": "deal", "earn": "amount * if(product = 'A', 10%, 5%)" """, "product", null },
        { "not_asked", """ "per": "deal", "earn": "amount * if(margin / amount > 0.3, 10%, 5%)" """, "margin", null },
        { "cliff", """ "quota": "full", "earn": "if(attainment >= 1, 5000, 0)" """, "at 100 % of quota (120,000)", 5000 },
        { "cliff", """ "quota": "full", "earn": "if(quota * 80% <= to_date, 5000, 0)" """, "at 80 % of quota (96,000)", 5000 },
        { "cap_dead_zone", """ "earn": "min(to_date * 10%, 9000)" """, "at 90,000", 1200 },
        { "edge_out_of_reach", Linear + """, "gates": [{"when": "attainment >= 80"}] """, "attainment >= 80", null },
        { "edge_out_of_reach", """ "quota": "full", "matrix": {"of": "measured", "rows": {"figure": "components.other.attainment", "at": [80]}, "columns": {"figure": "to_date", "at": [0]}, "values": [[5]]} """, "components.other.attainment at 80", null },
        { "uncapped_windfall", """ "attainment_period": "month", "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 0}, {"from": 100, "to": 150, "rate": 10}, {"from": 150, "rate": 20}]} """, "at 1,500 % of quota (150,000)", 27_500 },
        { "uncapped_windfall", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 10}]}, "caps": [{"per": "month", "amount": 100000000}] """, "at 1,000 % of quota (1,200,000)", 114_000 },
        // A deal of 1,500 lifts all of the quarter from 1 % to 2 %, or nothing of the next one.
        { "period_edge", """ "attainment_period": "quarter", "rate_table": {"mode": "flat", "on": "amount", "tiers": [{"from": 0, "to": 15000, "rate": 1}, {"from": 15000, "rate": 2}]} """, "a deal of 1,500 at the end of a quarter that stands at 14,250", 157.5 },
        { "split_above_100", """ "per": "deal", "rate": 10, "hold": {"until": "cash"} """, "no kinds, a deal of 12,000 at 120,000", 1200 },
        // At quota the cap pays nothing more, and a tenth of a month's quota does.
        { "split_above_100", """ "per": "deal", "rate": 10, "hold": {"until": "cash"}, "caps": [{"per": "month", "amount": 900}] """, "no kinds, a deal of 1,000 at 1,000", 100 },
        { "percent_or_ratio", Linear + """, "threshold": {"at": 0.8} """, "threshold at 0.8", null },
        { "percent_or_ratio", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 1, "rate": 5}, {"from": 1, "rate": 10}]} """, "tier from 1", null },
        { "percent_or_ratio", """ "quota": "full", "rate_table": {"mode": "step", "yields": "target_multiplier", "tiers": [{"from": 0, "to": 100, "rate": 100}, {"from": 100, "rate": 150}]} """, "rate 150", null },
        { "percent_or_ratio", """ "rate": 0.04 """, "rate 0.04", null },
        { "percent_or_ratio", """ "rate": 10, "multipliers": [{"figure": "month", "tiers": [{"to": 100, "rate": 0.5}, {"from": 100, "rate": 1.25}]}] """, "multiplier rate 1.25", null },
        { "percent_or_ratio", """ "per": "deal", "rate": 10, "hold": {"until": "months", "months": 2, "percent": 0.5} """, "hold percent 0.5", null },
        { "percent_or_ratio", """ "per": "deal", "rate": 10, "clawback": {"percent": 1} """, "clawback percent 1", null },
        { "percent_or_ratio", """ "per": "deal", "rate": 10, "clawback": {"schedule": [{"to_months": 6, "percent": 1}, {"to_months": 12, "percent": 0.5}]} """, "clawback percent 1", null },
        { "percent_or_ratio", """ "rate": 10, "true_up": {"per": "quarter", "hold_back_percent": 0.25} """, "true_up hold_back_percent 0.25", null },
        { "percent_or_ratio", """ "quota": "full", "matrix": {"rows": {"figure": "attainment", "at": [0.8, 1]}, "columns": {"figure": "to_date", "at": [0]}, "values": [[0.5], [1]]} """, "matrix value 1", null },
        { "percent_or_ratio", """ "scorecard": {"goals": [{"id": "g", "weight": 100, "points": [{"score": 80, "pays": 0.5}, {"score": 100, "pays": 1}]}]} """, "goal g pays 1", null },
        { "multiplier_gap", """ "rate": 10, "multipliers": [{"figure": "month", "tiers": [{"from": 100, "rate": 100}]}] """, "month below 100, at 100", 10 },
        { "multiplier_gap", """ "rate": 10, "multipliers": [{"figure": "month", "tiers": [{"from": 0, "to": 500000.5, "rate": 100}]}] """, "month from 500000.5 on, at 500,000.5", 50_000.049 },
        // A figure that grows in no straight line, and one that has no tier at quota.
        { "multiplier_gap", """ "rate": 10, "multipliers": [{"figure": "attainment * attainment", "tiers": [{"from": 0.25, "rate": 100}]}] """, "attainment * attainment below 0.25, at 50 % of quota (60,000)", 6000 },
        { "multiplier_gap", """ "rate": 10, "multipliers": [{"figure": "attainment", "tiers": [{"to": 1, "rate": 100}]}] """, "attainment from 1 on, at 100 % of quota (120,000)", 11_999.999 },
        { "multiplier_gap", """ "rate": 10, "multipliers": [{"figure": "components.other.attainment", "tiers": [{"from": 0.5, "rate": 100}]}] """, "components.other.attainment below 0.5, at 50 % of quota of the other components", 12_000 },
        // Whatever its days are, its deals are asked.
        { "cliff", """ "per": "deal", "earn": "if(counted >= 5000, 300, 100)", "spiff": {"budget": 2000, "from": "2025-02-01", "to": "2025-03-01"} """, "at 5,000", 200 },
        // Somebody asks for months of service: the rep has been here for years.
        { "cliff", """ "earn": "if(rep.month_of_service > 12 and to_date >= 50000, 700, 0)" """, "at 50,000", 700 },
        // A lookup without what stands otherwise.
        { "multiplier_gap", """ "earn": "to_date * lookup('by_size', to_date)" """, "at 150,000", 7499.9995 },
        // The part of sales that is margin, 120,000 of it: above 240,000 it is less than half.
        { "others_lower_pay", """ "rate": 10, "multipliers": [{"figure": "components.other.to_date / to_date", "tiers": [{"to": 0.5, "rate": 80}, {"from": 0.5, "rate": 120}]}] """, "at 240,000.01", -9599.9992 },
        { "others_lower_pay", """ "quota": "full", "earn": "to_date * lookup('by_points', components.other.attainment)" """, "at 100 % of quota of the other components", -7200 },
        { "not_asked", """ "per": "deal", "earn": "counted * if(facts.years > 2, 5%, 10%)" """, "facts.years", null },
        { "not_asked", """ "eligibility": "rep.title = rep.territory", "rate": 10 """, "pay", null },
    };

    public static TheoryData<string, string> Sound => new()
    {
        { "others_lower_pay", """ "earn": "to_date * if(components.other.to_date > 50000, 10%, 5%)" """ },
        { "cliff", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 6}]} """ },
        { "cliff", Linear + """, "threshold": {"at": 50, "then": "excess_only"} """ },
        { "negative_marginal_pay", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 6}, {"from": 100, "rate": 5}]} """ },
        { "cap_dead_zone", Linear },
        // Twice as much pays as much again, and what lies between does not.
        { "cap_dead_zone", """ "quota": "full", "earn": "to_date * if(attainment > 1, 5%, 10%)" """ },
        { "uncapped_windfall", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 10}, {"from": 100, "rate": 5}]} """ },
        { "uncapped_windfall", Linear + """, "kickers": [{"at": 50, "amount": 700, "once": "year"}] """ },
        { "uncapped_windfall", Linear + """, "threshold": {"at": 50} """ },
        { "cap_dead_zone", Linear + """, "caps": [{"per": "year", "amount": 100000000}] """ },
        { "refund_beyond_pay", Linear + """, "caps": [{"per": "year", "amount": 9000}] """ },
        { "refund_beyond_pay", """ "attainment_period": "month", "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 10}]} """ },
        { "percent_or_ratio", Linear + """, "threshold": {"at": 80} """ },
        { "percent_or_ratio", """ "per": "deal", "rate": 0.5, "hold": {"until": "months", "months": 2, "percent": 50}, "clawback": {"percent": 100}, "multipliers": [{"figure": "month", "tiers": [{"to": 100, "rate": 0}, {"from": 100, "rate": 125}]}] """ },
        { "multiplier_gap", """ "rate": 10, "multipliers": [{"figure": "month", "tiers": [{"from": 0, "to": 100, "rate": 50}, {"from": 100, "rate": 125}]}] """ },
        { "percent_or_ratio", """ "quota": "full", "rate_table": {"mode": "step", "yields": "target_multiplier", "tiers": [{"from": 0, "to": 100, "rate": 1}, {"from": 100, "rate": 1.5}]} """ },
        { "gate_makes_effort_worthless", Linear + """, "gates": [{"when": "to_date > 0"}] """ },
        { "tier_unreachable", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 200, "rate": 5}, {"from": 200, "rate": 0}]}, "attainment_cap": 150 """ },
        { "tier_unreachable", """ "rate_table": {"mode": "flat", "tiers": [{"from": 0, "to": 150, "rate": 5}, {"from": 150, "rate": 10}]}, "attainment_cap": 150 """ },
        { "attainment_cap_unused", """ "rate": 10, "attainment_cap": 150 """ },
        { "attainment_cap_unused", """ "per": "deal_in_order", "rate": 10, "attainment_cap": 150 """ },
        { "attainment_cap_unused", """ "per": "deal", "quota": "full", "rate_table": {"mode": "flat", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 10}]}, "attainment_cap": 90 """ },
        { "tier_unreachable", """ "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 140, "rate": 5}, {"from": 140, "rate": 10}]}, "attainment_cap": 150 """ },
        { "period_edge", """ "attainment_period": "month", """ + Linear },
        // What lies outside of its days is none of its deals, in whatever period.
        { "period_edge", """ "attainment_period": "month", "dates": {"from": "2025-02-01", "to": "2025-05-01"}, "rate": 10, "caps": [{"per": "month", "amount": 1000}] """ },
        { "period_edge", """ "per": "deal", "earn": "counted * if(counted >= 10000, 1%, 5%)" """ },
        { "period_edge", """ "attainment_period": "month", "per": "deal", "earn": "counted * if(counted < 5000, 10%, 8%)" """ },
        { "split_above_100", Linear + """, "credits": ["direct", "roll_up"] """ },
        { "negative_marginal_pay", """ "quota": "full", "earn": "to_date * if(attainment > 1, 10%, 5%)" """ },
        { "edge_out_of_reach", Linear + """, "gates": [{"when": "attainment >= 80% and to_date > 100"}] """ },
        { "not_asked", """ "eligibility": "not (rep.title in ('SE', 'AM')) and rep.facts.level >= 3 and rep.hired_on < date('2020-01-01')", "rate": 10 """ },
        { "not_asked", """ "per": "deal", "earn": "amount * 10%" """ },
        { "not_asked", """ "per": "deal", "earn": "margin * 10%" """ },
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
        var rules = PlanLint.Rules.Where(r => r.Find is not null).Select(r => r.Code).Order().ToList();
        Assert.Equal(rules, Broken.Select(b => b.Data.Item1).Distinct().Order());
        Assert.Equal(rules, Sound.Select(b => b.Data.Item1).Distinct().Order());
    }

    [Theory]
    [InlineData(""" "pay": {"draw": {"kind": "recoverable", "percent_of_target_incentive": 0.5}} """, "draw percent_of_target_incentive 0.5")]
    [InlineData(""" "pay": {"draw": {"kind": "recoverable", "amount": 100, "recovery_percent": 0.5}} """, "draw recovery_percent 0.5")]
    [InlineData(""" "quotas": {"ramp": {"steps": [{"to_month": 1, "percent": 0.25}, {"to_month": 3, "percent": 0.5}]}} """, "ramp percent 0.5")]
    public void Percents_of_the_version_are_looked_at_too(string member, string input)
    {
        var plan = PlanReader.Read($$"""{"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01", {{member}}, "measures": [{"id": "sales", "value": "amount"}], "components": [{"id": "c", "measure": "sales", "rate": 10}]}]}""", new DocErrors())!;
        var finding = Assert.Single(PlanLint.Examine(plan.Rules), f => f.Code == "percent_or_ratio");
        Assert.Equal(("", input), (finding.Component, finding.Input));
    }

    /// <summary>A rate of 0.1 may be one of 0.1 %.</summary>
    [Theory]
    [InlineData("""{ "period": "2025-01", "component": "c", "is": 10 }""", false)]
    [InlineData("""{ "period": "2025-01", "is": 10 }""", false)]
    [InlineData("""{ "period": "2025-01", "component": "c", "figure": "credited", "is": 10000 }""", true)]
    [InlineData("""{ "period": "2025-02", "is": 0 }""", true)]
    public void A_small_rate_is_meant_where_a_test_says_what_it_pays(string expected, bool isFound)
    {
        var plan = PlanReader.Read($$"""
            {"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01", "measures": [{"id": "sales", "value": "amount"}], "components": [{"id": "c", "measure": "sales", "rate": 0.1, "threshold": {"at": 0.5} }]}],
             "tests": [{"name": "t", "quotas": [{"measure": "sales", "period": "2025-01", "amount": 1}], "transactions": [{"date": "2025-01-10", "amount": 10000}], "expect": [{{expected}}]}]}
            """, new DocErrors())!;
        var found = PlanLint.Examine(plan).Where(f => f.Code == "percent_or_ratio").Select(f => f.Input).ToList();
        Assert.Equal(isFound, found.Contains("rate 0.1"));
        Assert.Contains("threshold at 0.5", found);
    }

    /// <summary>What a year ends at tells nothing of it: at twice the quota it pays more than at none.</summary>
    [Fact]
    public void Pay_that_rises_and_falls_without_an_edge_is_found_from_its_height_on()
    {
        var finding = Assert.Single(Examine(""" "quota": "full", "earn": "to_date * 10% * (2.2 - attainment)" """), f => f.Code == "negative_marginal_pay");
        Assert.Equal(("from 120,000 to 239,999.99", -9600m), (finding.Input, decimal.Round(finding.Money!.Value, 2)));
    }

    /// <summary>In a year of ten thousands a month is more than half of it from 110,000 on.</summary>
    [Fact]
    public void A_month_that_is_held_against_its_year_is_asked_after_other_months()
    {
        var finding = Assert.Single(Examine(""" "quota": "full", "rate": 10, "multipliers": [{"figure": "month / to_date", "tiers": [{"to": 0.5, "rate": 100}, {"from": 0.5, "rate": 50}]}] """), f => f.Code == "negative_marginal_pay");
        Assert.Equal(("at 110,000 in a month after months of 10,000", -11_000m), (finding.Input, decimal.Round(finding.Money!.Value, 0)));
    }

    [Fact]
    public void Beyond_a_cap_on_attainment_there_is_one_dead_zone_whatever_tiers_lie_there()
    {
        var found = Examine(""" "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 200, "rate": 5}, {"from": 200, "to": 250, "rate": 10}, {"from": 250, "rate": 12}]}, "attainment_cap": 150 """);
        Assert.StartsWith("From there on pay stays at 9,000", Assert.Single(found, f => f.Code == "cap_dead_zone").Detail, StringComparison.Ordinal);
        Assert.Equal(2, found.Count(f => f.Code == "tier_unreachable"));
    }

    [Theory]
    [InlineData("if(kind = 'invoice', amount, 0)", null, false)]
    [InlineData("amount", "kind = 'order'", false)]
    [InlineData("if(kind = 'payment', 0, amount)", null, true)]
    public void A_measure_that_tells_orders_from_invoices_counts_no_sale_twice(string value, string? when, bool isTwice)
    {
        foreach (var kinds in new[] { "", """, "kinds": ["order", "invoice"] """ })
        {
            var whens = when is null ? "" : $", \"when\": \"{when}\"";
            var measure = $$"""{"id": "sales", "value": "{{value}}" {{whens}} {{kinds}} }""";
            var plan = PlanReader.Read($$"""{"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01", "measures": [{{measure}}], "components": [{"id": "c", "measure": "sales", "per": "deal", "rate": 10, "hold": {"until": "cash"} }]}]}""", new DocErrors())!;
            Assert.Equal(isTwice, PlanLint.Examine(plan.Rules).Any(f => f.Code == "split_above_100"));
        }
    }

    /// <summary>Cash is news of a deal as an invoice is: whoever counts both counts the deal twice.</summary>
    [Theory]
    [InlineData("\"invoice\", \"payment\"", "kinds: invoice, payment", "A deal that is invoiced and then paid counts twice.", 1200)]
    [InlineData("\"payment\", \"order\", \"refund\"", "kinds: order, payment", "A deal that is ordered and then paid counts twice.", 1200)]
    [InlineData("\"order\", \"invoice\", \"payment\"", "kinds: order, invoice, payment", "A deal that is ordered, then invoiced, then paid counts three times.", 2400)]
    [InlineData("\"invoice\", \"refund\", \"renewal\"", null, null, 0)]
    public void A_measure_that_counts_several_news_of_a_deal_counts_it_as_often(string kinds, string? input, string? detail, int money)
    {
        var plan = PlanReader.Read($$"""{"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01", "measures": [{"id": "sales", "value": "amount", "kinds": [{{kinds}}]}], "components": [{"id": "c", "measure": "sales", "rate": 10}]}]}""", new DocErrors())!;
        var found = PlanLint.Examine(plan.Rules).Where(f => f.Code == "split_above_100").Select(f => (f.Input, f.Detail, f.Money));
        Assert.Equal(input is null ? [] : [($"{input}, a deal of 12,000 at 120,000", detail!, (decimal?)money)], found);
    }

    [Fact]
    public void A_version_that_starts_within_a_month_is_found_once()
    {
        var finding = Assert.Single(Examine(Linear, "2025-01-15"), f => f.Code == "starts_within_a_month");
        // A month at quota: 10 % of 10,000.
        Assert.Equal(("", "effective_from 2025-01-15", 1000m), (finding.Component, finding.Input, finding.Money));
        Assert.DoesNotContain(Examine(Linear), f => f.Code == "starts_within_a_month");
    }

    [Theory]
    [InlineData(""" "measure": "sales", "eligibility": "rep.title = rep.territory", "rate": 10 """, "no rep could be made up")]
    [InlineData(""" "scorecard": {"goals": [{"id": "g", "weight": 100}]} """, "it counts no credits of its own")]
    [InlineData(""" "measure": "sales", "per": "deal", "earn": "amount * facts.years" """, "it stands still: figure_missing")]
    public void What_cannot_be_asked_is_said_with_the_reason(string component, string reason)
    {
        var finding = Assert.Single(ExamineWhole(component, "2025-01-01"), f => f.Code == "not_asked");
        Assert.Contains(reason, finding.Detail, StringComparison.Ordinal);
        Assert.Equal(FindingSeverity.Note, finding.Severity);
    }

    /// <summary>Of a rep whose rate is a fact nothing is known, but what tests of the document say.</summary>
    [Theory]
    [InlineData(""" "earn": "to_date * rep.facts.rate * if(attainment > 1, 50%, 100%)" """, "")]
    [InlineData(""" "eligibility": "rep.facts.level >= 3", "earn": "to_date * rep.facts.rate * if(attainment > 1, 50%, 100%)" """, "")]
    [InlineData(""" "per": "deal", "earn": "amount * facts.points * if(attainment > 1, 50%, 100%)" """, ""","facts": {"points": 0.1}""")]
    public void Facts_that_tests_tell_are_tried(string component, string deal)
    {
        Assert.Contains("figure_missing", Assert.Single(Find("[]"), f => f.Code == "not_asked" && f.Input == "pay").Detail, StringComparison.Ordinal);
        var found = Find($$"""[{"name": "t", "rep": {"facts": {"rate": 0.1, "level": 1} }, "transactions": [{"date": "2025-01-10", "amount": 100 {{deal}} }], "expect": [{"period": "2025-01", "figure": "credited", "component": "commission", "is": 100}]}]""");
        Assert.Equal(("commission", 10000m * 12m * 10m / 100m / -2m), Assert.Single(found, f => f.Code == "negative_marginal_pay") is var falls ? (falls.Component, decimal.Round(falls.Money ?? 0m)) : default);

        IReadOnlyList<PlanFinding> Find(string tests)
        {
            var errors = new DocErrors();
            var plan = PlanReader.Read($$"""
                {"plan": "p", "currency": "USD", "facts": {"deal": {"points": "number"}, "rep": {"level": "number", "rate": "number"} }, "versions": [{"effective_from": "2025-01-01",
                  "measures": [{"id": "sales", "value": "amount"}], "components": [{"id": "commission", "measure": "sales", "quota": "full", {{component}} }]}], "tests": {{tests}} }
                """, errors);
            Assert.Empty(errors.All);
            return PlanLint.Examine(plan!);
        }
    }

    [Theory]
    [InlineData("step", false)]
    [InlineData("flat", true)]
    public void Units_are_tried_whole(string mode, bool isCliff)
    {
        var errors = new DocErrors();
        var plan = PlanReader.Read($$"""
            {"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01", "measures": [{"id": "units", "unit": "count", "value": "quantity"}],
              "components": [{"id": "c", "measure": "units", "attainment_period": "month", "rate_table": {"mode": "{{mode}}", "yields": "per_unit", "tiers": [{"from": 0, "to": 100, "rate": 50}, {"from": 100, "rate": 100}]} }]}]}
            """, errors);
        Assert.Empty(errors.All);
        Assert.Equal(isCliff, PlanLint.Examine(plan!.Rules).Any(f => f.Code == "cliff"));
    }

    /// <summary>Fewer than twenty units have no tenth that somebody sells.</summary>
    [Fact]
    public void A_deal_at_the_edge_of_a_period_is_at_least_two_units()
    {
        var plan = PlanReader.Read("""
            {"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01", "measures": [{"id": "units", "unit": "count", "value": "quantity"}],
              "components": [{"id": "c", "measure": "units", "attainment_period": "month", "rate_table": {"mode": "flat", "on": "amount", "yields": "amount", "tiers": [{"from": 0, "to": 1, "rate": 0}, {"from": 1, "to": 40, "rate": 200}, {"from": 40, "rate": 400}]} }]}]}
            """, new DocErrors())!;
        Assert.StartsWith("a deal of 4 at the end of a month that stands at 38", Assert.Single(PlanLint.Examine(plan.Rules), f => f.Code == "period_edge").Input, StringComparison.Ordinal);
    }

    [Fact]
    public void No_plan_of_the_samples_pays_less_for_more() => Assert.All(PlanSamples.Paths, path =>
        Assert.DoesNotContain(PlanLint.Examine(PlanReader.Read(File.ReadAllBytes(path), new DocErrors())!.Rules), f => f.Severity == FindingSeverity.Error));

    /// <summary>120 units beyond the cap, at 100 each, would earn 10 %.</summary>
    [Fact]
    public void What_percents_of_amounts_lose_is_money_where_units_are_counted()
    {
        var finding = Assert.Single(
            ExamineWhole(""" "measure": "units", "per": "deal_in_order", "rate_table": {"mode": "step", "of": "amount", "tiers": [{"from": 0, "to": 150, "rate": 5}, {"from": 150, "rate": 10}]}, "attainment_cap": 150 """, "2025-01-01"),
            f => f.Code == "tier_unreachable");
        Assert.Equal(("tier from 150 % (1,800)", 1200m), (finding.Input, finding.Money));
    }

    private static IReadOnlyList<PlanFinding> Examine(string component, string from = "2025-01-01") => ExamineWhole($"\"measure\": \"sales\", {component}", from);

    private static IReadOnlyList<PlanFinding> ExamineWhole(string component, string from)
    {
        var errors = new DocErrors();
        var plan = PlanReader.Read($$"""
            {"plan": "p", "currency": "USD", "facts": {"deal": {"years": "number"}, "rep": {"level": "number"} }, "versions": [{"effective_from": "{{from}}",
              "lookups": [{"id": "by_points", "gives": "percent", "tiers": [{"to": 0.5, "value": 4}, {"from": 0.5, "to": 1, "value": 12}, {"from": 1, "value": 6}]},
                          {"id": "by_amount", "gives": "percent", "tiers": [{"to": 60000, "value": 4}, {"from": 60000, "to": 120000, "value": 12}, {"from": 120000, "value": 6}]},
                          {"id": "by_size", "gives": "percent", "tiers": [{"from": 0, "to": 150000, "value": 5}]}],
              "measures": [{"id": "sales", "value": "amount"}, {"id": "margin", "value": "margin"}, {"id": "units", "unit": "count", "value": "quantity"}],
              "components": [{"id": "other", "measure": "margin", "quota": "to_date"}, {"id": "commission", {{component}} }]}]}
            """, errors);
        Assert.Empty(errors.All);
        return PlanLint.Examine(plan!.Rules);
    }
}
