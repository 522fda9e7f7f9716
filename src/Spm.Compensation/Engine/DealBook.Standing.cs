using Spm.Compensation.Amounts;
using Spm.Compensation.Exactness;

namespace Spm.Compensation.Engine;

/// <summary>Deals as they stand: what is left of each after its refunds.</summary>
public sealed partial class DealBook
{
    /// <summary>Thirds of a sale and of its refunds may leave one of the last digits: that is nothing.</summary>
    private const int DecimalsOfNothing = 12;

    /// <summary>A deal as it stands: its lines together, and what the component counts of them.</summary>
    /// <param name="Credit">With the facts of the first line that sells.</param>
    public readonly record struct Standing(string Deal, CreditContext Credit, decimal Value, DealRest Rest);

    /// <summary>The deals of which the component counts something in the months from one to another, both included, as these months alone know them.</summary>
    public IEnumerable<Standing> In(ComponentRule component, int first, int last)
    {
        foreach (var (key, entries) in _deals)
        {
            if (Stand(key, entries, component, e => e.Month >= first && e.Month <= last && IsPaid(e)) is { } standing)
            {
                yield return standing;
            }
        }
    }

    /// <summary>
    /// The deals of which the component counts something in the months from one to another, both included: as they stand then, and as they stood
    /// before; null where nothing of them was counted before. What lies in a month on another plan was there before.
    /// </summary>
    public IEnumerable<(Standing Now, Standing? Before)> Of(ComponentRule component, int first, int last)
    {
        foreach (var (key, entries) in _deals)
        {
            if (entries.Exists(e => IsOfSpan(e)) && Stand(key, entries, component, e => e.Month <= last) is { } now
                && Stand(key, entries, component, IsOfSpan) is not null)
            {
                yield return (now, Stand(key, entries, component, e => e.Month <= last && !IsOfSpan(e)));
            }
        }

        bool IsOfSpan(Entry entry) => entry.Month >= first && entry.Month <= last && IsPaid(entry);
    }

    private Standing? Stand(string deal, List<Entry> entries, ComponentRule component, Func<Entry, bool> isAsked)
    {
        var tally = _version.Tallies[component.Tally];
        var measure = _version.Measures[tally.Measure];
        var soldOn = SoldOn(tally, measure, entries);
        List<(Entry Entry, decimal Value)> counted = [];
        foreach (var entry in entries)
        {
            if (isAsked(entry) && tally.Counts(entry.Line, soldOn) && Count(measure, entry) is { } value)
            {
                counted.Add((entry, value));
            }
        }
        if (counted.Count == 0)
        {
            return null;
        }
        var first = counted[0].Entry;
        decimal sum = 0m, amount = 0m, quantity = 0m;
        var takesBack = false;
        foreach (var (entry, value) in counted)
        {
            (sum, amount, quantity) = (sum + value, amount + entry.Amount, quantity + entry.Line.Quantity);
            takesBack |= entry.Line.TakesBack;
            first = ForFacts(first, entry) <= 0 ? first : entry;
        }
        var margin = MarginOf(counted);
        var credit = Context(first.Line with { Amount = amount, Quantity = quantity, Margin = margin }, amount, margin);
        return new Standing(deal, credit, sum, takesBack ? RestOf(component, measure, counted) : DealRest.Some);
    }

    /// <summary>
    /// What is left of the margin; null where it is not known. A refund that tells none takes it back in proportion to the amount, at the margin of what was sold: were it
    /// not taken back at all, a refund would let the margin of what is left grow.
    /// </summary>
    private static decimal? MarginOf(List<(Entry Entry, decimal Value)> counted)
    {
        decimal margin = 0m, sold = 0m, soldMargin = 0m, silent = 0m;
        var isKnown = false;
        foreach (var (entry, _) in counted)
        {
            if (entry.Margin is not { } told)
            {
                silent += entry.Line.TakesBack ? entry.Amount : 0m;
                continue;
            }
            (margin, isKnown) = (margin + told, true);
            (sold, soldMargin) = entry.Line.TakesBack ? (sold, soldMargin) : (sold + entry.Amount, soldMargin + told);
        }
        return !isKnown ? null : silent == 0m ? margin : sold == 0m ? null : margin + Exact.Ratio(soldMargin, silent, sold);
    }

    /// <summary>
    /// In the currency of the lines where they have one, so that no rate of another day leaves a rest. Where something else is counted than is paid on, or
    /// nothing of any line, as of credit notes without a quantity, their amounts say what is left.
    /// </summary>
    private DealRest RestOf(ComponentRule component, MeasureRule measure, List<(Entry Entry, decimal Value)> counted)
    {
        var (sold, rest, rounded) = (0m, 0m, 0m);
        var currency = counted[0].Entry.Line.Told.Currency;
        var isOfAmounts = component.Earning.RestIsOfAmounts || counted.TrueForAll(c => c.Value == 0m);
        var isOneCurrency = currency is not null && counted.TrueForAll(c => c.Entry.Line.Told.Currency == currency);
        foreach (var (entry, value) in counted)
        {
            var told = entry.Line.Told;
            var own = isOfAmounts ? (isOneCurrency ? told.Amount : entry.Amount)
                : isOneCurrency ? measure.Value.Number(Context(entry.Line, told.Amount, told.Margin)) ?? value
                : value;
            (sold, rest) = (entry.Line.TakesBack ? sold : sold + own, rest + own);
            rounded += entry.Line.Share == 1m ? 0m : TenThousandths.ToDecimal(1);
        }
        return decimal.Round(Math.Abs(rest), DecimalsOfNothing) <= rounded ? DealRest.None
            : sold == 0m || rest < 0m != sold < 0m ? DealRest.BelowNone
            : DealRest.Some;
    }

    private bool IsPaid(Entry entry) => IsOfYear(entry) && _state.OnPlan(entry.Month);

    /// <summary>Lines that sell stand before those that take back or tell what became of the deal: these know less of it.</summary>
    private static int ForFacts(Entry a, Entry b)
    {
        var order = (a.Line.TakesBack || a.Line.IsNews).CompareTo(b.Line.TakesBack || b.Line.IsNews);
        return order != 0 ? order : InOrder(a, b);
    }
}
