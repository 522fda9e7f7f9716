namespace Spm.Connectors.HubSpot;

/// <summary>
/// Where a read of deals or line items stands. First come living objects in the order of their last change, then the archived ones.
/// </summary>
internal sealed record Position
{
    /// <summary>Changes at this millisecond or later are still to be read.</summary>
    public long From { get; init; }

    /// <summary>Not null: so many objects share the millisecond that they are read by id; those up to this one have been.</summary>
    public long? AfterId { get; init; }

    /// <summary>Objects archived at this millisecond or later are told. Where the run began.</summary>
    public long ArchivedFrom { get; init; }

    /// <summary>Living objects have been read; the list of archived ones is at <see cref="After"/>.</summary>
    public bool InArchive { get; init; }

    public string? After { get; init; }

    /// <summary>The run is over. The next one looks back a little, because search shows changes late.</summary>
    public bool Done { get; init; }
}
