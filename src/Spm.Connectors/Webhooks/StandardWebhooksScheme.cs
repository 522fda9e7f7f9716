namespace Spm.Connectors;

/// <summary>
/// Standard Webhooks: <c>webhook-signature: v1,base64 …</c>, HMAC-SHA256 over "id.timestamp.body" with the secret's bytes, which are
/// base64 after <c>whsec_</c>.
/// </summary>
public sealed record StandardWebhooksScheme : WebhookScheme
{
    public override WebhookVerdict Verify(WebhookRequest request, string secret, DateTimeOffset now)
    {
        if (request.Header("webhook-id") is not { } id
            || request.Header("webhook-timestamp") is not { } stamp
            || request.Header("webhook-signature") is not { } header)
        {
            return WebhookVerdict.SignatureMissing;
        }
        var key = secret.StartsWith("whsec_", StringComparison.Ordinal) ? secret["whsec_".Length..] : secret;
        List<byte[]> signatures = [];
        foreach (var part in header.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.StartsWith("v1,", StringComparison.Ordinal) && Signatures.TryBase64(part[3..], out var signature))
            {
                signatures.Add(signature);
            }
        }
        if (!Signatures.TryWhole(stamp, out var seconds) || signatures.Count == 0 || !Signatures.TryBase64(key, out var bytes))
        {
            return WebhookVerdict.SignatureMalformed;
        }
        if (!Signatures.IsNear(seconds * 1000, now))
        {
            return WebhookVerdict.TimestampOutsideTolerance;
        }
        var expected = Signatures.Sum(bytes, Signatures.Bytes($"{id}.{stamp}."), request.Body);
        return signatures.Exists(s => Signatures.Same(expected, s)) ? WebhookVerdict.Genuine : WebhookVerdict.SignatureWrong;
    }
}
