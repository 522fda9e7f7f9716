namespace Spm.Connectors;

/// <summary>
/// A connection that understands its vendor's webhooks. They hint at what to read; polling is the truth. The host verifies the signature
/// by the manifest's scheme before this is asked.
/// </summary>
public interface IWebhookReceiver
{
    /// <summary>Which streams to read sooner. Must be quick, must not call the vendor, and must take what it does not know as no hint.</summary>
    /// <exception cref="ConnectorException">DataInvalid: not what the vendor's documents promise.</exception>
    IReadOnlyList<WebhookHint> Receive(WebhookRequest request);
}

/// <summary>A stream has changed; <paramref name="Key"/> names the record, where the vendor says so.</summary>
/// <param name="DeliveryId">The vendor's id of this event: one that was seen before is passed over.</param>
public sealed record WebhookHint(string Stream, string? Key, string? DeliveryId);

/// <summary>A delivery exactly as it came: signatures are over bytes. Header names are compared without case.</summary>
public sealed class WebhookRequest(string method, Uri uri, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body)
{
    /// <summary>Bytes.</summary>
    public const int MaxBody = 1024 * 1024;

    private readonly Dictionary<string, string> _headers = new(headers, StringComparer.OrdinalIgnoreCase);

    public string Method { get; } = method;

    /// <summary>The URI the vendor called: behind a proxy, not the one the host saw.</summary>
    public Uri Uri { get; } = uri;

    public ReadOnlyMemory<byte> Body { get; } = body;

    public string? Header(string name) => _headers.GetValueOrDefault(name);
}
