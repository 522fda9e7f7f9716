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

    private static void Recomputes(PayRun run)
    {
        var month = 0;
        foreach (var year in run.Years)
        {
            for (var m = 0; m < year.Months; m++, month++)
            {
                var payout = Explanations.OfPayout(run, month);
                Assert.Equal(run.Months[month].DueMinor, payout.Recompute(run.CurrencyOf(month)) * 100m);
                Assert.All(payout.All(), n => Assert.Equal(n.Value, n.Recompute(run.CurrencyOf(month))));
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
}
