namespace Orleans;

/// <summary>Why an activation ended.</summary>
public readonly struct DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
{
    /// <summary>A reason without an exception.</summary>
    public DeactivationReason(DeactivationReasonCode code, string text) : this(code, null, text) { }

    /// <summary>The reason in words.</summary>
    public string Description { get; } = text;

    /// <summary>The reason as a code.</summary>
    public DeactivationReasonCode ReasonCode { get; } = code;

    /// <summary>The exception that led to it, if one did.</summary>
    public Exception? Exception { get; } = exception;

    /// <inheritdoc/>
    public override string ToString() =>
        Exception is null ? $"{ReasonCode}: {Description}" : $"{ReasonCode}: {Description}. Exception: {Exception}";
}

/// <summary>Why an activation ended. This host uses the codes from <see cref="ShuttingDown"/> on that its one process can have.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>No reason.</summary>
    None,
    /// <summary>The host stops.</summary>
    ShuttingDown,
    /// <summary>The grain could not be activated.</summary>
    ActivationFailed,
    /// <summary>Cluster only.</summary>
    DirectoryFailure,
    /// <summary>The grain was not called for its collection age.</summary>
    ActivationIdle,
    /// <summary>Cluster only.</summary>
    ActivationUnresponsive,
    /// <summary>Cluster only.</summary>
    DuplicateActivation,
    /// <summary>Cluster only.</summary>
    IncompatibleRequest,
    /// <summary>A call failed in a way that leaves the grain's memory untrustworthy.</summary>
    ApplicationError,
    /// <summary>The grain asked for it.</summary>
    ApplicationRequested,
    /// <summary>Cluster only.</summary>
    Migrating,
    /// <summary>Cluster only.</summary>
    RuntimeRequested,
    /// <summary>Cluster only.</summary>
    HighMemoryPressure,
}
