using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Roundings;

namespace Spm.Compensation.Stages;

/// <summary>Rounds what is earned in the measurement period to date, so that its months sum to a round figure.</summary>
public sealed record RoundingStage(RoundingRule Rule) : EarningStage
{
    public override string Kind => "rounding";

    public override int Steps => 1;

    public override decimal? Apply(PeriodContext period, decimal earned, ref Standstill missing) => Rule.Apply(earned);

    public override ExplainNode Explain(PeriodContext period, ExplainNode before) => ExplainNode.Rounded("rounded", before, Rule);
}
