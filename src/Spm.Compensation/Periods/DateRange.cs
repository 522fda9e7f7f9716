namespace Spm.Compensation.Periods;

/// <summary>
/// Days from <see cref="From"/> (included) to <see cref="To"/> (not included): ranges that follow each other share a
/// boundary and no day. No <see cref="To"/> means open-ended. An empty or backward range cannot be constructed.
/// </summary>
public readonly record struct DateRange
{
    public static readonly DateRange Always = new(DateOnly.MinValue, null);

    public DateRange(DateOnly from, DateOnly? to)
    {
        if (to <= from)
        {
            throw new ArgumentException($"A range from {from:O} cannot end at {to:O}: the end is the first day after it.", nameof(to));
        }
        From = from;
        To = to;
    }

    public DateOnly From { get; }

    public DateOnly? To { get; }

    public bool Contains(DateOnly day) => day >= From && (To is null || day < To);

    public bool Overlaps(DateRange other) => (other.To is null || From < other.To) && (To is null || other.From < To);

    /// <summary>2025-01-01..2025-07-01; an open beginning or end is left out: ..2025-07-01, 2025-01-01.., always.</summary>
    public override string ToString() => this == Always ? "always" : $"{(From == DateOnly.MinValue ? "" : $"{From:O}")}..{To:O}";
}
