using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Lint;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Tests.Lint;

/// <summary>Lint ends, however large a plan is, and says what it left out.</summary>
public class LintBudgetTests
{
    [Fact]
    public void Where_there_are_too_many_edges_those_nearest_to_the_quota_are_examined_and_the_others_counted()
    {
        var found = Examine(components: 100, comparisons: 100);
        var ofOne = found.Where(f => f.Component == "c50").ToList();
        var note = Assert.Single(ofOne, f => f.Code == "not_asked");
        Assert.Equal(FindingSeverity.Note, note.Severity);
        Assert.Matches("^[0-9]+ of 100 edges$", note.Input);
        // The quota is 120,000 and the edges stand at 2,000, 4,000 … 200,000.
        var cliffs = ofOne.Where(f => f.Code == "cliff").Select(f => f.Input).ToList();
        Assert.Contains("at 100 % of quota (120,000)", cliffs);
        Assert.Equal(100 - int.Parse(note.Input.Split(' ')[0], CultureInfo.InvariantCulture), cliffs.Count);
        Assert.DoesNotContain("at 1.67 % of quota (2,000)", cliffs);
    }

    [Fact]
    public void A_plan_of_common_size_is_examined_whole()
    {
        var found = Examine(components: 20, comparisons: 10);
        Assert.DoesNotContain(found, f => f.Code == "not_asked");
        Assert.Equal(200, found.Count(f => f.Code == "cliff"));
    }

    [Fact]
    public void Of_one_rule_the_findings_that_are_worth_most_stand_first()
    {
        var cliffs = Examine(components: 1, comparisons: 10).Where(f => f.Code == "cliff").Select(f => f.Money).ToList();
        Assert.Equal(10, cliffs.Count);
        Assert.Equal(cliffs.OrderByDescending(m => m), cliffs);
        Assert.NotEqual(cliffs[0], cliffs[^1]);
    }

    [Fact]
    public void A_component_that_takes_more_than_its_part_of_the_steps_is_not_asked_at_all()
    {
        // Each asks for all before it: later ones take many times what the first do.
        var earned = string.Concat(Enumerable.Range(0, 120).Select(i => $" + if(to_date > {i}, 1, 0)"))[3..];
        var components = string.Join(", ", Enumerable.Range(0, 100).Select(i =>
            $$"""{"id": "c{{i}}", "measure": "sales", "earn": "{{earned}}"{{(i == 0 ? "" : $$""", "gates": [{"when": "components.c{{i - 1}}.to_date >= 0"}]""")}} }"""));
        Assert.Contains(Examine(components), f => f is { Component: "c50", Code: "not_asked" } && f.Detail.Contains("takes too much", StringComparison.Ordinal));
    }

    private static IReadOnlyList<PlanFinding> Examine(int components, int comparisons) => Examine(string.Join(", ", Enumerable.Range(0, components).Select(c =>
        $$"""{"id": "c{{c}}", "measure": "sales", "quota": "full", "earn": "{{string.Join(" + ", Enumerable.Range(1, comparisons).Select(i => $"if(to_date >= {i * 2000}, {i}, 0)"))}}"}""")));

    private static IReadOnlyList<PlanFinding> Examine(string components)
    {
        var errors = new DocErrors();
        var plan = PlanReader.Read($$"""{"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01", "measures": [{"id": "sales", "value": "amount"}], "components": [{{components}}]}]}""", errors);
        Assert.Empty(errors.All);
        return PlanLint.Examine(plan!.Rules);
    }
}
