using Spm.Compensation.Documents;
using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.Explain;

/// <summary>A plan of 2025 with one case, and how its months are explained.</summary>
internal sealed class ExplainedDocument
{
    private readonly PlanTest _test;
    private readonly PayRun _run;

    /// <param name="version">Members of the version beside its date.</param>
    /// <param name="test">Members of the case beside its name.</param>
    public ExplainedDocument(string version, string test)
    {
        var errors = new DocErrors();
        var document = PlanReader.Read(
            $$"""
            {
              "plan": "p", "currency": "USD", "versions": [{ "effective_from": "2025-01-01", {{version}} }],
              "tests": [{ "name": "t", {{test}}, "expect": [{ "period": "2025", "is": 0 }] }]
            }
            """, errors);
        Assert.Empty(errors.All);
        _test = document!.Tests[0];
        _run = PlanTestRunner.Calculate(document.Rules, _test).Values.Single();
    }

    public bool IsWorthAsking(string month) => Explanations.IsWorthAsking(_run, IndexOf(month));

    public string Payout(string month) => Text(Node(month));

    public ExplainNode Node(string month) => Explanations.OfPayout(_run, IndexOf(month));

    public string Costs(string month) => Explanations.OfCosts(_run, _test.Costs.Values.Single(), IndexOf(month)) is { } costs ? Text(costs) : "";

    /// <summary>The lines stand in the text one after the other, wherever they are indented.</summary>
    public static void Reads(string expected, string text)
    {
        static string Flat(string lines) => string.Join("\n", lines.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0));
        Assert.Contains(Flat(expected), Flat(text), StringComparison.Ordinal);
    }

    private static string Text(ExplainNode node)
    {
        Assert.All(node.All(), n => Assert.Equal(n.Value, n.Recompute(Compensation.Amounts.Currency.Usd)));
        return ExplainText.Render(node);
    }

    private int IndexOf(string month) => _run.Months.TakeWhile(m => m.Month.Id != month).Count();
}
