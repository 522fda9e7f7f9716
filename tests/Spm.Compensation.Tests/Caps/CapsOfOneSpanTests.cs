using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.Caps;

/// <summary>A span has one cap, however its caps are written and whichever versions it goes through.</summary>
public class CapsOfOneSpanTests
{
    private const string Capped = """ "caps":[{"amount":1000,"per":"year"}] """;

    private const string Sales = """{ "date": "2025-03-10", "amount": 20000 }, { "date": "2025-09-10", "amount": 20000 }""";

    /// <summary>The year cap looks at the 900 that the month leaves, and cuts nothing.</summary>
    [Theory]
    [InlineData("""{"amount":900,"per":"month"},{"amount":1800,"per":"year"}""")]
    [InlineData("""{"amount":1800,"per":"year"},{"amount":900,"per":"month"}""")]
    public void The_shortest_span_is_cut_first_in_whatever_order_caps_are_written(string caps)
    {
        Holds($$""" "caps":[{{caps}}] """, "");
        Holds("", $$""" "caps":[{{caps}}] """);

        void Holds(string ofComponent, string ofPay) => CapsOfOneSpanTests.Holds([("2025-01-01", ofComponent, ofPay)], Sales, """{ "period": "2025-03", "is": 900 }, { "period": "2025-09", "is": 900 }""");
    }

    [Theory]
    [InlineData(""" "clawback":{"percent":100}, """, "")]
    [InlineData(""" "hold":{"until":"months","months":1}, """, "")]
    [InlineData("", """ {"amount":950,"per":"month"}, """)]
    public void A_version_that_changes_another_rule_of_pay_begins_no_span_anew(string other, string cap)
    {
        var caps = $$""" "caps":[{{cap}}{"amount":1000,"per":"year"}] """;
        Holds([("2025-01-01", Capped, ""), ("2025-07-01", other + caps, "")], Sales, """{ "period": "2025", "is": 1000 }""");
        Holds([("2025-01-01", "", Capped), ("2025-07-01", other.TrimEnd(' ', ','), caps)], Sales, """{ "period": "2025", "is": 1000 }""");
    }

    [Fact]
    public void A_version_that_raises_the_cap_raises_that_of_the_whole_span()
    {
        const string raised = """ "caps":[{"amount":1500,"per":"year"}] """;
        const string paid = """{ "period": "2025-03", "is": 1000 }, { "period": "2025", "is": 1500 }""";
        Holds([("2025-01-01", Capped, ""), ("2025-07-01", raised, "")], Sales, paid);
        Holds([("2025-01-01", "", Capped), ("2025-07-01", "", raised)], Sales, paid);
    }

    [Fact]
    public void A_month_without_a_cap_is_left_out_of_the_span_and_does_not_end_it()
    {
        const string paid = """{ "period": "2025-03", "is": 1000 }, { "period": "2025-08", "is": 400 }, { "period": "2025-09", "is": 0 }, { "period": "2025", "is": 1400 }""";
        (string, string, string)[] ofComponent = [("2025-01-01", Capped, ""), ("2025-08-01", "", ""), ("2025-09-01", Capped, "")];
        Holds(ofComponent, Sales + """, { "date": "2025-08-10", "amount": 4000 }""", paid);
        Holds([.. ofComponent.Select(v => (v.Item1, "", v.Item2))], Sales + """, { "date": "2025-08-10", "amount": 4000 }""", paid);
    }

    [Fact]
    public void What_is_released_after_the_component_has_gone_is_capped_as_in_its_last_month() => Check(
        """
        { "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }],
          "components": [{ "id": "c", "measure": "sales", "rate": 10, "hold": { "until": "months", "months": 3 }, "caps": [{ "amount": 50, "per": "month" }] }] },
        { "effective_from": "2025-07-01", "measures": [{ "id": "sales", "value": "amount" }], "components": [{ "id": "d", "measure": "sales", "rate": 10 }] }
        """,
        """{ "date": "2025-06-10", "amount": 1000 }""",
        """{ "period": "2025-06", "is": 0 }, { "period": "2025-09", "is": 50 }, { "period": "2025-09", "figure": "cut_by_cap", "is": 50 }""");

    private static void Holds(IReadOnlyList<(string From, string OfComponent, string OfPay)> versions, string transactions, string expect)
    {
        var written = versions.Select(v => $$"""
            { "effective_from": "{{v.From}}", "measures": [{ "id": "sales", "value": "amount" }],
              "components": [{ "id": "c", "measure": "sales", {{v.OfComponent}}{{(v.OfComponent.Length > 0 ? "," : "")}} "rate": 10 }], "pay": { {{v.OfPay}} } }
            """);
        Check(string.Join(",", written), transactions, expect);
    }

    private static void Check(string versions, string transactions, string expect)
    {
        var errors = new DocErrors();
        var document = PlanReader.Read(
            $$"""
            { "plan": "p", "currency": "USD", "versions": [{{versions}}],
              "tests": [{ "name": "t", "transactions": [{{transactions}}], "expect": [{{expect}}] }] }
            """,
            errors);
        Assert.Empty(errors.All);
        var result = Assert.Single(PlanTestRunner.Run(document!.Rules, document.Tests));
        Assert.Empty(result.Messages);
        Explain.ExplanationLaws.Recomputes(PlanTestRunner.Calculate(document.Rules, document.Tests[0]).Values.Single());
    }
}
