using System.Globalization;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.Multipliers;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Stages;

/// <summary>Scales what is earned by a percent that another figure looks up.</summary>
public sealed record MultiplierStage(Multiplier Multiplier, CompiledExpression<PeriodContext> Figure) : EarningStage
{
    // Tiers are compared as fractions.
    private const int StepsOfTier = 10;

    public override string Kind => "multipliers";

    public override int Steps => Figure.Steps + (Multiplier.Percents.Tiers.Count * StepsOfTier);

    public override decimal? Apply(PeriodContext period, decimal earned, ref Standstill missing)
    {
        var figure = Value(period);
        var scaled = Multiplier.Apply(earned, figure);
        if (scaled is null)
        {
            missing = figure is null ? Standstill.FigureMissing : Standstill.MultiplierOutsideTiers;
        }
        return scaled;
    }

    public override string? WhyUnknown(PeriodContext period) => Figure.Number(period) is not { } figure ? Unknowns.In(Figure, period)
        : Multiplier.PercentOf(figure) is null ? string.Create(CultureInfo.InvariantCulture, $"{Figure.Text} is {figure:0.##########}, and no tier has it")
        : null;

    public override ExplainNode Explain(PeriodContext period, ExplainNode before)
    {
        var missing = Standstill.None;
        var scaled = Apply(period, before.Value, ref missing) ?? 0m;
        var percent = Multiplier.PercentOf(Value(period))?.ToDecimal() ?? 0m;
        var factor = ExplainNode.Given("percent of the tier", percent / 100m, string.Create(CultureInfo.InvariantCulture, $"{Figure.Text} = {Figure.Number(period)}"));
        return ExplainNode.Exactly("multiplied", ExplainOperation.Product, scaled, [before, ExplainNode.Because("multiplier", factor, FormulaNodes.Of("figure", Figure, period))]);
    }

    private Fraction? Value(PeriodContext period) => Figure.Number(period) is { } figure ? (Fraction)figure : null;
}
