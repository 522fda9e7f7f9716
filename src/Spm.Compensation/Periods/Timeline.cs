namespace Spm.Compensation.Periods;

/// <summary>What holds when: dated values of which no two overlap, in order of their dates. Days between them hold nothing.</summary>
public sealed class Timeline<T>
{
    public static readonly Timeline<T> Empty = new([]);

    private readonly Dated<T>[] _entries;

    private Timeline(Dated<T>[] entries) => _entries = entries;

    public IReadOnlyList<Dated<T>> Entries => _entries;

    public static Timeline<T> Always(T value) => new([new Dated<T>(DateRange.Always, value)]);

    /// <summary>False, naming the first pair, when two of the entries share a day.</summary>
    public static bool TryCreate(IEnumerable<Dated<T>> entries, out Timeline<T> timeline, out (Dated<T> First, Dated<T> Second) overlap)
    {
        var sorted = entries.OrderBy(e => e.Range.From).ToArray();
        overlap = default;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i - 1].Range.Overlaps(sorted[i].Range))
            {
                overlap = (sorted[i - 1], sorted[i]);
                timeline = Empty;
                return false;
            }
        }
        timeline = sorted.Length == 0 ? Empty : new Timeline<T>(sorted);
        return true;
    }

    public bool TryAt(DateOnly day, out T value)
    {
        // Newest first: most questions are about the current assignment, and the lists are short.
        for (var i = _entries.Length - 1; i >= 0; i--)
        {
            if (_entries[i].Range.Contains(day))
            {
                value = _entries[i].Value;
                return true;
            }
        }
        value = default!;
        return false;
    }
}

public readonly record struct Dated<T>(DateRange Range, T Value);
