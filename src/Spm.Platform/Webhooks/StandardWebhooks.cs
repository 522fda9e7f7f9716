using System.Security.Cryptography;
using System.Text;
using Spm.Platform.Kernel;

namespace Spm.Platform.Webhooks;

/// <summary>
/// What is sent, by the public specification Standard Webhooks 1.0: the headers webhook-id, webhook-timestamp and webhook-signature over
/// `id.timestamp.body`, one signature for each secret that is valid.
/// </summary>
public static class StandardWebhooks
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string SecretPrefix = "whsec_";
    private const int SecretBytes = 32;

    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <param name="data">JSON.</param>
    public static string Body(string type, long at, string data) => $$"""{"type":"{{type}}","timestamp":"{{Wire.Instant(at)}}","data":{{data}}}""";

    /// <param name="timestamp">Unix seconds of the attempt.</param>
    public static string Signatures(string id, long timestamp, string body, IEnumerable<string> secrets)
    {
        var signed = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}.{timestamp}.{body}"));
        return string.Join(' ', secrets.Select(s => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(s[SecretPrefix.Length..]), signed))));
    }
}
