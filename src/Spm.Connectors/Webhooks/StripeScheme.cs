namespace Spm.Connectors;

/// <summary><c>Stripe-Signature: t=seconds,v1=hex,…</c>: HMAC-SHA256 over "t.body". Several v1 stand there while a secret is rotated.</summary>
public sealed record StripeScheme : WebhookScheme
{
    public override WebhookVerdict Verify(WebhookRequest request, string secret, DateTimeOffset now)
    {
        if (request.Header("Stripe-Signature") is not { } header)
        {
            return WebhookVerdict.SignatureMissing;
        }
        string? stamp = null;
        List<byte[]> signatures = [];
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("t=", StringComparison.Ordinal))
            {
                stamp ??= part[2..];
            }
            else if (part.StartsWith("v1=", StringComparison.Ordinal) && Signatures.TryHex(part[3..], out var signature))
            {
                signatures.Add(signature);
            }
        }
        if (!Signatures.TryWhole(stamp, out var seconds) || signatures.Count == 0)
        {
            return WebhookVerdict.SignatureMalformed;
        }
        if (!Signatures.IsNear(seconds * 1000, now))
        {
            return WebhookVerdict.TimestampOutsideTolerance;
        }
        var expected = Signatures.Sum(Signatures.Bytes(secret).Span, Signatures.Bytes(stamp + "."), request.Body);
        return signatures.Exists(s => Signatures.Same(expected, s)) ? WebhookVerdict.Genuine : WebhookVerdict.SignatureWrong;
    }
}
