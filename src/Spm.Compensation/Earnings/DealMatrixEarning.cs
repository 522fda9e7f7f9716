using Spm.Compensation.Engine;
using Spm.Compensation.Exactness;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.RateTables.Matrices;

namespace Spm.Compensation.Earnings;

/// <summary>Two figures, of the deal or of the period it is paid in, look up the percent that each deal is paid of what is counted of it.</summary>
public sealed record DealMatrixEarning(Matrix Matrix, CompiledExpression<DealContext> Rows, CompiledExpression<DealContext> Columns, RepAmount? Cap) : LoneDealEarning(Cap)
{
    public override string Kind => "matrix";

    public override int Steps => Rows.Steps + Columns.Steps + Matrix.Rows.At.Count + Matrix.Columns.At.Count;

    public override bool NeedsTargetIncentive => Rows.Names.Contains("target_incentive") || Columns.Names.Contains("target_incentive");

    protected override decimal? Of(PeriodContext period, in DealBook.Standing deal) =>
        Percent(new DealContext(period, deal)) is { } percent ? Exact.Percent(deal.Value, percent) : null;

    protected override string? WhyUnknown(DealContext deal) => Unknowns.In(Rows, deal) ?? Unknowns.In(Columns, deal);

    protected override ExplainNode Explain(PeriodContext period, in DealBook.Standing deal)
    {
        var context = new DealContext(period, deal);
        var percent = Percent(context) ?? 0m;
        var detail = $"rows {Rows.Text} = {Rows.Number(context)}, columns {Columns.Text} = {Columns.Number(context)}";
        return ExplainNode.Exactly(
            $"deal {deal.Deal}", ExplainOperation.Product, Exact.Percent(deal.Value, percent),
            [ExplainNode.Given("counted of the deal", deal.Value), ExplainNode.Because("matrix", ExplainNode.Given("percent", percent / 100m, detail), FormulaNodes.Of("rows", Rows, context), FormulaNodes.Of("columns", Columns, context))]);
    }

    private decimal? Percent(DealContext deal) =>
        Rows.Number(deal) is { } row && Columns.Number(deal) is { } column ? Matrix.Lookup(row, column, out _) : null;
}
