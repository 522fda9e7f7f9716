using Spm.Compensation.Bounds;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.RateTables;

namespace Spm.Compensation.Earnings;

/// <summary>
/// Each deal on top of those before it in the attainment period: it is paid at the rates of the place it fills, and those before it keep theirs. The
/// order is that of the deals' days and then of their ids, facts of the deals and not of their arrival. What a deal earns to date is calculated
/// from all deals to date, so that a refund lets those behind it move down.
/// </summary>
public sealed record PlacedDealEarning(Rates Table, RepAmount? Cap) : DealEarning(Cap)
{
    public override string Kind => "rate_table";

    public override int Steps => Table.Steps;

    public override bool NeedsTargetIncentive => Table.NeedsTargetIncentive;

    public override decimal? ToDate(PeriodContext period, ref Standstill missing)
    {
        if (Table.At(period, ref missing) is not { } table)
        {
            return null;
        }
        // Deal by deal, as it is explained: sums of figures with 28 digits depend on how they are added up.
        var before = Places(period, BeforePeriod(period)).ToDictionary(p => p.Deal.Deal, p => Earned(table, period, p), StringComparer.Ordinal);
        var sum = 0m;
        foreach (var place in Places(period, period.Month))
        {
            sum += Earned(table, period, place) - before.GetValueOrDefault(place.Deal.Deal);
        }
        return sum;
    }

    public override string? WhyUnknown(PeriodContext period) => Table.WhyUnknown(period);

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

    private decimal Earned(RateTable table, PeriodContext period, in Place place) =>
        Limited(period, place.Deal.Rest, table.Earn(period.Stretch(place.From, place.From + place.Deal.Value)));

    private IEnumerable<(string Deal, ExplainNode Earned)> Explained(PeriodContext period, int last)
    {
        var table = Table.At(period)!;
        foreach (var (deal, from) in Places(period, last))
        {
            List<Band> bands = [];
            var earned = table.Earn(period.Stretch(from, from + deal.Value), bands);
            yield return (deal.Deal, Limited(period, deal.Deal, deal.Rest, BandNodes.Sum($"deal {deal.Deal}", table, earned, bands, period)));
        }
    }

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
            from += deal.Value;
        }
        return places;
    }
}
