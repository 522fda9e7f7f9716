using Spm.Compensation.Periods;

namespace Spm.Compensation.Quotas.Proration;

/// <summary>
/// A set of days, as ranges <c>[from, to)</c> in order that neither share a day nor touch. Made of the days a rep is hired, on the
/// plan, on leave: <see cref="And"/> and <see cref="Without"/> put them together.
/// </summary>
public sealed class DaySet
{
    public static readonly DaySet Always = new([(0, Open)]);

    public static readonly DaySet None = new([]);

    private const int Open = int.MaxValue;

    private readonly (int From, int To)[] _ranges;

    private DaySet((int From, int To)[] ranges) => _ranges = ranges;

    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>Ranges in any order; they may overlap.</summary>
    public static DaySet Of(params IEnumerable<DateRange> ranges)
    {
        List<(int From, int To)> merged = [];
        foreach (var (from, to) in ranges.Select(r => (From: r.From.DayNumber, To: r.To?.DayNumber ?? Open)).Order())
        {
            if (merged.Count > 0 && from <= merged[^1].To)
            {
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, to));
            }
            else
            {
                merged.Add((from, to));
            }
        }
        return new DaySet([.. merged]);
    }

    public bool Contains(DateOnly day) => Array.Exists(_ranges, r => day.DayNumber >= r.From && day.DayNumber < r.To);

    /// <summary>The days in both.</summary>
    public DaySet And(DaySet other)
    {
        List<(int, int)> both = [];
        foreach (var a in _ranges)
        {
            foreach (var b in other._ranges)
            {
                if (Math.Max(a.From, b.From) is var from && Math.Min(a.To, b.To) is var to && from < to)
                {
                    both.Add((from, to));
                }
            }
        }
        return new DaySet([.. both]);
    }

    /// <summary>The days that are not in the other.</summary>
    public DaySet Without(DaySet other)
    {
        List<(int, int)> outside = [];
        var from = 0;
        foreach (var range in other._ranges)
        {
            if (from < range.From)
            {
                outside.Add((from, range.From));
            }
            from = range.To;
        }
        if (from < Open)
        {
            outside.Add((from, Open));
        }
        return And(new DaySet([.. outside]));
    }

    /// <summary>How many days of <c>[from, to)</c> are in the set.</summary>
    public int CountIn(DateOnly from, DateOnly to) =>
        _ranges.Sum(r => Math.Max(0, Math.Min(r.To, to.DayNumber) - Math.Max(r.From, from.DayNumber)));
}
