using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.RateTables;

namespace Spm.Compensation.Earnings;

/// <summary>
/// Each deal on top of those before it in the attainment period: it is paid at the rates of the place it fills, and those before it keep theirs. The
/// order is that of the deals' days and then of their ids, facts of the deals and not of their arrival. What a deal earns to date is calculated
/// from all deals to date, so that a refund lets those behind it move down.
/// </summary>
public sealed record PlacedDealEarning(DealRates Rates, RepAmount? Cap) : DealEarning(Cap)
{
    public override string Kind => "rate_table";

    public override int Steps => Rates.Steps;

    public override bool NeedsTargetIncentive => Rates.NeedsTargetIncentive;

    public override bool RestIsOfAmounts => Rates.Of is not null;

    public override decimal? ToDate(PeriodContext period, ref Standstill missing)
    {
        if (Rates.Table.At(period, ref missing) is not { } table)
        {
            return null;
        }
        if (Earned(table, period, BeforePeriod(period)) is not { } before || Earned(table, period, period.Month) is not { } now)
        {
            missing = Standstill.FigureMissing;
            return null;
        }
        // Deal by deal, as it is explained: sums of figures with 28 digits depend on how they are added up.
        return now.Sum(d => d.Value - before.GetValueOrDefault(d.Key));
    }

    public override string? WhyUnknown(PeriodContext period)
    {
        if (Rates.Table.WhyUnknown(period) is { } why)
        {
            return why;
        }
        foreach (var last in new[] { period.Month, BeforePeriod(period) })
        {
            foreach (var place in Places(period, last))
            {
                if (place.Deal.Rest != DealRest.None && Rates.WhyUnknown(new DealContext(period, place.Deal)) is { } ofDeal)
                {
                    return $"deal {place.Deal.Deal}: {ofDeal}";
                }
            }
        }
        return null;
    }

    public override IEnumerable<(string Deal, ExplainNode Earned)> Each(PeriodContext period)
    {
        var before = Explained(period, BeforePeriod(period)).ToDictionary(d => d.Deal, d => d.Earned, StringComparer.Ordinal);
        foreach (var (deal, now) in Explained(period, period.Month))
        {
            var earned = InPeriod(deal, now, before.GetValueOrDefault(deal));
            if (earned.Value != 0m)
            {
                yield return (deal, earned);
            }
        }
    }

    /// <param name="From">The sum of the deals before it.</param>
    private readonly record struct Place(DealBook.Standing Deal, decimal From);

    private static int BeforePeriod(PeriodContext period) => period.FirstMonthOf(period.Rule.MeasurementPeriod) - 1;

    /// <summary>What each deal has earned by the end of a month, in their order; null where a figure of one is not known.</summary>
    private OrderedDictionary<string, decimal>? Earned(RateTable table, PeriodContext period, int last)
    {
        OrderedDictionary<string, decimal> all = new(StringComparer.Ordinal);
        foreach (var place in Places(period, last))
        {
            var earned = place.Deal.Rest == DealRest.None ? 0m : Rates.Earn(table, period, place.Deal, Stretch(period, place));
            if (earned is not { } known)
            {
                return null;
            }
            all.Add(place.Deal.Deal, Limited(period, place.Deal.Rest, known));
        }
        return all;
    }

    private IEnumerable<(string Deal, ExplainNode Earned)> Explained(PeriodContext period, int last)
    {
        var table = Rates.Table.At(period)!;
        foreach (var place in Places(period, last))
        {
            yield return (place.Deal.Deal, Limited(period, place.Deal.Deal, place.Deal.Rest, Rates.Explain(table, period, place.Deal, Stretch(period, place))));
        }
    }

    private Stretch Stretch(PeriodContext period, in Place place) => period.Stretch(place.From, place.From + Rates.Filled(place.Deal));

    /// <summary>The deals of the attainment period up to a month, in their order, each with the sum of those before it.</summary>
    private static List<Place> Places(PeriodContext period, int last)
    {
        var first = period.FirstMonthOf(period.Rule.AttainmentPeriod);
        List<Place> places = [];
        if (last < first)
        {
            return places;
        }
        // Leave that counts as reached was there before every deal, and so was what a window looks back on.
        var from = period.At(last).AtTarget + (period.Rule.Window is null ? 0m : period.At(last).Before);
        // They come in the order of their ids, and those of one day stay so.
        foreach (var deal in period.State.Deals.In(period.Rule, first, last).OrderBy(d => d.Credit.Line.Date))
        {
            places.Add(new Place(deal, from));
            // What is taken back whole makes room for those behind it, also where the refund tells nothing of what is counted.
            from += deal.Rest == DealRest.None ? 0m : deal.Value;
        }
        return places;
    }
}
