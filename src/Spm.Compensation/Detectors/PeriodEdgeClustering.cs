using Spm.Compensation.Engine;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Detectors;

public enum PeriodEdge : byte
{
    /// <summary>The first days of periods: deals were held back until the period began.</summary>
    Start,

    /// <summary>The last days of periods: deals were brought forward into the period.</summary>
    End,
}

/// <summary>More of a rep's sales lie at the edges of periods than chance explains.</summary>
/// <param name="Deals">At the edges, of <paramref name="OfDeals"/> in all.</param>
/// <param name="Expected">How many would lie there if every day were alike.</param>
/// <param name="Deviations">By how many standard deviations of the binomial distribution there are more.</param>
/// <param name="Amount">Sold at the edges, in the currency of the credits.</param>
public sealed record ClusteredDeals(PeriodEdge Edge, int Deals, int OfDeals, decimal Expected, decimal Deviations, decimal Amount, IReadOnlyList<string> Transactions);

/// <summary>Looks at when in its period each sale of a rep was made.</summary>
public static class PeriodEdgeClustering
{
    /// <summary>Fewer sales say nothing.</summary>
    public const int LeastDeals = 10;

    /// <param name="span">The period whose edges matter: that of the plan's attainment.</param>
    /// <param name="days">How many days at either edge count, 1 or more.</param>
    /// <param name="least">Standard deviations from which on it is told; 3 lets chance through about once in a thousand reps.</param>
    /// <returns>None, one or both edges. The order of the credits does not matter.</returns>
    public static IReadOnlyList<ClusteredDeals> Find(IReadOnlyList<CreditLine> credits, FiscalCalendar calendar, PeriodKind span, int days, decimal least = 3m)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var sales = credits.Where(l => !l.IsNews && l.Amount > 0m)
            .Select(l => (Line: l, Span: calendar.MonthOf(l.Date)?.Span(span))).Where(s => s.Span is not null)
            .OrderBy(s => s.Line.Date).ThenBy(s => s.Line.Transaction, StringComparer.Ordinal).ToList();
        if (sales.Count < LeastDeals)
        {
            return [];
        }
        var spans = sales.Select(s => s.Span!).DistinctBy(s => s.Id).ToList();
        var edgeDays = spans.Sum(s => Math.Min(days, s.To.DayNumber - s.From.DayNumber));
        var share = (decimal)edgeDays / spans.Sum(s => s.To.DayNumber - s.From.DayNumber);
        var expected = sales.Count * share;
        var deviation = (decimal)Math.Sqrt((double)(expected * (1m - share)));
        List<ClusteredDeals> found = [];
        foreach (var edge in Enum.GetValues<PeriodEdge>())
        {
            var there = sales.Where(s => IsAt(edge, s.Line.Date, s.Span!, days)).Select(s => s.Line).ToList();
            if (deviation > 0m && (there.Count - expected) / deviation is var deviations && deviations >= least)
            {
                found.Add(new ClusteredDeals(
                    edge, there.Count, sales.Count, expected, decimal.Round(deviations, 2, MidpointRounding.ToEven), there.Sum(l => l.Amount), [.. there.Select(l => l.Transaction)]));
            }
        }
        return found;
    }

    private static bool IsAt(PeriodEdge edge, DateOnly day, FiscalPeriod span, int days) => edge == PeriodEdge.Start
        ? day.DayNumber - span.From.DayNumber < days
        : span.To.DayNumber - day.DayNumber <= days;
}
