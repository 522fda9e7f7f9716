using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.RateTables;
using Spm.Compensation.Roundings;

namespace Spm.Compensation.Earnings;

/// <summary>Earns deal by deal, so that it can be said what each deal has earned. The earning is the sum over the deals.</summary>
/// <param name="Cap">The most that one deal earns; null: no cap.</param>
public abstract record DealEarning(RepAmount? Cap) : Earning
{
    /// <summary>How what a deal earns is rounded, after the cap; null: not before the payout.</summary>
    public RoundingRule? Rounding { get; init; }

    public override bool PerDeal => true;

    public override ExplainNode Explain(PeriodContext period) => ExplainNode.Of("earning", ExplainOperation.Sum, [.. Each(period).Select(d => d.Earned)]);

    /// <summary>What each deal earns in the measurement period. Only asked when it is known.</summary>
    public abstract IEnumerable<(string Deal, ExplainNode Earned)> Each(PeriodContext period);

    /// <summary>Nothing where nothing is left of the deal, and nothing above zero where less is; capped, and then rounded.</summary>
    protected decimal Limited(PeriodContext period, DealRest rest, decimal earned)
    {
        if (rest == DealRest.None)
        {
            return 0m;
        }
        earned = rest == DealRest.BelowNone ? Math.Min(earned, 0m) : earned;
        var capped = Cap is { } cap ? Math.Min(earned, cap.Of(period)) : earned;
        return Rounding?.Apply(capped) ?? capped;
    }

    protected ExplainNode Limited(PeriodContext period, string deal, DealRest rest, ExplainNode earned)
    {
        if (rest == DealRest.None)
        {
            return ExplainNode.Given($"deal {deal}", 0m, "Refunds have taken it back whole.");
        }
        if (rest == DealRest.BelowNone && earned.Value > 0m)
        {
            earned = ExplainNode.Of($"deal {deal}, taken back", ExplainOperation.Least, earned, ExplainNode.Given("nothing", 0m, "More is taken back of it than is known to be sold."));
        }
        var capped = Cap is { } cap
            ? ExplainNode.Of($"deal {deal}, capped", ExplainOperation.Least, earned, ExplainNode.Given("cap on a deal", cap.Of(period), cap.Fixed is null ? cap.ToString() : null))
            : earned;
        return Rounding is { } rounding ? ExplainNode.Rounded($"deal {deal}, rounded", capped, rounding) : capped;
    }

    /// <summary>What a deal has earned to date, less what it had earned before the measurement period.</summary>
    protected static ExplainNode InPeriod(string deal, ExplainNode earned, ExplainNode? before) => before is null
        ? earned
        : ExplainNode.Of($"deal {deal} in the period", ExplainOperation.Difference, earned, ExplainNode.Because("earned before the period", before));
}

/// <summary>
/// Each deal by itself: what a deal yields does not depend on the deals beside it, except for the rate, where a table on attainment sets it from
/// the period. A deal's refund stands with the deal, also where the deal was sold in an earlier period or year: a deal earns what all of its lines
/// earn together, less what those before the measurement period did. What refunds have taken back whole earns nothing, and what they have taken back
/// beyond, or without that its sale is known, nothing above zero.
/// </summary>
public abstract record LoneDealEarning(RepAmount? Cap) : DealEarning(Cap)
{
    public override decimal? ToDate(PeriodContext period, ref Standstill missing)
    {
        var sum = 0m;
        foreach (var (now, before) in Deals(period))
        {
            if (Earned(period, now) is not { } earned || Earned(period, before) is not { } earnedBefore)
            {
                missing = Standstill.FigureMissing;
                return null;
            }
            sum += earned - earnedBefore;
        }
        return sum;
    }

    public override IEnumerable<(string Deal, ExplainNode Earned)> Each(PeriodContext period)
    {
        foreach (var (now, before) in Deals(period))
        {
            yield return (now.Deal, InPeriod(now.Deal, ExplainEarned(period, now), before is { } earlier ? ExplainEarned(period, earlier) : null));
        }
    }

    public override string? WhyUnknown(PeriodContext period)
    {
        foreach (var (now, before) in Deals(period))
        {
            foreach (var standing in new[] { now, before })
            {
                if (standing is { } deal && Earned(period, deal) is null)
                {
                    return $"deal {deal.Deal}: {WhyUnknown(new DealContext(period, deal))}";
                }
            }
        }
        return null;
    }

    /// <summary>Null when something it asks for is not known.</summary>
    protected abstract decimal? Of(PeriodContext period, in DealBook.Standing deal);

    /// <summary>Which figure of a deal is not known.</summary>
    protected abstract string? WhyUnknown(DealContext deal);

    protected abstract ExplainNode Explain(PeriodContext period, in DealBook.Standing deal);

    private static IEnumerable<(DealBook.Standing Now, DealBook.Standing? Before)> Deals(PeriodContext period) =>
        period.State.Deals.Of(period.Rule, period.FirstMonthOf(period.Rule.MeasurementPeriod), period.Month);

    private decimal? Earned(PeriodContext period, in DealBook.Standing? deal) =>
        deal is not { Rest: not DealRest.None } standing ? 0m : Of(period, standing) is { } earned ? Limited(period, standing.Rest, earned) : null;

    private ExplainNode ExplainEarned(PeriodContext period, in DealBook.Standing deal) =>
        Limited(period, deal.Deal, deal.Rest, deal.Rest == DealRest.None ? ExplainNode.Given($"deal {deal.Deal}", 0m) : Explain(period, deal));
}

/// <summary>Each deal through a rate table: on its own amount, or at the rate that the period's attainment has reached.</summary>
public sealed record DealTableEarning(DealRates Rates, RepAmount? Cap) : LoneDealEarning(Cap)
{
    public override string Kind => "rate_table";

    public override int Steps => Rates.Steps;

    public override bool NeedsTargetIncentive => Rates.NeedsTargetIncentive;

    public override bool RestIsOfAmounts => Rates.Of is not null;

    protected override decimal? Of(PeriodContext period, in DealBook.Standing deal) =>
        Rates.Table.At(period) is { } table ? Rates.Earn(table, period, deal, Stretch(table, period, deal)) : null;

    protected override string? WhyUnknown(DealContext deal) => Rates.WhyUnknown(deal);

    protected override ExplainNode Explain(PeriodContext period, in DealBook.Standing deal)
    {
        var table = Rates.Table.At(period)!;
        return Rates.Explain(table, period, deal, Stretch(table, period, deal));
    }

    private Stretch Stretch(RateTable table, PeriodContext period, in DealBook.Standing deal)
    {
        var counted = Rates.Filled(deal);
        if (table.On == RateBasis.Amount)
        {
            return new Stretch(0m, counted, null, period.Own.TargetIncentive);
        }
        // On attainment the reader takes flat tables only: their rate is that of the point reached, whatever lies below. A deal that takes back goes
        // the same way down.
        var reached = period.Stretch();
        return counted >= 0m ? reached with { From = reached.To - counted } : reached with { From = reached.To, To = reached.To + counted };
    }
}

/// <summary>Each deal through an expression of the plan, over the deal and the figures of the period.</summary>
public sealed record DealFormulaEarning(CompiledExpression<DealContext> Formula, RepAmount? Cap) : LoneDealEarning(Cap)
{
    public override string Kind => "earn";

    public override int Steps => Formula.Steps;

    public override bool NeedsTargetIncentive => Formula.Names.Contains("target_incentive");

    protected override decimal? Of(PeriodContext period, in DealBook.Standing deal) => Formula.Number(new DealContext(period, deal));

    protected override string? WhyUnknown(DealContext deal) => Unknowns.In(Formula, deal);

    protected override ExplainNode Explain(PeriodContext period, in DealBook.Standing deal) =>
        FormulaNodes.Of($"deal {deal.Deal}", Formula, new DealContext(period, deal));
}
