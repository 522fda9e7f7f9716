using Spm.Compensation.Amounts;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Fx;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.PlanTests;

/// <summary>Runs the tests of a plan document through the engine that pays.</summary>
public static class PlanTestRunner
{
    public static IReadOnlyList<PlanTestResult> Run(PlanRules plan, IEnumerable<PlanTest> tests) => [.. tests.Select(t => Run(plan, t))];

    public static PlanTestResult Run(PlanRules plan, PlanTest test)
    {
        try
        {
            var runs = Calculate(plan, test);
            return new PlanTestResult(
                test,
                [.. test.Expectations.Select(e => Check(plan, test, e, runs[e.Rep]))],
                [.. runs.Values.SelectMany(r => r.Years).SelectMany(y => y.LeftOut).Select(l => $"{l.Transaction} {l.Code}: {l.Detail}")
                    .Concat(runs.Values.SelectMany(r => r.Months).Select(m => m.NotPaid).OfType<FxRefusal>().Select(r => $"{r.Code}: {r.Detail}")).Distinct()])
            {
                Notes = [.. runs.SelectMany(r => Unknown(r.Key, r.Value))],
            };
        }
        catch (ExpressionException refused)
        {
            return new PlanTestResult(test, [], [refused.Message]);
        }
        catch (OverflowException)
        {
            return new PlanTestResult(test, [], ["number_overflow: a figure of the test has more digits than are calculated with."]);
        }
    }

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

    private static ExpectationResult Check(PlanRules plan, PlanTest test, Expectation expectation, PayRun run)
    {
        var actual = expectation.Component is not null ? OfLines(expectation, run, expectation.Component) ?? OfComponent(expectation, run)
            : expectation.Figure >= Figure.Capitalised ? OfBooks(expectation, run, test.Costs[expectation.Rep])
            : OfPayout(plan, expectation, run);
        var holds = actual is { } known && expectation.Is is { } expected
            ? decimal.Round(known, expectation.Decimals, MidpointRounding.ToEven) == expected
            : actual is null && expectation.Is is null;
        return new ExpectationResult(expectation, actual, holds, holds ? [] : [.. Missing(expectation, run)]);
    }

    /// <summary>A component that lacks a figure pays nothing and takes nothing back: whoever expects pay has to hear of it.</summary>
    private static IEnumerable<string> Missing(Expectation expectation, PayRun run)
    {
        foreach (var year in run.Years)
        {
            for (var m = 0; m < year.Months; m++)
            {
                var month = year.Inputs.Year.Months[m];
                if (!IsIn(month, expectation.Period) || year.Paying(m) is not { } state)
                {
                    continue;
                }
                for (var c = 0; c < state.Version.Components.Count; c++)
                {
                    var id = state.Version.Components[c].Id;
                    if ((expectation.Component ?? id) == id && state.Figures(m, c).LacksAFigure)
                    {
                        yield return $"{id} in {month.Id}: {WhyStill.Of(state, m, c)}";
                    }
                }
            }
        }
    }

    /// <summary>A deal that counts nothing because its value is not known is told, also where no expected figure depends on it.</summary>
    private static IEnumerable<string> Unknown(string rep, PayRun run) =>
        from year in run.Years
        from m in Enumerable.Range(0, year.Months)
        let state = year.Paying(m)
        where state is not null
        from c in state.Version.Shown
        from unknown in state.UnknownIn(m, c)
        select $"{rep}, {year.Inputs.Year.Months[m].Id}: {WhyStill.Unknown(state, c, unknown)}";

    private static decimal? OfPayout(PlanRules plan, Expectation expectation, PayRun run)
    {
        var months = run.Months.Where(m => IsIn(m.Month, expectation.Period)).ToList();
        decimal Lines(PayLineKind kind) => months.Sum(m => m.Sum(kind));
        return expectation.Figure switch
        {
            Figure.Payout => Money.FromMinor(months.Sum(m => m.DueMinor), plan.Currency).Amount,
            Figure.Paid => months.Exists(m => m.NotPaid is not null) ? null : months.Sum(m => m.Paid?.Amount ?? Money.FromMinor(m.DueMinor, plan.Currency).Amount),
            Figure.Incentives or Figure.Incentive => Lines(PayLineKind.Incentive),
            Figure.Held => -Lines(PayLineKind.Hold),
            Figure.Released => Lines(PayLineKind.Release),
            Figure.HeldBalance => months[^1].HeldBalance,
            Figure.TrueUp => Lines(PayLineKind.TrueUp),
            Figure.ClawedBack => -Lines(PayLineKind.Clawback),
            Figure.Adjustments => Lines(PayLineKind.Adjustment),
            Figure.CutByCap => CutOfDeals(expectation, run, null) - Lines(PayLineKind.Cap),
            Figure.Guaranteed => Lines(PayLineKind.Guarantee),
            Figure.DrawPaid => Lines(PayLineKind.Draw),
            Figure.Recovered => -Lines(PayLineKind.Recovery),
            Figure.DrawBalance => months[^1].DrawBalance,
            Figure.Waiting => months[^1].Waiting,
            Figure.Forgiven => months.Sum(m => m.Forgiven),
            _ => null,
        };
    }

    private static decimal? OfBooks(Expectation expectation, PayRun run, IReadOnlyList<CostOfMonth> costs)
    {
        var books = ContractCosts.Of(run, costs).Where((_, i) => IsIn(run.Months[i].Month, expectation.Period)).ToList();
        return expectation.Figure switch
        {
            Figure.Capitalised => books.Sum(b => b.Capitalised),
            Figure.Expensed => books.Sum(b => b.Expensed),
            Figure.Amortised => books.Sum(b => b.Amortised),
            Figure.AmortisedToDate => books[^1].AmortisedToDate,
            _ => books[^1].Remaining,
        };
    }

    /// <summary>What the lines of a component sum to; null where the figure is none of lines. A balance is that of the end of the period.</summary>
    private static decimal? OfLines(Expectation expectation, PayRun run, string component)
    {
        decimal Lines(PayLineKind kind) => run.Months.Where(m => IsIn(m.Month, expectation.Period)).Sum(m => m.Sum(kind, component));
        return expectation.Figure switch
        {
            Figure.Held => -Lines(PayLineKind.Hold),
            Figure.Released => Lines(PayLineKind.Release),
            Figure.HeldBalance => -run.Months.Where(m => m.Month.Period.To <= expectation.Period.To).Sum(m => m.Sum(PayLineKind.Hold, component) + m.Sum(PayLineKind.Release, component)),
            Figure.ClawedBack => -Lines(PayLineKind.Clawback),
            Figure.TrueUp => Lines(PayLineKind.TrueUp),
            Figure.CutByCap => CutOfDeals(expectation, run, component) - Lines(PayLineKind.Cap),
            _ => null,
        };
    }

    /// <summary>What caps per deal cut: their lines never reach the payout, for a deal earns no more than its cap.</summary>
    /// <param name="component">Null: all components.</param>
    private static decimal CutOfDeals(Expectation expectation, PayRun run, string? component) => (
        from year in run.Years
        from m in Enumerable.Range(0, year.Months)
        where IsIn(year.Inputs.Year.Months[m], expectation.Period)
        let state = year.Paying(m)
        where state is not null
        from c in state.Version.Shown
        where component is null || state.Version.Components[c].Id == component
        select DealIncentive.CutByCap(state, m, c)).Sum();

    private static decimal? OfComponent(Expectation expectation, PayRun run)
    {
        decimal? sum = null;
        decimal? last = null;
        foreach (var year in run.Years)
        {
            for (var m = 0; m < year.Months; m++)
            {
                if (!IsIn(year.Inputs.Year.Months[m], expectation.Period) || year.Paying(m) is not { } state || state.Version.Find(expectation.Component!) is not (>= 0 and var c))
                {
                    continue;
                }
                ref readonly var figures = ref state.Figures(m, c);
                sum = (sum ?? 0m) + expectation.Figure switch
                {
                    Figure.Incentive when expectation.Deal is not null => DealIncentive.Of(state, m, c, expectation.Deal),
                    Figure.Incentive => figures.Incentive,
                    Figure.Credited => figures.Month,
                    _ => 0m,
                };
                last = figures.Standstill is Standstill.None && expectation.Figure == Figure.Earned ? figures.Earned : expectation.Figure switch
                {
                    Figure.ToDate => figures.ToDate,
                    Figure.Quota => figures.Quota,
                    Figure.Attainment => figures.Attainment * 100m,
                    Figure.Earned => figures.Earned,
                    Figure.TargetIncentive => figures.TargetIncentive,
                    _ => null,
                };
            }
        }
        return expectation.Figure is Figure.ToDate or Figure.Quota or Figure.Attainment or Figure.Earned or Figure.TargetIncentive ? last : sum;
    }

    private static bool IsIn(FiscalMonth month, FiscalPeriod period) => month.Span(period.Kind).Id == period.Id;
}
