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

    [Theory]
    [InlineData(1500)]
    [InlineData(800)]
    public void A_version_that_changes_the_cap_changes_that_of_the_whole_span(int cap)
    {
        var changed = $$""" "caps":[{"amount":{{cap}},"per":"year"}] """;
        var paid = $$"""{ "period": "2025-03", "is": 1000 }, { "period": "2025-07", "is": {{cap - 1000}} }, { "period": "2025", "is": {{cap}} }""";
        Holds([("2025-01-01", Capped, ""), ("2025-07-01", changed, "")], Sales, paid);
        Holds([("2025-01-01", "", Capped), ("2025-07-01", "", changed)], Sales, paid);
    }

    /// <summary>Of 1,200 that are due for A and B the version from July on pays the last 200, of which all pay of the month leaves 100: 50 of each deal are never paid.</summary>
    [Theory]
    [InlineData("2025-12-10")]
    [InlineData("2026-01-10")]
    public void What_a_raised_cap_pays_is_of_the_deals_that_it_was_cut_of(string cancelled)
    {
        string Version(string from, int cap, string pay) => $$"""
            { "effective_from": "{{from}}", "measures": [{ "id": "sales", "value": "amount" }], "pay": { {{pay}} },
              "components": [{ "id": "c", "measure": "sales", "rate": 10, "clawback": { "percent": 100 }, "caps": [{ "amount": {{cap}}, "per": "year" }] }] }
            """;
        Check(
            $"{Version("2025-01-01", 1000, "")}, {Version("2025-07-01", 1200, """ "caps": [{ "amount": 100, "per": "month" }] """)}",
            $$"""{ "id": "A", "date": "2025-01-10", "amount": 6000 }, { "id": "B", "date": "2025-02-10", "amount": 6000 }, { "kind": "cancellation", "deal": "A", "date": "{{cancelled}}" }""",
            $$"""{ "period": "2025-02", "is": 400 }, { "period": "2025-07", "is": 100 }, { "period": "{{cancelled[..7]}}", "component": "c", "figure": "clawed_back", "is": 550 }""");
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
