using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;
using Spm.Compensation.Tests.Explain;

namespace Spm.Compensation.Tests.Engine;

/// <summary>A component that comes with a version within its year: sales before it count to date, were paid by nobody, and take no part of what is paid since.</summary>
public class BegunWithinSpanTests
{
    private const string Sales = """
        { "id": "A", "date": "2025-03-10", "amount": 1000 }, { "id": "B", "date": "2025-07-10", "amount": 1000 }, { "id": "C", "date": "2025-08-10", "amount": 1000 }
        """;

    [Theory]
    [InlineData(""" "rate":10,"kickers":[{"at_amount":1000,"amount":500,"once":"year"}] """, 100, 100)]
    [InlineData(""" "earn":"min(to_date * 10%, 100)" """, 0, 0)]
    [InlineData(""" "rate_table":{"on":"amount","mode":"flat","tiers":[{"from":0,"to":2000,"rate":5},{"from":2000,"rate":10}]} """, 150, 100)]
    [InlineData(""" "rate_table":{"on":"amount","mode":"step","tiers":[{"from":0,"to":1000,"rate":5},{"from":1000,"rate":10}]} """, 100, 100)]
    [InlineData(""" "rate_table":{"on":"amount","mode":"step","tiers":[{"from":0,"to":1000,"rate":5},{"from":1000,"rate":10}]},"rounding":{"to":1} """, 100, 100)]
    [InlineData(""" "per":"deal","earn":"counted * 10%","kickers":[{"at_amount":1000,"amount":500,"once":"year"}] """, 100, 100)]
    public void What_it_pays_is_of_the_deals_that_are_sold_since(string component, int july, int august)
    {
        Holds(component, Sales, $$"""
            { "period": "2025-07", "component": "c", "is": {{july}} }, { "period": "2025-08", "component": "c", "is": {{august}} },
            { "period": "2025-07", "component": "c", "deal": "A", "is": 0 }, { "period": "2025-07", "component": "c", "deal": "B", "is": {{july}} },
            { "period": "2025-08", "component": "c", "deal": "A", "is": 0 }
            """);
        Holds($$"""{{component}},"clawback":{"percent":100} """, $$"""{{Sales}}, { "kind": "cancellation", "deal": "A", "date": "2025-09-10" }""", """{ "period": "2025-09", "component": "c", "figure": "clawed_back", "is": 0 }""");
    }

    [Fact]
    public void A_refund_of_what_was_sold_before_it_takes_back_of_nobody_what_nobody_was_paid() => Holds(
        """ "rate":10,"kickers":[{"at_amount":1000,"amount":500,"once":"year"}] """,
        $$"""{{Sales}}, { "kind": "refund", "deal": "A", "date": "2025-08-20", "amount": -1000 }""",
        """
        { "period": "2025-08", "component": "c", "is": 0 }, { "period": "2025-08", "component": "c", "deal": "A", "is": 0 }
        """);

    [Fact]
    public void A_component_that_goes_on_through_a_version_keeps_what_its_deals_had() => Holds(
        """ "rate":10,"kickers":[{"at_amount":1000,"amount":500,"once":"year"}] """, Sales,
        """
        { "period": "2025-03", "component": "c", "deal": "A", "is": 600 }, { "period": "2025-07", "component": "c", "deal": "A", "is": -250 }, { "period": "2025-07", "component": "c", "deal": "B", "is": 350 }
        """,
        before: """, { "id": "c", "measure": "sales", "rate":10,"kickers":[{"at_amount":1000,"amount":500,"once":"year"}] }""");

    private static void Holds(string component, string transactions, string expect, string before = "")
    {
        var errors = new DocErrors();
        const string measures = """ "measures": [{ "id": "sales", "value": "amount" }] """;
        const string other = """{ "id": "other", "measure": "sales", "rate": 1 }""";
        var document = PlanReader.Read(
            $$"""
            { "plan": "p", "currency": "USD",
              "versions": [
                { "effective_from": "2025-01-01", {{measures}}, "components": [{{other}}{{before}}] },
                { "effective_from": "2025-07-01", {{measures}}, "components": [{{other}}, { "id": "c", "measure": "sales", {{component}} }] }],
              "tests": [{ "name": "t", "transactions": [{{transactions}}], "expect": [{{expect}}] }] }
            """,
            errors);
        Assert.Empty(errors.All);
        var result = Assert.Single(PlanTestRunner.Run(document!.Rules, document.Tests));
        Assert.Empty(result.Problems);
        Assert.All(result.Results, r => Assert.True(r.Holds, $"{r.Expectation}: is {r.Actual}"));
        ExplanationLaws.Recomputes(PlanTestRunner.Calculate(document.Rules, document.Tests[0]).Values.Single());
    }
}
