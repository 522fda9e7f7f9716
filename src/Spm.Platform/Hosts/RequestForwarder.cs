using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace Spm.Platform.Hosts;

/// <summary>
/// Hands a request on to another host as it came, credential and all, and its answer back. Nothing is trusted that way: the other host asks for
/// the credential itself.
/// </summary>
public sealed class RequestForwarder : IDisposable
{
    /// <summary>On a request: it was handed on, and is not handed on again. On an answer: the tenant is not there.</summary>
    public const string Header = "Spm-Handed-On";

    /// <summary>Of one connection, not of the message.</summary>
    private static readonly FrozenSet<string> Hop = new[] { "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Bodies of so many bytes are kept, to be sent again where the tenant is just moving; larger ones go through as they come, once.</summary>
    private const int KeptBytes = 256 * 1024;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(12);

    private readonly HttpMessageInvoker _http;

    public RequestForwarder()
        : this(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            ActivityHeadersPropagator = null,
        })
    {
    }

    /// <param name="hosts">By way of it other hosts are reached.</param>
    public RequestForwarder(HttpMessageHandler hosts) => _http = new HttpMessageInvoker(hosts);

    /// <summary>Reads a small body, so that it can be sent more than once.</summary>
    public static async Task KeepAsync(HttpContext http)
    {
        if (http.Request.ContentLength is > 0 and <= KeptBytes && http.Request.Body is not MemoryStream)
        {
            var body = new byte[http.Request.ContentLength.Value];
            await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
            http.Request.Body = new MemoryStream(body, writable: false);
        }
    }

    /// <summary>False where the other host surely has done nothing, or nothing that matters, and the request can be handed on again.</summary>
    /// <exception cref="HttpRequestException">The other host ended before it answered, and may have done what it was asked for.</exception>
    public async Task<bool> TryAsync(HttpContext http, string address)
    {
        using var request = Request(http, address);
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, http.RequestAborted);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConnectionError || HttpMethods.IsGet(http.Request.Method))
        {
            return false;
        }
        catch (SocketException)
        {
            // The other host ended as it was reached, before anything was sent.
            return false;
        }
        using (answer)
        {
            if (answer.Headers.Contains(Header) && request.Content is not StreamContent)
            {
                return false;
            }
            await CopyAsync(answer, http);
            return true;
        }
    }

    /// <summary>A WebSocket to the other host, with the headers and the protocols that this one came with; null where it does not answer.</summary>
    public async Task<WebSocket?> ConnectAsync(HttpContext http, string address)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = socket.Options.KeepAliveTimeout = KeepAlive;
            foreach (var protocol in http.WebSockets.WebSocketRequestedProtocols)
            {
                socket.Options.AddSubProtocol(protocol);
            }
            foreach (var (name, values) in http.Request.Headers.Where(h => !Hop.Contains(h.Key) && !h.Key.StartsWith("Sec-WebSocket-", StringComparison.OrdinalIgnoreCase)))
            {
                socket.Options.SetRequestHeader(name, values);
            }
            socket.Options.SetRequestHeader(Header, "1");
            var target = new UriBuilder(address.TrimEnd('/') + http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent());
            target.Scheme = target.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
            await socket.ConnectAsync(target.Uri, _http, http.RequestAborted);
            return socket;
        }
        catch (WebSocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(HttpContext http, string address)
    {
        var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), address.TrimEnd('/') + http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent());
        if (http.Request.ContentLength > 0 || http.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = http.Request.Body is MemoryStream kept ? new ByteArrayContent(kept.ToArray()) : new StreamContent(http.Request.Body);
        }
        foreach (var (name, values) in http.Request.Headers)
        {
            if (!Hop.Contains(name) && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }
        request.Headers.Host = http.Request.Host.Value;
        request.Headers.TryAddWithoutValidation(Header, "1");
        return request;
    }

    private static async Task CopyAsync(HttpResponseMessage answer, HttpContext http)
    {
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (!Hop.Contains(name))
            {
                http.Response.Headers[name] = values.ToArray();
            }
        }
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
