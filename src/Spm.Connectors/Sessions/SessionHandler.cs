using System.Net;
using System.Net.Http.Headers;

namespace Spm.Connectors;

/// <summary>
/// Sends calls through the host's client with a session. One is opened at the first call and kept; where the vendor says that it is over, another one
/// is opened and the call sent again, once: a call that is refused for its session has done nothing. Calls that meet the end of a session at once open
/// one together. Whether the address of a session may be called is the host's to say. Since version 1.1 of the SDK.
/// </summary>
/// <param name="open">
/// Asks the vendor for a session. What it throws is what the call ends with, and the next call asks anew. It is cut off where the call that needs it
/// is, and another call that waits for it opens one of its own.
/// </param>
public sealed class SessionHandler(ConnectorContext context, Func<CancellationToken, Task<Session>> open) : HttpMessageHandler
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Session? _session;

    /// <summary>Whether an answer says that the session is over: by default every 401 does. It may read the answer if it buffers it.</summary>
    public Func<HttpResponseMessage, CancellationToken, ValueTask<bool>> IsOver { get; init; } = (response, _) => ValueTask.FromResult(response.StatusCode == HttpStatusCode.Unauthorized);

    /// <summary>A client at the vendor's address whose calls go through <paramref name="handler"/>: a session handler, or what stands before one.</summary>
    public static HttpClient Client(ConnectorContext context, HttpMessageHandler handler) => new(handler)
    {
        BaseAddress = context.BaseAddress,
        // How long a call may take is the host's to say.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content)
        {
            // A stream can be sent once.
            await content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        }
        var session = await SessionAsync(null, cancellationToken).ConfigureAwait(false);
        var response = await CallAsync(request, session, cancellationToken).ConfigureAwait(false);
        if (!await IsOver(response, cancellationToken).ConfigureAwait(false))
        {
            return response;
        }
        response.Dispose();
        return await CallAsync(request, await SessionAsync(session, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _turn.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>The one that is kept, unless it is over: another call may have opened one since.</summary>
    private async Task<Session> SessionAsync(Session? over, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // The same one and not one like it: some vendors give a token again that is good again.
            if (ReferenceEquals(_session, over))
            {
                _session = null;
            }
            return _session ??= await open(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A request is sent once by its client: the host's gets another one with the same content.</summary>
    private Task<HttpResponseMessage> CallAsync(HttpRequestMessage request, Session session, CancellationToken cancellationToken)
    {
        var address = session.Address is { } own ? new Uri(own, request.RequestUri!.PathAndQuery) : request.RequestUri;
        var call = new HttpRequestMessage(request.Method, address) { Content = request.Content };
        foreach (var (name, values) in request.Headers)
        {
            call.Headers.TryAddWithoutValidation(name, values);
        }
        foreach (var (name, value) in request.Options)
        {
            ((IDictionary<string, object?>)call.Options)[name] = value;
        }
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
        return context.Http.SendAsync(call, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
