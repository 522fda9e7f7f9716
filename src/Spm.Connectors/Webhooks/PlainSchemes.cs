using System.Text;

namespace Spm.Connectors;

/// <summary>
/// A header with the hex of HMAC-SHA256 over the body, perhaps after <c>sha256=</c>. Nothing in it ages: a delivery that is replayed is
/// told apart by its id alone.
/// </summary>
public sealed record HmacHexScheme(string HeaderName) : WebhookScheme
{
    public override WebhookVerdict Verify(WebhookRequest request, string secret, DateTimeOffset now)
    {
        if (request.Header(HeaderName) is not { } header)
        {
            return WebhookVerdict.SignatureMissing;
        }
        var hex = header.StartsWith("sha256=", StringComparison.Ordinal) ? header["sha256=".Length..] : header;
        if (!Signatures.TryHex(hex, out var signature))
        {
            return WebhookVerdict.SignatureMalformed;
        }
        return Signatures.Same(Signatures.Sum(Signatures.Bytes(secret).Span, request.Body), signature)
            ? WebhookVerdict.Genuine
            : WebhookVerdict.SignatureWrong;
    }
}

/// <summary>HTTP Basic: the secret is <c>user:password</c>. All that some vendors have.</summary>
public sealed record BasicScheme : WebhookScheme
{
    public override WebhookVerdict Verify(WebhookRequest request, string secret, DateTimeOffset now)
    {
        if (request.Header("Authorization") is not { } header)
        {
            return WebhookVerdict.SignatureMissing;
        }
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || !Signatures.TryBase64(header["Basic ".Length..].Trim(), out var given))
        {
            return WebhookVerdict.SignatureMalformed;
        }
        // Sums are compared, so that not even the length of the secret shows in the time.
        var key = Signatures.Bytes("basic").Span;
        return Signatures.Same(Signatures.Sum(key, Encoding.UTF8.GetBytes(secret)), Signatures.Sum(key, given))
            ? WebhookVerdict.Genuine
            : WebhookVerdict.SignatureWrong;
    }
}
