using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Fx;
using Spm.Compensation.PayRuns;

namespace Spm.Compensation.PlanTests;

/// <summary>Runs the tests of a plan document through the engine that pays.</summary>
public static class PlanTestRunner
{
    /// <summary>Of deals whose value is not known so many are named, and so many counted.</summary>
    private const int MostTold = 20;
    private const int MostKnown = 1_000;

    public static IReadOnlyList<PlanTestResult> Run(PlanRules plan, IEnumerable<PlanTest> tests) => [.. tests.Select(t => Run(plan, t))];

    public static PlanTestResult Run(PlanRules plan, PlanTest test)
    {
        try
        {
            var runs = Calculate(plan, test);
            var figures = runs.ToDictionary(r => r.Key, r => new RepFigures(plan, r.Value, test.Costs[r.Key]), StringComparer.Ordinal);
            return new PlanTestResult(
                test,
                [.. test.Expectations.Select(e => figures[e.Rep].Check(e))],
                [.. runs.Values.SelectMany(r => r.Years).SelectMany(y => y.LeftOut).Select(l => $"{l.Transaction} {l.Code}: {l.Detail}")
                    .Concat(runs.Values.SelectMany(r => r.Months).Select(m => m.NotPaid).OfType<FxRefusal>().Select(r => $"{r.Code}: {r.Detail}")).Distinct()])
            {
                Notes = Told([.. runs.SelectMany(r => Unknown(r.Key, r.Value)).Take(MostKnown)]),
            };
        }
        catch (Exception thrown) when (Refusal(thrown) is { } refused)
        {
            return new PlanTestResult(test, [], [refused]);
        }
    }

    /// <summary>What is said of a test that cannot be calculated as it is written; null where the exception is another.</summary>
    public static string? Refusal(Exception thrown) => thrown switch
    {
        ExpressionException refused => refused.Message,
        OverflowException => "number_overflow: a figure of the test has more digits than are calculated with.",
        _ => null,
    };

    /// <summary>Every rep of a test through all years of its calendar.</summary>
    public static IReadOnlyDictionary<string, PayRun> Calculate(PlanRules plan, PlanTest test)
    {
        IReadOnlyList<RepCase> cases = [.. test.Reps.Select(r => new RepCase(r, test.Quotas[r.Id].Book, test.Credits[r.Id])
        {
            DatedQuotas = test.Quotas[r.Id].Dated,
            Adjustments = test.Adjustments[r.Id],
        })];
        var runs = PopulationRun.Calculate(plan, test.Calendar, test.FxRates, cases);
        return test.Reps.Select((rep, i) => (rep.Id, Run: runs[i])).ToDictionary(r => r.Id, r => r.Run, StringComparer.Ordinal);
    }

    private static IReadOnlyList<string> Told(IReadOnlyList<string> notes) =>
        notes.Count <= MostTold ? notes : [.. notes.Take(MostTold), $"and {notes.Count - MostTold}{(notes.Count == MostKnown ? " or more" : "")} others"];

    /// <summary>A deal that counts nothing because its value is not known is told, also where no expected figure depends on it.</summary>
    private static IEnumerable<string> Unknown(string rep, PayRun run) =>
        from year in run.Years
        from m in Enumerable.Range(0, year.Months)
        let state = year.Paying(m)
        where state is not null
        from c in state.Version.Shown
        from unknown in state.UnknownIn(m, c)
        select $"{rep}, {year.Inputs.Year.Months[m].Id}: {WhyStill.Unknown(state, c, unknown)}";
}
