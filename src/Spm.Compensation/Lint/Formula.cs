using Spm.Compensation.Bounds;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Lookups;
using Spm.Compensation.Stages;

namespace Spm.Compensation.Lint;

/// <summary>An expression that a component pays by, over the period or over the deal that is tried.</summary>
/// <param name="Part">A part of the tree by itself; null where it is no number and no money.</param>
internal sealed record Formula(string Text, Node Tree, IReadOnlySet<string> Names, Func<string, LookupTable?> Table, Func<Node, Func<PeriodContext, decimal?>?> Part)
{
    /// <summary>Every one of a component but those of its pay rules, which limit what is earned already.</summary>
    public static IEnumerable<Formula> Of(ComponentRule component) =>
        OfEarning(component.Earning).Concat(component.Stages.SelectMany(OfStage)).Concat(In(component.AttainmentCap)).Concat(In(component.ExcessAbove));

    /// <summary>The deal of the month that is asked: of several it is the last.</summary>
    public static DealContext? LastDeal(PeriodContext period)
    {
        DealContext? last = null;
        foreach (var (now, _) in period.State.Deals.Of(period.Rule, period.FirstMonthOf(period.Rule.MeasurementPeriod), period.Month))
        {
            last = new DealContext(period, now);
        }
        return last;
    }

    private static IEnumerable<Formula> OfEarning(Earning earning) => (earning switch
    {
        FormulaEarning formula => [Of(formula.Formula)],
        DealFormulaEarning formula => [Of(formula.Formula)],
        MatrixEarning matrix => [Of(matrix.Rows), Of(matrix.Columns)],
        DealMatrixEarning matrix => [Of(matrix.Rows), Of(matrix.Columns)],
        TableEarning table => table.Table.Expressions.Select(Of),
        DealTableEarning table => OfRates(table.Rates),
        PlacedDealEarning table => OfRates(table.Rates),
        _ => Enumerable.Empty<Formula>(),
    }).Concat(In((earning as DealEarning)?.Cap));

    private static IEnumerable<Formula> OfRates(DealRates rates) => [.. rates.Table.Expressions.Select(Of), .. rates.Of is { } of ? [Of(of)] : Array.Empty<Formula>()];

    private static IEnumerable<Formula> OfStage(EarningStage stage) => stage switch
    {
        GateStage gate => gate.When is { } when ? [Of(when)] : In(gate.Gate.At),
        MultiplierStage multiplier => [Of(multiplier.Figure)],
        ThresholdStage threshold => In(threshold.Threshold.At),
        KickerStage kicker => In(kicker.Kicker.At).Concat(In(kicker.Kicker.AtAmount)).Concat(In(kicker.Kicker.Amount)),
        _ => [],
    };

    private static IEnumerable<Formula> In(Bound? bound) => bound?.Expression is { } expression ? [Of(expression)] : [];

    private static IEnumerable<Formula> In(RepAmount? amount) => amount?.OfPeriod is { } expression ? [Of(expression)] : [];

    private static Formula Of(CompiledExpression<PeriodContext> expression) => new(expression.Text, expression.Tree, expression.Names, expression.Table, expression.Part);

    private static Formula Of(CompiledExpression<DealContext> expression) => new(
        expression.Text, expression.Tree, expression.Names, expression.Table,
        node => expression.Part(node) is { } part ? period => LastDeal(period) is { } deal ? part(deal) : null : null);
}
