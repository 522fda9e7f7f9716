namespace Spm.Connectors;

/// <summary>The only exception a connector throws on purpose. Its message is shown to people and must not hold a secret.</summary>
public sealed class ConnectorException(ErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public ErrorKind Kind { get; } = kind;

    /// <summary>How long the vendor asks to wait, where it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The field of the configuration it is about, as an RFC 6901 pointer.</summary>
    public string? Field { get; init; }

    public override string ToString() => $"{Kind}: {base.ToString()}";
}
