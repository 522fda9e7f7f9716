namespace Spm.Connectors;

/// <summary>
/// Base64 of HMAC-SHA256 over method, URI, body and the milliseconds of <c>X-HubSpot-Request-Timestamp</c>. The URI is signed with some
/// of its escapes undone, the ones HubSpot lists.
/// </summary>
public sealed record HubSpotV3Scheme : WebhookScheme
{
    private static readonly (string Escaped, string Plain)[] Undone =
    [
        ("%3A", ":"), ("%2F", "/"), ("%3F", "?"), ("%40", "@"), ("%21", "!"), ("%24", "$"), ("%27", "'"), ("%28", "("), ("%29", ")"),
        ("%2A", "*"), ("%2C", ","), ("%3B", ";"),
    ];

    public override WebhookVerdict Verify(WebhookRequest request, string secret, DateTimeOffset now)
    {
        if (request.Header("X-HubSpot-Signature-v3") is not { } given || request.Header("X-HubSpot-Request-Timestamp") is not { } stamp)
        {
            return WebhookVerdict.SignatureMissing;
        }
        if (!Signatures.TryBase64(given, out var signature) || !Signatures.TryWhole(stamp, out var milliseconds))
        {
            return WebhookVerdict.SignatureMalformed;
        }
        if (!Signatures.IsNear(milliseconds, now))
        {
            return WebhookVerdict.TimestampOutsideTolerance;
        }
        var uri = Undone.Aggregate(request.Uri.AbsoluteUri, (u, e) => u.Replace(e.Escaped, e.Plain, StringComparison.OrdinalIgnoreCase));
        var expected = Signatures.Sum(
            Signatures.Bytes(secret).Span, Signatures.Bytes(request.Method.ToUpperInvariant() + uri), request.Body, Signatures.Bytes(stamp));
        return Signatures.Same(expected, signature) ? WebhookVerdict.Genuine : WebhookVerdict.SignatureWrong;
    }
}
