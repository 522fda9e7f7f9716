using Orleans;
using Spm.Compensation.Attainment;

namespace Spm.Platform.Grains;

/// <summary>A change of one measurement of one subject, as it is sent to the grain that holds the subject live.</summary>
[GenerateSerializer, Immutable, Alias("spm.measured")]
public readonly record struct MeasuredChange(
    [property: Id(0)] int Measure,
    [property: Id(1)] int Month,
    [property: Id(2)] long Direct,
    [property: Id(3)] long Overlay,
    [property: Id(4)] long RollUp,
    [property: Id(5)] int DirectCount,
    [property: Id(6)] int OverlayCount,
    [property: Id(7)] int RollUpCount)
{
    public static MeasuredChange Of(MeasurementKey key, in Measurement change) => new(
        key.Measure, key.Month, change.Direct, change.Overlay, change.RollUp, change.DirectCount, change.OverlayCount, change.RollUpCount);

    public Measurement Change => new(Direct, Overlay, RollUp, DirectCount, OverlayCount, RollUpCount);
}
