namespace Spm.Compensation.Engine;

/// <summary>
/// A rep's credits by deal, for rules that look at each deal by itself: a refund stands with the sale it takes back, so that a capped sale and its
/// refund leave nothing. Deals are walked in the order of their keys, whatever the order in which they came.
/// </summary>
public sealed class DealBook
{
    private readonly SortedDictionary<string, List<Entry>> _deals = new(StringComparer.Ordinal);
    private readonly RepYear _year;
    private readonly VersionRules _version;
    private readonly bool _isNeeded;

    /// <summary>Whether lines are kept at all.</summary>
    public bool IsKept => _isNeeded;

    internal DealBook(RepYear year, VersionRules version)
    {
        (_year, _version) = (year, version);
        _isNeeded = year.Inputs.KeepsDeals || version.Components.Any(c => c.Earning.PerDeal || c.Pay.NeedsDeals);
    }

    private readonly record struct Entry(int Month, CreditLine Line, decimal Amount, decimal? Margin);

    /// <summary>A deal as it stands at the end of a month: its lines together, and what the component counts of them.</summary>
    public readonly record struct Standing(string Deal, CreditContext Credit, decimal Value);

    internal void Clear() => _deals.Clear();

    internal void Add(CreditContext credit, int month, int sign)
    {
        if (!_isNeeded)
        {
            return;
        }
        var line = credit.Line;
        if (!_deals.TryGetValue(line.Deal, out var entries))
        {
            _deals.Add(line.Deal, entries = []);
        }
        var entry = new Entry(month, line, credit.Amount, credit.Margin);
        if (sign > 0)
        {
            entries.Add(entry);
        }
        else if (!entries.Remove(entry))
        {
            throw new InvalidOperationException($"A credit of {line.Transaction} is taken away that was not there.");
        }
    }

    /// <summary>The deals of which the component counts something in the months from one to another, both included.</summary>
    public IEnumerable<Standing> Of(ComponentRule component, int first, int last)
    {
        var tally = _version.Tallies[component.Tally];
        var measure = _version.Measures[tally.Measure];
        foreach (var (key, entries) in _deals)
        {
            Entry? earliest = null;
            decimal value = 0m, amount = 0m, quantity = 0m, margin = 0m;
            var hasMargin = false;
            foreach (var entry in entries)
            {
                if (entry.Month < first || entry.Month > last || !tally.Counts(entry.Line) || measure.Of(Context(entry.Line, entry.Amount, entry.Margin)) is not { } counted)
                {
                    continue;
                }
                (value, amount, quantity) = (value + counted, amount + entry.Amount, quantity + entry.Line.Quantity);
                (margin, hasMargin) = (margin + (entry.Margin ?? 0m), hasMargin || entry.Margin is not null);
                earliest = earliest is { } known && InOrder(known, entry) <= 0 ? known : entry;
            }
            if (earliest is { } deal)
            {
                yield return new Standing(key, Context(deal.Line with { Amount = amount, Quantity = quantity, Margin = hasMargin ? margin : null }, amount, hasMargin ? margin : null), value);
            }
        }
    }

    /// <summary>All lines of a deal, with their amounts in the plan's currency, in no order.</summary>
    public IEnumerable<(CreditLine Line, decimal Amount)> Lines(string deal) =>
        _deals.TryGetValue(deal, out var entries) ? entries.Select(e => (e.Line, e.Amount)) : [];

    /// <summary>The lines of a month that a tally counts, with what the measure counts of each, in the order of their days.</summary>
    internal IReadOnlyList<(CreditLine Line, decimal Counted)> Counted(int tally, int month)
    {
        var rule = _version.Tallies[tally];
        var measure = _version.Measures[rule.Measure];
        List<(Entry Entry, decimal Counted)> counted = [];
        foreach (var entry in _deals.Values.SelectMany(e => e))
        {
            if (entry.Month == month && rule.Counts(entry.Line) && measure.Of(Context(entry.Line, entry.Amount, entry.Margin)) is { } value)
            {
                counted.Add((entry, value));
            }
        }
        counted.Sort((a, b) => InOrder(a.Entry, b.Entry));
        return [.. counted.Select(c => (c.Entry.Line, c.Counted))];
    }

    /// <summary>The earliest day of a deal that has lines.</summary>
    public DateOnly DateOf(string deal) => _deals[deal].Min(e => e.Line.Date);

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
