using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>A component has a quota to date where it, or another one, asks for quota or attainment.</summary>
public class AskedQuotaTests
{
    [Theory]
    [InlineData("multipliers", """[{"figure":"attainment","tiers":[{"to":1,"rate":100},{"from":1,"rate":120}]}]""", 120)]
    [InlineData("gates", """[{"when":"attainment >= 1"}]""", 100)]
    [InlineData("kickers", """[{"at_amount":"quota","amount":20,"once":"month"}]""", 120)]
    [InlineData("multipliers", """[{"figure":"quota","tiers":[{"rate":50}]}]""", 50)]
    public void A_stage_that_asks_for_attainment_has_a_quota(string stage, string rule, decimal paid) => Given.Holds(
        $$"""{"id":"c","measure":"sales","attainment_period":"month","rate":10,"{{stage}}":{{rule}}}""", $$"""
        "quotas": [{ "measure": "sales", "period": "2025-02", "amount": 1000 }], "transactions": [{ "date": "2025-02-10", "amount": 1000 }], "expect": [{ "period": "2025-02", "is": {{paid}} }]
        """);

    [Theory]
    [InlineData("\"earn\":\"if(components.m.attainment >= 1, 500, 0)\"", 500)]
    [InlineData("\"rate\":10,\"gates\":[{\"component\":\"m\",\"at\":100}]", 100)]
    [InlineData("\"earn\":\"components.m.quota * 1%\"", 10)]
    public void Another_component_that_asks_for_attainment_gives_a_quota(string pays, decimal paid) => Given.Holds(
        $$"""{"id":"c","measure":"sales","attainment_period":"month",{{pays}}},{"id":"m","measure":"sales","attainment_period":"month"}""", $$"""
        "quotas": [{ "measure": "sales", "period": "2025-02", "amount": 1000 }], "transactions": [{ "date": "2025-02-10", "amount": 1000 }], "expect": [{ "period": "2025-02", "is": {{paid}} }]
        """);

    [Theory]
    [InlineData("\"quota\":\"none\"", "quota_needed")]
    [InlineData("\"attainment_period\":\"ever\"", "quota_of_ever")]
    public void Who_is_asked_for_attainment_cannot_be_without_quota(string member, string code)
    {
        var errors = new DocErrors();
        PlanReader.Read(
            $$"""
            { "plan": "p", "currency": "USD", "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }],
              "components": [{ "id": "c", "measure": "sales", "rate": 10, "gates": [{ "when": "components.m.attainment >= 1" }] }, { "id": "m", "measure": "sales", {{member}} }] }] }
            """, errors);
        Assert.Equal([code], errors.All.Select(e => e.Code));
    }

    [Fact]
    public void Who_is_asked_for_what_is_credited_needs_none()
    {
        var plan = PlanReader.Read(
            """
            { "plan": "p", "currency": "USD", "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }],
              "components": [{ "id": "c", "measure": "sales", "rate": 10, "gates": [{ "when": "components.m.to_date > 0" }] }, { "id": "m", "measure": "sales" }] }] }
            """, new DocErrors())!.Rules;
        Assert.All(plan.Versions[0].Components, c => Assert.Equal(QuotaUse.None, c.Quota));
    }
}
