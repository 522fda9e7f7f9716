namespace Spm.Connectors;

/// <summary>How a vendor proves that a delivery is its own.</summary>
public abstract record WebhookScheme
{
    /// <summary>How far a signed time may be from ours, either way.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Holds a delivery against the secret. Compares in constant time and never throws on what a stranger may send.</summary>
    public abstract WebhookVerdict Verify(WebhookRequest request, string secret, DateTimeOffset now);

    /// <summary>Schemes by the names that manifests use. <paramref name="header"/> is for <c>hmac_sha256_hex</c> alone.</summary>
    /// <returns>Null if there is no such scheme.</returns>
    public static WebhookScheme? Named(string name, string? header) => name switch
    {
        "hubspot_v3" => new HubSpotV3Scheme(),
        "stripe" => new StripeScheme(),
        "standard_webhooks" => new StandardWebhooksScheme(),
        "hmac_sha256_hex" when header is not null => new HmacHexScheme(header),
        "basic" => new BasicScheme(),
        _ => null,
    };
}

/// <summary>Why a delivery was refused, or that it was not.</summary>
public enum WebhookVerdict
{
    Genuine,
    SignatureMissing,
    SignatureMalformed,
    TimestampOutsideTolerance,
    SignatureWrong,
}
