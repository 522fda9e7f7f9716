using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;

namespace Spm.Compensation.Earnings;

/// <summary>An expression over the component's own figures and those of the components before it.</summary>
public sealed record FormulaEarning(CompiledExpression<PeriodContext> Formula) : Earning
{
    public override string Kind => "earn";

    public override int Steps => Formula.Steps;

    public override bool NeedsTargetIncentive => Formula.Names.Contains("target_incentive");

    public override decimal? ToDate(PeriodContext period, ref Standstill missing)
    {
        var earned = Formula.Number(period);
        if (earned is null)
        {
            missing = Standstill.FigureMissing;
        }
        return earned;
    }

    public override string? WhyUnknown(PeriodContext period) => Unknowns.In(Formula, period);

    public override ExplainNode Explain(PeriodContext period) => FormulaNodes.Of("earning", Formula, period);
}

/// <summary>Earns nothing: the component is there for its figures, which gates, multipliers and matrices of others ask for.</summary>
public sealed record NoEarning : Earning
{
    public override string Kind => "none";

    public override int Steps => 1;

    public override decimal? ToDate(PeriodContext period, ref Standstill missing) => 0m;

    public override ExplainNode Explain(PeriodContext period) => ExplainNode.Given("earning", 0m, "The component is measured and pays nothing.");
}
