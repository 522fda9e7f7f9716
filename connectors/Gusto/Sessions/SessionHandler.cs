using System.Net;
using System.Net.Http.Headers;

namespace Spm.Connectors.Gusto;

/// <summary>
/// Sends calls through the host's client with an access token. One is asked for at the first call and kept; where Gusto says that it is over,
/// another one is asked for and the call sent again, once. It is used only after the host has stored the refresh token that came with it.
/// </summary>
internal sealed class SessionHandler(ConnectorContext context, ITokenApi tokens) : HttpMessageHandler
{
    private string? _access;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _access ??= await RefreshAsync(cancellationToken);
        var response = await CallAsync(request, _access, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            response.Dispose();
            _access = null;
            _access = await RefreshAsync(cancellationToken);
            response = await CallAsync(request, _access, cancellationToken);
        }
        return response;
    }

    private async Task<string> RefreshAsync(CancellationToken cancellationToken)
    {
        var rotating = context.Rotating ?? throw new ConnectorException(ErrorKind.Internal, "The host keeps no secrets that rotate.");
        var access = "";
        await rotating.ExchangeAsync("refresh_token", async lent =>
        {
            var answer = await AskAsync(lent);
            access = answer.AccessToken is { Length: > 0 } token ? token : throw new ConnectorException(ErrorKind.RemoteBug, "Gusto answers without a token.");
            return answer.RefreshToken is { Length: > 0 } given ? given : lent;
        }, cancellationToken);
        return access;
    }

    private async Task<TokenAnswer> AskAsync(string lent)
    {
        try
        {
            var request = new TokenRequest(context.Secrets.Get("client_id"), context.Secrets.Get("client_secret"), "refresh_token", lent);
            // Not cut off: the answer has the only token that will be good.
            return await tokens.Refresh(request, CancellationToken.None);
        }
        catch (Exception e)
        {
            throw HttpFailure.Of(e);
        }
    }

    /// <summary>A request is sent once by its client: the host's gets another one with the same content.</summary>
    private Task<HttpResponseMessage> CallAsync(HttpRequestMessage request, string access, CancellationToken cancellationToken)
    {
        var call = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
        foreach (var (name, values) in request.Headers)
        {
            call.Headers.TryAddWithoutValidation(name, values);
        }
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access);
        return context.Http.SendAsync(call, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
