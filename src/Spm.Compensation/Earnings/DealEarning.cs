using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.RateTables;

namespace Spm.Compensation.Earnings;

/// <summary>
/// Each deal by itself: what a deal yields does not depend on the deals beside it, except for the rate, where a table on attainment sets it from
/// the period. A deal's refund stands with the deal. The earning is the sum over the deals of the measurement period.
/// </summary>
/// <param name="Cap">The most that one deal earns; null: no cap.</param>
public abstract record DealEarning(decimal? Cap) : Earning
{
    public override bool PerDeal => true;

    public override decimal? ToDate(PeriodContext period, ref Standstill missing)
    {
        var sum = 0m;
        foreach (var deal in Deals(period))
        {
            if (Capped(Of(period, deal)) is not { } earned)
            {
                missing = Standstill.FigureMissing;
                return null;
            }
            sum += earned;
        }
        return sum;
    }

    public override ExplainNode Explain(PeriodContext period) => ExplainNode.Of("earning", ExplainOperation.Sum, [.. Each(period).Select(d => d.Earned)]);

    /// <summary>What each deal of the measurement period earns.</summary>
    public IEnumerable<(DealBook.Standing Deal, ExplainNode Earned)> Each(PeriodContext period)
    {
        foreach (var deal in Deals(period))
        {
            var earned = Explain(period, deal);
            yield return (deal, Cap is { } cap ? ExplainNode.Of($"deal {deal.Deal}, capped", ExplainOperation.Least, earned, ExplainNode.Given("cap on a deal", cap)) : earned);
        }
    }

    /// <summary>Null when something it asks for is not known.</summary>
    protected abstract decimal? Of(PeriodContext period, in DealBook.Standing deal);

    protected abstract ExplainNode Explain(PeriodContext period, in DealBook.Standing deal);

    private static IEnumerable<DealBook.Standing> Deals(PeriodContext period) =>
        period.State.Deals.Of(period.Rule, period.FirstMonthOf(period.Rule.MeasurementPeriod), period.Month);

    private decimal? Capped(decimal? earned) => earned is { } known && Cap is { } cap ? Math.Min(known, cap) : earned;
}

/// <summary>Each deal through a rate table: on its own amount, or at the rate that the period's attainment has reached.</summary>
public sealed record DealTableEarning(RateTable Table, decimal? Cap) : DealEarning(Cap)
{
    public override string Kind => "rate_table";

    public override bool NeedsTargetIncentive => Table.NeedsTargetIncentive;

    protected override decimal? Of(PeriodContext period, in DealBook.Standing deal) => Table.Earn(Stretch(period, deal));

    protected override ExplainNode Explain(PeriodContext period, in DealBook.Standing deal)
    {
        List<Band> bands = [];
        Table.Earn(Stretch(period, deal), bands);
        return BandNodes.Sum($"deal {deal.Deal}", Table, bands);
    }

    // On attainment the reader takes flat tables only: their rate is that of the point reached, whatever lies below.
    private Stretch Stretch(PeriodContext period, in DealBook.Standing deal)
    {
        if (Table.On == RateBasis.Amount)
        {
            return new Stretch(0m, deal.Value, null, period.Own.TargetIncentive);
        }
        var reached = period.Stretch();
        return reached with { From = reached.To - deal.Value };
    }
}

/// <summary>Each deal through an expression of the plan.</summary>
public sealed record DealFormulaEarning(CompiledExpression<CreditContext> Formula, decimal? Cap) : DealEarning(Cap)
{
    public override string Kind => "earn";

    protected override decimal? Of(PeriodContext period, in DealBook.Standing deal) => Formula.Number(deal.Credit);

    protected override ExplainNode Explain(PeriodContext period, in DealBook.Standing deal) =>
        new($"deal {deal.Deal}", ExplainOperation.Expression, Formula.Number(deal.Credit) ?? 0m, [ExplainNode.Given("measured", deal.Value)], Formula.Text);
}
