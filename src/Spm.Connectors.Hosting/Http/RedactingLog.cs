namespace Spm.Connectors.Hosting.Http;

/// <summary>Takes secrets out of every line, whoever wrote it: as they are, URL-escaped, and in base64, as Basic authentication has them.</summary>
public sealed class RedactingLog : IConnectorLog
{
    /// <summary>Shorter secrets would black out half of what people write.</summary>
    private const int ShortestSecret = 4;

    private readonly IConnectorLog _inner;
    private readonly string[] _secrets;

    public RedactingLog(IConnectorLog inner, IEnumerable<string> secrets)
    {
        _inner = inner;
        _secrets =
        [
            .. secrets.Where(s => s.Length >= ShortestSecret)
                .SelectMany(Forms)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(s => s.Length),
        ];
    }

    public void Write(LogLevel level, string message) => _inner.Write(level, Redact(message));

    public string Redact(string text) => _secrets.Aggregate(text, (t, s) => t.Replace(s, "***", StringComparison.Ordinal));

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret));
        yield return Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret + ":x"));
        yield return Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret + ":"));
    }
}
