using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;
using Spm.Compensation.Tests.PlanDocuments;

namespace Spm.Compensation.Tests.Explain;

/// <summary>Whatever is explained recomputes: every node of every payout of the plan documents of the samples, and of random plans.</summary>
public class ExplanationLaws
{
    /// <summary>Incentives are explained from the year; an adjustment is somebody's decision.</summary>
    private static readonly PayLineKind[] Unexplained = [PayLineKind.Incentive, PayLineKind.Adjustment];

    private static readonly ExplainOperation[] Operations =
        [ExplainOperation.Sum, ExplainOperation.Difference, ExplainOperation.Product, ExplainOperation.Quotient, ExplainOperation.Negative];

    public static TheoryData<string> Files => PublishedPlanTests.Files;

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_figure_of_the_samples_recomputes_from_what_it_is_explained_by(string file)
    {
        var document = PlanReader.Read(File.ReadAllBytes(PublishedPlanTests.PathOf(file)), new DocErrors())!;
        foreach (var run in document.Tests.SelectMany(t => PlanTestRunner.Calculate(document.Rules, t).Values))
        {
            Recomputes(run);
        }
    }

    [Fact]
    public void Every_figure_of_random_plans_recomputes() => Property.Holds<int>(seed => Recomputes(PlanLaws.Run(seed)), runs: 50);

    [Fact]
    public void Every_kind_of_line_of_random_plans_is_taken_apart()
    {
        var seen = Enumerable.Range(0, 60).SelectMany(seed => PlanLaws.Run(seed).Months).SelectMany(m => m.Lines)
            .Where(l => l.Explanation is not null).Select(l => l.Kind).ToHashSet();
        Assert.Equal(Enum.GetValues<PayLineKind>().Except(Unexplained), seen.Order());
    }

    /// <summary>Every figure of a run, from what stands below it.</summary>
    internal static void Recomputes(PayRun run)
    {
        var month = 0;
        foreach (var year in run.Years)
        {
            for (var m = 0; m < year.Months; m++, month++)
            {
                var payout = Explanations.OfPayout(run, month);
                Assert.Equal(run.Months[month].DueMinor, payout.Recompute(run.CurrencyOf(month)) * 100m);
                Assert.All(payout.All(), n => Assert.Equal(n.Value, n.Recompute(run.CurrencyOf(month))));
                Assert.DoesNotContain(payout.All(), n => n is { Operation: ExplainOperation.Expression, Inputs.Count: 0 } && n.Detail?.Contains("attainment", StringComparison.Ordinal) == true);
                LinesRecompute(run.Months[month], run.CurrencyOf(month));
                if (year.Paying(m) is not { } state)
                {
                    continue;
                }
                for (var c = 0; c < state.Version.Components.Count; c++)
                {
                    var id = state.Version.Components[c].Id;
                    Assert.Equal(state.Figures(m, c).Incentive, Explanations.OfIncentive(year, m, id)!.Value);
                    Assert.Equal(state.Figures(m, c).Attainment, Explanations.OfAttainment(year, m, id)?.Value);
                }
            }
        }
    }

    private static void LinesRecompute(PayMonth month, Currency currency)
    {
        for (var i = 0; i < month.Lines.Count; i++)
        {
            var (line, node) = (month.Lines[i], month.Explain(i));
            Assert.Equal((line.Name, line.Amount, line.Detail), (node.Name, node.Value, node.Detail));
            Assert.Equal(line.Amount, node.Recompute(currency));
            Assert.Equal(Unexplained.Contains(line.Kind), node.Operation == ExplainOperation.Given);
            Assert.NotEqual(ExplainOperation.Expression, node.Operation);
            Assert.All(node.All(), n => Assert.True(IsOfItsInputs(n), $"{ExplainText.Render(node)}\n{n.Name} is not calculated from what it is explained by."));
        }
    }

    /// <summary>
    /// A figure that the engine divided once and last may differ from its inputs in the last of 28 digits, and only there. Expressions of the plan are
    /// calculated again from the values below them.
    /// </summary>
    private static bool IsOfItsInputs(ExplainNode node) =>
        node.Operation != ExplainOperation.Expression || node.Formula is not null || node.Name.StartsWith("deal ", StringComparison.Ordinal) || Operations.Any(o =>
            (o != ExplainOperation.Quotient || node.Inputs is [_, { Value: not 0m }])
            && Math.Abs(ExplainNode.Of(node.Name, o, node.Inputs).Value - node.Value) <= 1e-22m * Math.Max(1m, Math.Abs(node.Value)));
}
