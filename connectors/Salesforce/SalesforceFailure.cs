using System.Net;
using System.Text.Json;

namespace Spm.Connectors.Salesforce;

/// <summary>What Salesforce's error codes mean; where it has none of these, the status says it as everywhere.</summary>
internal static class SalesforceFailure
{
    private const string SessionOver = "INVALID_SESSION_ID";

    /// <summary>How long a limit that is no daily one is given.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(30);

    /// <summary>A <c>INVALID_QUERY_LOCATOR</c> is transient: checkpoints know a time and an id, from which the query is simply asked again.</summary>
    private static readonly Dictionary<string, ErrorKind> Kinds = new(StringComparer.Ordinal)
    {
        [SessionOver] = ErrorKind.Auth,
        ["REQUEST_LIMIT_EXCEEDED"] = ErrorKind.RateLimited,
        ["INVALID_FIELD"] = ErrorKind.SchemaChanged,
        ["INVALID_TYPE"] = ErrorKind.SchemaChanged,
        ["UNABLE_TO_LOCK_ROW"] = ErrorKind.Transient,
        ["QUERY_TIMEOUT"] = ErrorKind.Transient,
        ["SERVER_UNAVAILABLE"] = ErrorKind.Transient,
        ["INVALID_QUERY_LOCATOR"] = ErrorKind.Transient,
        ["INVALID_REPLICATION_DATE"] = ErrorKind.CursorExpired,
        ["EXCEEDED_ID_LIMIT"] = ErrorKind.CursorExpired,
        ["INVALIDJOB"] = ErrorKind.CursorExpired,
    };

    /// <summary>Errors of the token endpoint that are not about credentials.</summary>
    private static readonly Dictionary<string, ErrorKind> TokenKinds = new(StringComparer.Ordinal)
    {
        ["unknown_error"] = ErrorKind.Transient,
        ["server_error"] = ErrorKind.Transient,
        ["temporarily_unavailable"] = ErrorKind.Transient,
        ["rate_limit_exceeded"] = ErrorKind.RateLimited,
    };

    public static async ValueTask<Exception?> OfAsync(HttpResponseMessage response, TimeProvider clock)
    {
        if (await HttpFailure.OfAsync(response, clock) is not ConnectorException plain)
        {
            return null;
        }
        var (code, message) = await SaidAsync(response, CancellationToken.None);
        var kind = Kinds.TryGetValue(code, out var known) ? known
            : response.StatusCode == HttpStatusCode.NotFound && IsOfJob(response) ? ErrorKind.CursorExpired
            : plain.Kind;
        var wait = kind != ErrorKind.RateLimited || plain.RetryAfter is not null ? plain.RetryAfter
            : message.StartsWith("TotalRequests", StringComparison.Ordinal) ? Quota.Rest
            : Moment;
        return new ConnectorException(kind, plain.Message) { RetryAfter = wait };
    }

    /// <summary>Of the token endpoint, which speaks OAuth: what it refuses is the credentials.</summary>
    public static async ValueTask<Exception?> OfTokenAsync(HttpResponseMessage response, TimeProvider clock)
    {
        if (await HttpFailure.OfAsync(response, clock) is not ConnectorException plain)
        {
            return null;
        }
        var (code, _) = await SaidAsync(response, CancellationToken.None);
        return response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized
            ? new ConnectorException(TokenKinds.GetValueOrDefault(code, ErrorKind.Auth), plain.Message) { RetryAfter = plain.RetryAfter }
            : plain;
    }

    public static async ValueTask<bool> IsSessionOverAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.StatusCode == HttpStatusCode.Unauthorized && (await SaidAsync(response, cancellationToken)).Code == SessionOver;

    /// <summary>A job whose query failed says so in its state and not by a status.</summary>
    public static ConnectorException OfJob(Job job)
    {
        var code = Kinds.Keys.FirstOrDefault(k => job.ErrorMessage?.Contains(k, StringComparison.Ordinal) == true);
        // Nothing can go on from a job that is lost; only the beginning is left.
        var kind = code is not null && Kinds[code] == ErrorKind.SchemaChanged ? ErrorKind.SchemaChanged : ErrorKind.CursorExpired;
        return new ConnectorException(kind, $"The query job {job.Id} is {job.State}: {job.ErrorMessage}");
    }

    private static bool IsOfJob(HttpResponseMessage response) =>
        response.RequestMessage?.RequestUri?.AbsolutePath.Contains("/jobs/query/", StringComparison.Ordinal) == true;

    /// <summary>Empty texts where the answer is not one of Salesforce's: a list of errors, or OAuth's object.</summary>
    private static async ValueTask<(string Code, string Message)> SaidAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        try
        {
            using var said = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            var error = said.RootElement.ValueKind == JsonValueKind.Array ? said.RootElement.EnumerateArray().FirstOrDefault() : said.RootElement;
            return (Text(error, "errorCode") ?? Text(error, "error") ?? "", Text(error, "message") ?? "");
        }
        catch (JsonException)
        {
            return ("", "");
        }
    }

    private static string? Text(JsonElement error, string name) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
