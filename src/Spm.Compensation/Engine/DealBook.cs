using Spm.Compensation.Amounts;
using Spm.Compensation.Exactness;

namespace Spm.Compensation.Engine;

/// <summary>
/// A rep's credits by deal, for rules that look at each deal by itself: a refund stands with the sale it takes back, so that a capped sale and its
/// refund leave nothing. Deals are walked in the order of their keys, whatever the order in which they came.
/// </summary>
/// <remarks>It keeps the lines of other years as well: a refund finds the sale of the year before, and a hold the cash of the year after.</remarks>
public sealed class DealBook
{
    /// <summary>The month of lines that lie before the year.</summary>
    internal const int Earlier = -1;

    /// <summary>Thirds of a sale and of its refunds may leave one of the last digits: that is nothing.</summary>
    private const int DecimalsOfNothing = 12;

    private readonly SortedDictionary<string, List<Entry>> _deals = new(StringComparer.Ordinal);
    private readonly VersionState _state;
    private readonly RepYear _year;
    private readonly VersionRules _version;

    /// <summary>Whether lines are kept at all.</summary>
    public bool IsKept { get; }

    internal DealBook(VersionState state)
    {
        (_state, _year, _version) = (state, state.Year, state.Version);
        IsKept = _year.Inputs.KeepsDeals || _version.NeedsDeals;
    }

    private readonly record struct Entry(int Month, CreditLine Line, decimal Amount, decimal? Margin);

    /// <summary>A deal as it stands: its lines together, and what the component counts of them.</summary>
    /// <param name="Credit">With the facts of the first line that sells.</param>
    public readonly record struct Standing(string Deal, CreditContext Credit, decimal Value, DealRest Rest);

    internal void Clear() => _deals.Clear();

    internal void Add(CreditContext credit, int month, int sign)
    {
        var line = credit.Line;
        if (!_deals.TryGetValue(line.Deal, out var entries))
        {
            _deals.Add(line.Deal, entries = []);
        }
        var entry = new Entry(month, line, credit.Amount, credit.Margin);
        if (sign > 0)
        {
            // In the order of their days, whatever the order in which they came: values that do not divide evenly sum up to the last digit alike.
            var at = entries.FindIndex(e => InOrder(entry, e) < 0);
            entries.Insert(at < 0 ? entries.Count : at, entry);
        }
        else if (!entries.Remove(entry))
        {
            throw new InvalidOperationException($"A credit of {line.Transaction} is taken away that was not there.");
        }
    }

    /// <summary>What the component counts of each deal in the months from one to another, both included, and the first of its days there.</summary>
    public IEnumerable<(string Deal, DateOnly SoldOn, decimal Value)> Counted(ComponentRule component, int first, int last) =>
        In(component, first, last).Select(d => (d.Deal, d.Credit.Line.Date, d.Value));

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

    /// <summary>Adds up what a tally with dates counts of a deal, month by month. A refund is counted where the sale is that it takes back.</summary>
    /// <param name="unknown">Told of a line that counts and whose value is not known.</param>
    internal void Sum(string deal, int tally, Action<int, decimal> add, Action<int, UnknownValue> unknown)
    {
        if (!_deals.TryGetValue(deal, out var entries))
        {
            return;
        }
        var (rule, measure) = (_version.Tallies[tally], _version.Measures[_version.Tallies[tally].Measure]);
        var soldOn = SoldOn(rule, measure, entries);
        foreach (var entry in entries)
        {
            if (!IsOfYear(entry) || !rule.Counts(entry.Line, soldOn) || Context(entry.Line, entry.Amount, entry.Margin) is not { } credit || !measure.Counts(credit))
            {
                continue;
            }
            if (measure.Value.Number(credit) is not { } value)
            {
                unknown(entry.Month, new UnknownValue(entry.Line.Transaction, entry.Line.Kind, entry.Amount));
            }
            else if (value != 0m)
            {
                add(entry.Month, value);
            }
        }
    }

    /// <summary>For each deal that is refunded in a month, the day that decides whether a tally with dates counts the refund.</summary>
    public IReadOnlyDictionary<string, DateOnly> SoldOn(int tally, int month)
    {
        var (rule, measure) = (_version.Tallies[tally], _version.Measures[_version.Tallies[tally].Measure]);
        Dictionary<string, DateOnly> days = new(StringComparer.Ordinal);
        foreach (var (deal, entries) in _deals)
        {
            if (entries.Exists(e => e.Month == month && e.Line.TakesBack) && SoldOn(rule, measure, entries) is { } day)
            {
                days.Add(deal, day);
            }
        }
        return days;
    }

    /// <summary>All lines of all years, deal by deal, those of a deal in no order.</summary>
    public IEnumerable<(string Deal, CreditLine Line)> All => _deals.SelectMany(d => d.Value.Select(e => (d.Key, e.Line)));

    /// <summary>All lines of a deal, of all years, with their amounts in the plan's currency, in the order of their days.</summary>
    public IReadOnlyList<(CreditLine Line, decimal Amount)> Lines(string deal)
    {
        List<Entry> entries = [.. _deals.GetValueOrDefault(deal) ?? []];
        entries.Sort(InOrder);
        return [.. entries.Select(e => (e.Line, e.Amount))];
    }

    /// <summary>The lines of a month that a tally counts, with what the measure counts of each, in the order of their days.</summary>
    internal IReadOnlyList<(CreditLine Line, decimal Counted)> Counted(int tally, int month)
    {
        var rule = _version.Tallies[tally];
        var measure = _version.Measures[rule.Measure];
        List<(Entry Entry, decimal Counted)> counted = [];
        foreach (var entries in _deals.Values)
        {
            var soldOn = SoldOn(rule, measure, entries);
            foreach (var entry in entries)
            {
                if (entry.Month == month && rule.Counts(entry.Line, soldOn) && Count(measure, entry) is { } value)
                {
                    counted.Add((entry, value));
                }
            }
        }
        counted.Sort((a, b) => InOrder(a.Entry, b.Entry));
        return [.. counted.Select(c => (c.Entry.Line, c.Counted))];
    }

    /// <summary>What a tally counts of the days before the year, from one on.</summary>
    internal decimal CountedBefore(int tally, DateOnly from)
    {
        var (rule, sum) = (_version.Tallies[tally], 0m);
        var measure = _version.Measures[rule.Measure];
        foreach (var entries in _deals.Values)
        {
            if (entries.Exists(e => e.Month == Earlier && e.Line.Date >= from))
            {
                var soldOn = SoldOn(rule, measure, entries);
                sum += entries.Where(e => e.Month == Earlier && e.Line.Date >= from && rule.Counts(e.Line, soldOn)).Sum(e => Count(measure, e) ?? 0m);
            }
        }
        return sum;
    }

    /// <summary>The earliest day of a deal that has lines, news about it aside where there are others.</summary>
    public DateOnly DateOf(string deal)
    {
        var lines = _deals[deal].Select(e => e.Line).ToList();
        var sales = lines.Where(l => !l.IsNews && !l.TakesBack).ToList();
        return (sales.Count > 0 ? sales : lines).Min(l => l.Date);
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
        return new Standing(deal, credit, sum, takesBack ? RestOf(measure, counted) : DealRest.Some);
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

    /// <summary>In the currency of the lines where they have one, so that no rate of another day leaves a rest.</summary>
    private DealRest RestOf(MeasureRule measure, List<(Entry Entry, decimal Value)> counted)
    {
        var (sold, rest, rounded) = (0m, 0m, 0m);
        var currency = counted[0].Entry.Line.Told.Currency;
        var isOneCurrency = currency is not null && counted.TrueForAll(c => c.Entry.Line.Told.Currency == currency);
        foreach (var (entry, value) in counted)
        {
            var told = entry.Line.Told;
            var own = isOneCurrency ? measure.Value.Number(Context(entry.Line, told.Amount, told.Margin)) ?? value : value;
            (sold, rest) = (entry.Line.TakesBack ? sold : sold + own, rest + own);
            rounded += entry.Line.Share == 1m ? 0m : TenThousandths.ToDecimal(1);
        }
        return decimal.Round(Math.Abs(rest), DecimalsOfNothing) <= rounded ? DealRest.None
            : sold == 0m || rest < 0m != sold < 0m ? DealRest.BelowNone
            : DealRest.Some;
    }

    /// <summary>The day of the first line of a deal that a tally counts, refunds aside; null when there is none, or the tally has no dates to ask for it.</summary>
    private DateOnly? SoldOn(TallyRule tally, MeasureRule measure, List<Entry> entries)
    {
        if (tally.Dates is null)
        {
            return null;
        }
        DateOnly? first = null;
        foreach (var entry in entries)
        {
            if (!entry.Line.TakesBack && (tally.Credits & entry.Line.Credit) != 0 && !(first <= entry.Line.Date) && Count(measure, entry) is not null)
            {
                first = entry.Line.Date;
            }
        }
        return first;
    }

    private decimal? Count(MeasureRule measure, in Entry entry) => measure.Of(Context(entry.Line, entry.Amount, entry.Margin));

    private bool IsOfYear(in Entry entry) => entry.Month >= 0 && entry.Month < _year.Months;

    private bool IsPaid(Entry entry) => IsOfYear(entry) && _state.OnPlan(entry.Month);

    private CreditContext Context(CreditLine line, decimal amount, decimal? margin) => new(_year) { Line = line, Amount = amount, Margin = margin };

    /// <summary>Lines that sell stand before those that take back or tell what became of the deal: these know less of it.</summary>
    private static int ForFacts(Entry a, Entry b)
    {
        var order = (a.Line.TakesBack || a.Line.IsNews).CompareTo(b.Line.TakesBack || b.Line.IsNews);
        return order != 0 ? order : InOrder(a, b);
    }

    /// <summary>By facts of the lines alone: two lines that nothing tells apart are interchangeable.</summary>
    private static int InOrder(Entry a, Entry b)
    {
        var order = a.Line.Date.CompareTo(b.Line.Date);
        order = order != 0 ? order : string.CompareOrdinal(a.Line.Transaction, b.Line.Transaction);
        order = order != 0 ? order : a.Line.Credit.CompareTo(b.Line.Credit);
        order = order != 0 ? order : string.CompareOrdinal(a.Line.Kind, b.Line.Kind);
        return order != 0 ? order : a.Amount.CompareTo(b.Amount);
    }
}
