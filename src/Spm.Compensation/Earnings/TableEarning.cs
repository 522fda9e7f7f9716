using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.RateTables;

namespace Spm.Compensation.Earnings;

/// <summary>The measured value, all of it together, through a rate table.</summary>
public sealed record TableEarning(RateTable Table) : Earning
{
    public override string Kind => "rate_table";

    public override bool NeedsTargetIncentive => Table.NeedsTargetIncentive;

    public override decimal? ToDate(PeriodContext period, ref Standstill missing) => Table.Earn(period.Stretch());

    public override ExplainNode Explain(PeriodContext period)
    {
        List<Band> bands = [];
        var earned = Table.Earn(period.Stretch(), bands);
        return BandNodes.Sum("earning", Table, earned, bands, period);
    }
}
