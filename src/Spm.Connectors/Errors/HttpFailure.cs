using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Spm.Connectors;

/// <summary>What an HTTP answer means, for the statuses on which vendors agree. A connector looks first at what its vendor does otherwise.</summary>
public static class HttpFailure
{
    /// <summary>Characters of a vendor's answer that are shown to people.</summary>
    private const int Shown = 300;

    public static ErrorKind KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => ErrorKind.Auth,
        HttpStatusCode.Forbidden => ErrorKind.Permission,
        HttpStatusCode.TooManyRequests => ErrorKind.RateLimited,
        HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => ErrorKind.Conflict,
        HttpStatusCode.Gone => ErrorKind.CursorExpired,
        HttpStatusCode.RequestTimeout => ErrorKind.Transient,
        HttpStatusCode.NotFound => ErrorKind.Config,
        >= HttpStatusCode.InternalServerError => ErrorKind.Transient,
        _ => ErrorKind.Internal,
    };

    /// <summary>An answer as an error, or null if it is none. Fits Refit's ExceptionFactory. A 503 that says when to come back is a rate limit.</summary>
    public static async ValueTask<Exception?> OfAsync(HttpResponseMessage response, TimeProvider clock)
    {
        if (response.IsSuccessStatusCode)
        {
            return null;
        }
        var wait = RetryAfter(response, clock.GetUtcNow());
        var kind = response.StatusCode == HttpStatusCode.ServiceUnavailable && wait is not null
            ? ErrorKind.RateLimited
            : KindOf(response.StatusCode);
        var body = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        var path = response.RequestMessage?.RequestUri?.AbsolutePath;
        var said = body.Length <= Shown ? body : body[..Shown] + "…";
        return new ConnectorException(kind, $"{response.RequestMessage?.Method} {path} was answered {(int)response.StatusCode}: {said}")
        {
            RetryAfter = wait,
        };
    }

    /// <summary>The wait that an answer asks for, from now on; seconds and dates are understood. Never negative.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - now);
        return wait is null ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>The kind of anything that was thrown while a connector ran. Not for cancellation that the host itself asked for.</summary>
    public static ConnectorException Of(Exception thrown) => thrown switch
    {
        ConnectorException known => known,
        { InnerException: ConnectorException known } => known,
        HttpRequestException { StatusCode: { } status } http => new ConnectorException(KindOf(status), http.Message, http),
        // The handler lets the socket's own exception out where the other side resets a connection as soon as it is made.
        HttpRequestException or SocketException or TimeoutException or IOException or OperationCanceledException =>
            new ConnectorException(ErrorKind.Transient, thrown.Message, thrown),
        JsonException => new ConnectorException(ErrorKind.RemoteBug, $"The vendor's answer cannot be read: {thrown.Message}", thrown),
        _ when thrown.InnerException is JsonException or HttpRequestException => Of(thrown.InnerException),
        _ => new ConnectorException(ErrorKind.Internal, thrown.Message, thrown),
    };
}
