using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Thresholds;

namespace Spm.Compensation.Stages;

/// <summary>Nothing is earned below a threshold. Where only the excess is paid, the stretch that is paid begins at the threshold already.</summary>
public sealed record ThresholdStage(Threshold Threshold) : EarningStage
{
    public override string Kind => "threshold";

    public override int Steps => Threshold.At.Steps;

    public override decimal? Apply(PeriodContext period, decimal earned, ref Standstill missing) => IsReached(period) is { } isReached ? (isReached ? earned : 0m) : Unknown(out missing);

    public override string? WhyUnknown(PeriodContext period) => Threshold.At.WhyUnknown(period);

    public override ExplainNode Explain(PeriodContext period, ExplainNode before) => IsReached(period) == true
        ? before
        : ExplainNode.Of($"below the threshold of {Threshold.At.Shown(period)} %", ExplainOperation.Product, before, ExplainNode.Given("not reached", 0m));

    /// <summary>Null where the threshold is not known.</summary>
    private bool? IsReached(PeriodContext period)
    {
        ref readonly var own = ref period.Own;
        return Threshold.At.Of(period) is { } at ? own.ToDate * 100m >= at * own.Quota!.Value : null;
    }

    private static decimal? Unknown(out Standstill missing)
    {
        missing = Standstill.FigureMissing;
        return null;
    }
}
