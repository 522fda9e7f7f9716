namespace Spm.Connectors.Hosting.Http;

/// <summary>Takes secrets out of every line, whoever wrote it: as they are, URL-escaped, and in base64, as Basic authentication has them.</summary>
public sealed class RedactingLog : IConnectorLog
{
    /// <summary>Shorter secrets would black out half of what people write.</summary>
    private const int ShortestSecret = 4;

    /// <summary>Secrets that rotate are used up soon: so many of the last ones are taken out.</summary>
    private const int Rotated = 16;

    private readonly IConnectorLog _inner;
    private readonly string[] _fixed;
    private readonly Queue<string> _rotated = new();
    private volatile string[] _forms;

    public RedactingLog(IConnectorLog inner, IEnumerable<string> secrets)
    {
        _inner = inner;
        _fixed = [.. secrets];
        _forms = FormsOf(_fixed);
    }

    /// <summary>A secret that came meanwhile.</summary>
    public void Learn(string secret)
    {
        lock (_rotated)
        {
            if (_rotated.Contains(secret))
            {
                return;
            }
            _rotated.Enqueue(secret);
            if (_rotated.Count > Rotated)
            {
                _rotated.Dequeue();
            }
            _forms = FormsOf(_fixed.Concat(_rotated));
        }
    }

    public void Write(LogLevel level, string message) => _inner.Write(level, Redact(message));

    public string Redact(string text) => _forms.Aggregate(text, (t, s) => t.Replace(s, "***", StringComparison.Ordinal));

    /// <summary>An error as it may be told: some vendors say which token they have refused.</summary>
    public ConnectorException Redact(ConnectorException error) => Redact(error.Message) is var told && told == error.Message ? error
        : new ConnectorException(error.Kind, told) { RetryAfter = error.RetryAfter, Field = error.Field };

    private static string[] FormsOf(IEnumerable<string> secrets) =>
        [.. secrets.Where(s => s.Length >= ShortestSecret).SelectMany(Forms).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length)];

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret));
        yield return Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret + ":x"));
        yield return Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret + ":"));
    }
}
