using Spm.Compensation.Bounds;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.RateTables;

namespace Spm.Compensation.Earnings;

/// <summary>The measured value, all of it together, through a rate table.</summary>
public sealed record TableEarning(Rates Table) : Earning
{
    public override string Kind => "rate_table";

    public override int Steps => Table.Steps;

    public override bool NeedsTargetIncentive => Table.NeedsTargetIncentive;

    public override bool IsMarginal => Table.IsMarginal;

    public override decimal? ToDate(PeriodContext period, ref Standstill missing) => Table.At(period, ref missing)?.Earn(period.Stretch());

    public override string? WhyUnknown(PeriodContext period) => Table.WhyUnknown(period);

    public override ExplainNode Explain(PeriodContext period)
    {
        List<Band> bands = [];
        var table = Table.At(period)!;
        var earned = table.Earn(period.Stretch(), bands);
        return BandNodes.Sum("earning", table, earned, bands, period);
    }
}
