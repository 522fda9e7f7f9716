namespace Spm.Compensation.Engine;

/// <summary>
/// A rep's credits by deal, for rules that look at each deal by itself: a refund stands with the sale it takes back, so that a capped sale and its
/// refund leave nothing. Deals are walked in the order of their keys, whatever the order in which they came.
/// </summary>
/// <remarks>It keeps the lines of other years as well: a refund finds the sale of the year before, and a hold the cash of the year after.</remarks>
public sealed partial class DealBook
{
    /// <summary>The month of lines that lie before the year.</summary>
    internal const int Earlier = -1;

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

    private CreditContext Context(CreditLine line, decimal amount, decimal? margin) => new(_year) { Line = line, Amount = amount, Margin = margin };

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
