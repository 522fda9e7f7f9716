namespace Spm.Compensation.RateTables.Interpolated;

/// <summary>What grows inside the tiers of an interpolated table.</summary>
public enum Grows : byte
{
    /// <summary>The rate: the whole value is paid at the rate reached.</summary>
    Rate,

    /// <summary>What is earned: its level goes from one amount to the other.</summary>
    Level,
}

/// <summary>
/// From (included) and to (not included) in the table's basis; <c>Start</c> and <c>End</c> are what grows, at from and at to. Where
/// nothing grows they are the same, as they must be in a tier without end.
/// </summary>
public readonly record struct InterpolatedTier(decimal From, decimal? To, decimal Start, decimal End)
{
    public bool IsConstant => Start == End;
}
