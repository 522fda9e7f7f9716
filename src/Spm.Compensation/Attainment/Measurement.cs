using Spm.Compensation.Crediting;

namespace Spm.Compensation.Attainment;

public enum SubjectKind : byte
{
    Rep,
    Territory,
}

/// <summary>One measurement: what a subject has of a measure in a fiscal month (its number, see FiscalPeriod.No).</summary>
public readonly record struct MeasurementKey(SubjectKind Kind, int Subject, int Measure, int Month);

/// <summary>
/// Sums of credits in ten-thousandths, by the way they came, with the number of credits behind each. For a territory,
/// <see cref="Direct"/> is its own and <see cref="RollUp"/> that of the territories below.
/// </summary>
public record struct Measurement(long Direct, long Overlay, long RollUp, int DirectCount, int OverlayCount, int RollUpCount)
{
    public readonly bool IsEmpty => this == default;

    /// <summary>The sum of the credits that came in these ways, in ten-thousandths.</summary>
    public readonly long Of(CreditSources credits) =>
        ((credits & CreditSources.Direct) != 0 ? Direct : 0) + ((credits & CreditSources.Overlay) != 0 ? Overlay : 0) + ((credits & CreditSources.RollUp) != 0 ? RollUp : 0);

    public void Add(in Measurement other)
    {
        checked
        {
            Direct += other.Direct;
            Overlay += other.Overlay;
            RollUp += other.RollUp;
            DirectCount += other.DirectCount;
            OverlayCount += other.OverlayCount;
            RollUpCount += other.RollUpCount;
        }
    }
}
