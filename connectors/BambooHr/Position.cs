namespace Spm.Connectors.BambooHr;

/// <summary>The last employee that was read, in the order of their changes; within one instant by id.</summary>
/// <param name="Since">When it was changed.</param>
/// <param name="Done">Everything there was has been read: the next run looks back a little for what BambooHR shows late.</param>
internal sealed record Position(DateTimeOffset Since, string Id, bool Done = false)
{
    private static readonly TimeSpan Lookback = TimeSpan.FromMinutes(5);

    public static readonly Position Start = new(DateTimeOffset.UnixEpoch, "");

    /// <summary>Where a run begins to read.</summary>
    public Position Begin() => Done && Since > DateTimeOffset.UnixEpoch + Lookback ? new Position(Since - Lookback, "") : this with { Done = false };

    public bool IsBefore(DateTimeOffset changed, string id) => Since < changed || (Since == changed && string.CompareOrdinal(Id, id) < 0);
}
