using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;
using Spm.Compensation.Tests.Explain;

namespace Spm.Compensation.Tests.PayRuns;

/// <summary>A quarter or half-year has one floor, also where another version changes it within.</summary>
public class FloorOfOneSpanTests
{
    [Fact]
    public void A_guarantee_that_a_version_raises_within_a_span_is_topped_up_once() => Holds(
        """ "guarantee":{"amount":3000,"per":"half_year"} """, """ "guarantee":{"amount":3600,"per":"half_year"} """,
        """{ "period": "2025-H1", "figure": "guaranteed", "is": 1600 }, { "period": "2025-H1", "is": 3600 }""");

    [Fact]
    public void A_draw_that_a_version_raises_within_a_span_is_drawn_once() => Holds(
        """ "draw":{"kind":"recoverable","amount":3000,"per":"half_year"} """, """ "draw":{"kind":"recoverable","amount":3600,"per":"half_year"} """,
        """{ "period": "2025-H1", "figure": "draw_paid", "is": 1600 }, { "period": "2025-H1", "is": 3600 }, { "period": "2025-06", "figure": "draw_balance", "is": 1600 }""");

    [Fact]
    public void A_guarantee_that_ends_within_a_span_is_topped_up_in_its_last_month() => Holds(
        """ "guarantee":{"amount":3000,"per":"half_year"} """, "",
        """{ "period": "2025-04", "is": 1000 }, { "period": "2025-H1", "is": 3000 }""");

    [Fact]
    public void A_guarantee_that_begins_with_the_next_span_leaves_this_one_to_the_guarantee_before() => Holds(
        """ "guarantee":{"amount":3000,"per":"half_year"} """, """ "guarantee":{"amount":3600,"per":"half_year","from":"2025-07-01"} """,
        """{ "period": "2025-H1", "is": 3000 }, { "period": "2025-H2", "is": 3600 }""");

    [Fact]
    public void A_guarantee_of_quarters_that_becomes_one_of_months_tops_up_what_was_left_of_the_quarter() => Holds(
        """ "guarantee":{"amount":3000,"per":"quarter"} """, """ "guarantee":{"amount":100,"per":"month"} """,
        """{ "period": "2025-03", "is": 3000 }, { "period": "2025-04", "is": 3000 }, { "period": "2025-05", "is": 100 }, { "period": "2025-06", "is": 100 }""");

    /// <param name="from">2,000 are earned in March, under it; the other version takes effect in May.</param>
    private static void Holds(string from, string then, string expect)
    {
        var errors = new DocErrors();
        var versions = new[] { ("2025-01-01", from), ("2025-05-01", then) }.Select(v => $$"""
            { "effective_from": "{{v.Item1}}", "measures": [{ "id": "sales", "value": "amount" }], "components": [{ "id": "c", "measure": "sales", "rate": 10 }], "pay": { {{v.Item2}} } }
            """);
        var document = PlanReader.Read(
            $$"""
            { "plan": "p", "currency": "USD", "versions": [{{string.Join(",", versions)}}],
              "tests": [{ "name": "t", "transactions": [{ "date": "2025-03-10", "amount": 20000 }], "expect": [{{expect}}] }] }
            """,
            errors);
        Assert.Empty(errors.All);
        Assert.Empty(Assert.Single(PlanTestRunner.Run(document!.Rules, document.Tests)).Messages);
        ExplanationLaws.Recomputes(PlanTestRunner.Calculate(document.Rules, document.Tests[0]).Values.Single());
    }
}
