using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Exactness;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.RateTables.Matrices;

namespace Spm.Compensation.Earnings;

/// <summary>What the percents of a matrix are of.</summary>
public enum MatrixBase : byte
{
    TargetIncentive,

    /// <summary>The measured value, which is money.</summary>
    Measured,
}

/// <summary>Two figures look up one percent, of the target incentive or of the measured value.</summary>
public sealed record MatrixEarning(Matrix Matrix, CompiledExpression<PeriodContext> Rows, CompiledExpression<PeriodContext> Columns, MatrixBase Of) : Earning
{
    /// <summary>Of the member <c>matrix</c>: the matrix itself, and what its percents are of.</summary>
    public static string Schema { get; } = SchemaText.With(
        Matrix.Schema,
        """
        "of": { "enum": ["target_incentive", "measured"], "default": "target_incentive", "description": "What the percents are of: the target incentive, or the measured money; with per deal always the deal's." }
        """);

    public override string Kind => "matrix";

    public override int Steps => Rows.Steps + Columns.Steps + Matrix.Rows.At.Count + Matrix.Columns.At.Count;

    public override bool NeedsTargetIncentive => Of == MatrixBase.TargetIncentive;

    /// <summary>The percents of a deal are of what is counted of it.</summary>
    public static Earning? Read(DocNode node, Per per, RepAmount? cap, ReadContext context)
    {
        var of = node.OneOf("of", per == Per.Deal ? MatrixBase.Measured : MatrixBase.TargetIncentive);
        if (per == Per.Deal && of == MatrixBase.TargetIncentive)
        {
            (node.Find("of") ?? node).Fail("matrix_of_deal", "A matrix that pays each deal pays percents of the deal: of is measured.");
        }
        if (of == MatrixBase.Measured && context.Unit != MeasureUnit.Money)
        {
            (node.Find("of") ?? node).Fail("rate_needs_money", "A percent of the measured value needs a measure in money. Of other money `earn` pays, at a rate that a lookup gives: `amount * lookup('rates', counted)` with per deal.");
        }
        if (per == Per.Deal)
        {
            var (deal, beside) = (Figure(node, "rows", context.DealFigure), Figure(node, "columns", context.DealFigure));
            return Matrix.Read(node) is { } ofDeals && deal is not null && beside is not null ? new DealMatrixEarning(ofDeals, deal, beside, cap) : null;
        }
        var (rows, columns) = (Figure(node, "rows", context.Figure), Figure(node, "columns", context.Figure));
        return Matrix.Read(node) is { } matrix && rows is not null && columns is not null ? new MatrixEarning(matrix, rows, columns, of) : null;
    }

    public override decimal? ToDate(PeriodContext period, ref Standstill missing)
    {
        if (Percent(period) is { } percent)
        {
            return Exact.Percent(Base(period), percent);
        }
        missing = Standstill.FigureMissing;
        return null;
    }

    public override string? WhyUnknown(PeriodContext period) => Unknowns.In(Rows, period) ?? Unknowns.In(Columns, period);

    public override ExplainNode Explain(PeriodContext period)
    {
        var detail = $"rows {Rows.Text} = {Rows.Number(period)}, columns {Columns.Text} = {Columns.Number(period)}";
        return ExplainNode.Exactly("earning", ExplainOperation.Product, Exact.Percent(Base(period), Percent(period) ?? 0m),
            [ExplainNode.Given(WireNames.Of(Of), Base(period)), ExplainNode.Because("matrix", ExplainNode.Given("percent", (Percent(period) ?? 0m) / 100m, detail), FormulaNodes.Of("rows", Rows, period), FormulaNodes.Of("columns", Columns, period))]);
    }

    private decimal? Percent(PeriodContext period) =>
        Rows.Number(period) is { } row && Columns.Number(period) is { } column ? Matrix.Lookup(row, column, out _) : null;

    private decimal Base(PeriodContext period)
    {
        ref readonly var own = ref period.Own;
        return Of == MatrixBase.TargetIncentive ? own.TargetIncentive ?? 0m : own.ToDate - own.Before;
    }

    private static CompiledExpression<T>? Figure<T>(DocNode node, string axis, Func<DocNode, CompiledExpression<T>?> read) => node.Find(axis)?.Find("figure") is { } figure ? read(figure) : null;
}
