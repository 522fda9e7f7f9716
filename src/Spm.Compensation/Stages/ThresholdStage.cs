using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Thresholds;

namespace Spm.Compensation.Stages;

/// <summary>Nothing is earned below a threshold. Where only the excess is paid, the stretch that is paid begins at the threshold already.</summary>
public sealed record ThresholdStage(Threshold Threshold) : EarningStage
{
    public override string Kind => "threshold";

    public override decimal? Apply(PeriodContext period, decimal earned, ref Standstill missing) => IsReached(period) ? earned : 0m;

    public override ExplainNode Explain(PeriodContext period, ExplainNode before) => IsReached(period)
        ? before
        : ExplainNode.Of($"below the threshold of {Threshold.At} %", ExplainOperation.Product, before, ExplainNode.Given("not reached", 0m));

    private bool IsReached(PeriodContext period)
    {
        ref readonly var own = ref period.Own;
        return own.ToDate * 100m >= Threshold.At * own.Quota!.Value;
    }
}
