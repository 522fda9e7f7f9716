using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.Engine;

/// <summary>A deal of which a measure asks for what it does not have counts nothing, and is told.</summary>
public class UnknownValueTests
{
    private const string Deals = """[{ "id": "T1", "date": "2025-01-10", "amount": 100, "margin": 40 }, { "id": "T2", "date": "2025-01-11", "amount": 900 }]""";

    [Theory]
    [InlineData("")]
    [InlineData(", \"per\": \"deal\"")]
    [InlineData(", \"dates\": { \"from\": \"2025-01-01\" }")]
    public void It_is_a_note_of_the_test_that_names_deal_measure_component_and_money(string member)
    {
        var document = Read("margin", member);
        var result = Assert.Single(PlanTestRunner.Run(document.Rules, document.Tests));
        Assert.True(result.Holds);
        Assert.Equal("""rep, 2025-01: measure_value_unknown: order T2 of 900 counts nothing in c: measure m, "margin", is not known of it""", Assert.Single(result.Notes));
    }

    [Fact]
    public void A_division_by_zero_is_not_known_either()
    {
        var document = Read("if(is_null(margin), amount / (quantity * 0), margin)", "");
        Assert.Contains("order T2 of 900", Assert.Single(Assert.Single(PlanTestRunner.Run(document.Rules, document.Tests)).Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void The_explanation_shows_it_where_its_credit_would_stand()
    {
        var document = Read("margin", "");
        var text = ExplainText.Render(Explanations.OfPayout(PlanTestRunner.Calculate(document.Rules, document.Tests[0])["rep"], 0));
        Assert.Contains("measure_value_unknown: order T2 of 900", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_measure_does_not_count_is_not_missed()
    {
        var document = Read("margin", "", """, "when": "amount < 500" """);
        Assert.Empty(Assert.Single(PlanTestRunner.Run(document.Rules, document.Tests)).Notes);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", \"dates\": { \"from\": \"2025-01-01\" }")]
    public void A_credit_that_is_taken_away_is_no_longer_missed(string member)
    {
        var plan = new PlanPaying(Read("margin", member).Rules, Read("margin", member).Rules.Versions[0]);
        var year = new RepYear(new RepYearInputs(Given.Year, new RepProfile("ann"), [.. Enumerable.Repeat(plan, 12)], Given.Book()));
        var line = new CreditLine { Transaction = "T2", Date = Given.Day("2025-01-11"), Amount = 900m };
        year.Add(line);
        Assert.Equal(new UnknownValue("T2", "order", 900m), Assert.Single(year.States[0].UnknownIn(0, 0)));
        year.Remove(line);
        Assert.Empty(year.States[0].UnknownIn(0, 0));
    }

    private static PlanDocument Read(string value, string member, string when = "") => PlanReader.Read(
        $$"""
        { "plan": "p", "currency": "USD",
          "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "m", "value": "{{value}}"{{when}} }], "components": [{ "id": "c", "measure": "m", "rate": 10{{member}} }] }],
          "tests": [{ "name": "t", "transactions": {{Deals}}, "expect": [{ "period": "2025-01", "is": 4 }] }] }
        """, new DocErrors())!;
}
