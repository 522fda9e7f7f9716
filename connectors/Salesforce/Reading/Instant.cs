using System.Globalization;

namespace Spm.Connectors.Salesforce;

/// <summary>Salesforce's times: <c>2025-04-02T08:15:30.000+0000</c> in JSON, <c>2025-04-02T08:15:30.000Z</c> in CSV and in queries.</summary>
internal static class Instant
{
    private const string JsonEnd = "+0000";

    /// <summary>As CSV writes it, so that a field has one text whichever way it came. Other texts stay as they are.</summary>
    public static string Plain(string text) =>
        text.Length == 28 && text[10] == 'T' && text.EndsWith(JsonEnd, StringComparison.Ordinal) ? string.Concat(text.AsSpan(0, 23), "Z") : text;

    /// <exception cref="ConnectorException">RemoteBug: it is no time.</exception>
    public static DateTimeOffset Read(string? text) =>
        DateTimeOffset.TryParse(text is null ? null : Plain(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new ConnectorException(ErrorKind.RemoteBug, $"Salesforce's '{text}' is no time.");

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
