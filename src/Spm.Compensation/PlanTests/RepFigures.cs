using Spm.Compensation.Amounts;
using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.PlanTests;

/// <summary>The figures of one rep of a test, which are held against what is expected. What many expectations ask for is worked out once.</summary>
internal sealed class RepFigures(PlanRules plan, PayRun run, IReadOnlyList<CostOfMonth> costs)
{
    /// <summary>Of what stands still so many are told: the first ones say why.</summary>
    private const int MostTold = 10;

    private readonly Lazy<IReadOnlyList<CostsInBooks>> _books = new(() => ContractCosts.Of(run, costs));
    private readonly Lazy<Dictionary<(int Month, PayLineKind Kind, string? Component), decimal>> _lines = new(() => Lines(run));
    private readonly Dictionary<(VersionState State, int Month, int Component), decimal> _cuts = [];

    public ExpectationResult Check(Expectation expectation)
    {
        var actual = expectation.Component is not null ? OfLines(expectation, expectation.Component) ?? OfComponent(expectation)
            : expectation.Figure >= Figure.Capitalised ? OfBooks(expectation)
            : OfPayout(expectation);
        var holds = actual is { } known && expectation.Is is { } expected
            ? decimal.Round(known, expectation.Decimals, MidpointRounding.ToEven) == expected
            : actual is null && expectation.Is is null;
        return new ExpectationResult(expectation, actual, holds, holds ? [] : [.. Missing(expectation).Take(MostTold)]);
    }

    /// <summary>A component that lacks a figure pays nothing and takes nothing back: whoever expects pay has to hear of it.</summary>
    private IEnumerable<string> Missing(Expectation expectation)
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

    private decimal? OfPayout(Expectation expectation)
    {
        var months = run.Months.Where(m => IsIn(m.Month, expectation.Period)).ToList();
        decimal Lines(PayLineKind kind) => LinesIn(expectation.Period, kind, null);
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
            Figure.CutByCap => CutOfDeals(expectation, null) - Lines(PayLineKind.Cap),
            Figure.Guaranteed => Lines(PayLineKind.Guarantee),
            Figure.DrawPaid => Lines(PayLineKind.Draw),
            Figure.Recovered => -Lines(PayLineKind.Recovery),
            Figure.DrawBalance => months[^1].DrawBalance,
            Figure.Waiting => months[^1].Waiting,
            Figure.Forgiven => months.Sum(m => m.Forgiven),
            _ => null,
        };
    }

    private decimal? OfBooks(Expectation expectation)
    {
        var books = _books.Value.Where((_, i) => IsIn(run.Months[i].Month, expectation.Period)).ToList();
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
    private decimal? OfLines(Expectation expectation, string component)
    {
        decimal Lines(PayLineKind kind) => LinesIn(expectation.Period, kind, component);
        return expectation.Figure switch
        {
            Figure.Held => -Lines(PayLineKind.Hold),
            Figure.Released => Lines(PayLineKind.Release),
            Figure.HeldBalance => -Enumerable.Range(0, run.Months.Count).Where(m => run.Months[m].Month.Period.To <= expectation.Period.To).Sum(m => LinesOf(m, PayLineKind.Hold, component) + LinesOf(m, PayLineKind.Release, component)),
            Figure.ClawedBack => -Lines(PayLineKind.Clawback),
            Figure.TrueUp => Lines(PayLineKind.TrueUp),
            Figure.CutByCap => CutOfDeals(expectation, component) - Lines(PayLineKind.Cap),
            _ => null,
        };
    }

    /// <summary>What caps per deal cut: their lines never reach the payout, for a deal earns no more than its cap.</summary>
    /// <param name="component">Null: all components.</param>
    private decimal CutOfDeals(Expectation expectation, string? component) => (
        from year in run.Years
        from m in Enumerable.Range(0, year.Months)
        where IsIn(year.Inputs.Year.Months[m], expectation.Period)
        let state = year.Paying(m)
        where state is not null
        from c in state.Version.Shown
        where component is null || state.Version.Components[c].Id == component
        select CutOf(state, m, c)).Sum();

    private decimal CutOf(VersionState state, int month, int component)
    {
        if (!_cuts.TryGetValue((state, month, component), out var cut))
        {
            _cuts.Add((state, month, component), cut = DealIncentives.CutByCap(state, month, component));
        }
        return cut;
    }

    private decimal? OfComponent(Expectation expectation)
    {
        decimal? sum = null;
        decimal? last = null;
        var at = -1;
        foreach (var year in run.Years)
        {
            for (var m = 0; m < year.Months; m++)
            {
                at++;
                if (!IsIn(year.Inputs.Year.Months[m], expectation.Period) || year.Paying(m) is not { } state || state.Version.Find(expectation.Component!) is not (>= 0 and var c))
                {
                    continue;
                }
                ref readonly var figures = ref state.Figures(m, c);
                sum = (sum ?? 0m) + expectation.Figure switch
                {
                    Figure.Incentive when expectation.Deal is not null => run.Deals.Of(at, expectation.Component!).GetValueOrDefault(expectation.Deal),
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

    /// <param name="component">Null: of the payout as a whole, those of components among them.</param>
    private decimal LinesIn(FiscalPeriod period, PayLineKind kind, string? component) =>
        Enumerable.Range(0, run.Months.Count).Where(m => IsIn(run.Months[m].Month, period)).Sum(m => LinesOf(m, kind, component));

    private decimal LinesOf(int month, PayLineKind kind, string? component) => _lines.Value.GetValueOrDefault((month, kind, component));

    private static Dictionary<(int Month, PayLineKind Kind, string? Component), decimal> Lines(PayRun run)
    {
        Dictionary<(int, PayLineKind, string?), decimal> sums = [];
        for (var m = 0; m < run.Months.Count; m++)
        {
            foreach (var line in run.Months[m].Lines)
            {
                sums[(m, line.Kind, null)] = sums.GetValueOrDefault((m, line.Kind, null)) + line.Amount;
                if (line.Component is { } component)
                {
                    sums[(m, line.Kind, component)] = sums.GetValueOrDefault((m, line.Kind, component)) + line.Amount;
                }
            }
        }
        return sums;
    }

    private static bool IsIn(FiscalMonth month, FiscalPeriod period) => month.Span(period.Kind).Id == period.Id;
}
