using Spm.Compensation.Documents;
using Spm.Compensation.Lint;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.Lint;

/// <summary>Others stand at quotas of their own, whatever periods they have beside the component that asks for them.</summary>
public class OtherComponentsTests
{
    private const string Gated = """ "measure": "sales", "attainment_period": "quarter", "quota": "full", "rate_table": {"mode": "flat", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 8}]}, "gates": [{"component": "o", "at": 80}] """;

    /// <summary>A quarter of sales behind a year of meetings: 100 % of the year open the gate in any month.</summary>
    [Theory]
    [InlineData("year", "full", 1200)]
    [InlineData("year", "to_date", 300)]
    [InlineData("month", "full", 100)]
    public void Another_component_attains_its_own_quota(string period, string quota, int units)
    {
        var other = $$""" "measure": "units", "attainment_period": "{{period}}", "quota": "{{quota}}" """;
        var found = Examine(other, Gated);
        var cliff = Assert.Single(found, f => f.Code == "cliff");
        Assert.Equal(("at 100 % of quota (30,000)", 900.0005m), (cliff.Input, cliff.Money));
        Assert.EndsWith("from 1,500 at 29,999.99 to 2,400 at 30,000: deals are held back or brought forward to reach it. The other components stand at their quotas.", cliff.Detail, StringComparison.Ordinal);
        Assert.Equal((1499.9995m, 2400m), (Pay(other, Gated, (3, 29_999.99m, units)), Pay(other, Gated, (3, 30_000m, units))));
        // And with nothing the gate is closed.
        Assert.Equal(2400m, Assert.Single(found, f => f.Code == "gate_makes_effort_worthless").Money);
        Assert.Equal(0m, Pay(other, Gated, (3, 30_000m, 0)));
    }

    [Fact]
    public void Others_that_count_units_attain_whole_ones()
    {
        const string other = """ "measure": "units", "quota": "full" """;
        const string component = """ "measure": "sales", "attainment_period": "month", "rate": 10, "multipliers": [{"figure": "components.o.attainment", "tiers": [{"to": 1.2, "rate": 120}, {"from": 1.2, "rate": 100}]}] """;
        var falls = Assert.Single(Examine(other, component), f => f.Code == "others_lower_pay");
        Assert.Equal(("at 120 % of quota of the other components", -200m), (falls.Input, falls.Money));
        Assert.Equal("Pay falls by 200 when the others attain one percent more: from 1,200 at 119 to 1,000 at 120.", falls.Detail);
        // Of 1,200 units.
        Assert.Equal((1200m, 1000m), (Pay(other, component, (1, 10_000m, 1428)), Pay(other, component, (1, 10_000m, 1440))));
    }

    private static IReadOnlyList<PlanFinding> Examine(string other, string component) => [.. PlanLint.Examine(Read(other, component, "").Rules).Where(f => f.Component == "c")];

    private static decimal Pay(string other, string component, params (int Month, decimal Sales, int Units)[] credited)
    {
        var quotas = Enumerable.Range(1, 12).SelectMany(m => new[] { ("sales", 10_000), ("units", 100) }.Select(q => $$"""{"measure": "{{q.Item1}}", "period": "2025-{{m:D2}}", "amount": {{q.Item2}} }"""));
        var transactions = credited.Select(c => FormattableString.Invariant($$"""{"date": "2025-{{c.Month:D2}}-10", "amount": {{c.Sales}}, "quantity": {{c.Units}} }"""));
        var plan = Read(other, component, $$""", "tests": [{"name": "t", "quotas": [{{string.Join(", ", quotas)}}], "transactions": [{{string.Join(", ", transactions)}}], "expect": [{"period": "2025", "is": 0}]}]""");
        return Assert.Single(PlanTestRunner.Calculate(plan.Rules, plan.Tests[0])).Value.Months.Sum(m => m.DueOf("c"));
    }

    private static PlanDocument Read(string other, string component, string tests)
    {
        var errors = new DocErrors();
        var plan = PlanReader.Read($$"""
            {"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01", "measures": [{"id": "sales", "value": "amount"}, {"id": "units", "unit": "count", "value": "quantity"}],
              "components": [{"id": "o", {{other}} }, {"id": "c", {{component}} }]}]{{tests}} }
            """, errors);
        Assert.Empty(errors.All);
        return plan!;
    }
}
