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

    public override string ToString() => To is null ? $"{From:O}.." : $"{From:O}..{To:O}";
}
