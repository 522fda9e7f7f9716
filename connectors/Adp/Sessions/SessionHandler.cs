using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Spm.Connectors.Adp;

/// <summary>
/// Sends calls through the host's client, which shows the certificate, with an access token. One is asked for at the first call and kept; where
/// ADP says that it is over, another one is asked for and the call sent again, once: a call that is refused for its token has done nothing.
/// </summary>
internal sealed class SessionHandler(ConnectorContext context) : HttpMessageHandler
{
    private string? _access;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _access ??= await TokenAsync(cancellationToken);
        var response = await CallAsync(request, _access, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            response.Dispose();
            _access = null;
            _access = await TokenAsync(cancellationToken);
            response = await CallAsync(request, _access, cancellationToken);
        }
        return response;
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = context.Secrets.Get("client_id"),
            ["client_secret"] = context.Secrets.Get("client_secret"),
        });
        using var response = await context.Http.PostAsync(new Uri(context.Config.Text("token_address")), form, cancellationToken);
        if (await HttpFailure.OfAsync(response, context.Clock) is ConnectorException failure)
        {
            // What the token endpoint refuses is the client, in OAuth by 400 as well.
            throw response.StatusCode == HttpStatusCode.BadRequest ? new ConnectorException(ErrorKind.Auth, failure.Message) : failure;
        }
        var answer = await response.Content.ReadFromJsonAsync<TokenAnswer>(cancellationToken);
        return answer?.AccessToken is { Length: > 0 } token ? token : throw new ConnectorException(ErrorKind.RemoteBug, "ADP answers without a token.");
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

/// <summary>Good for about an hour. There are no refresh tokens: the client asks again.</summary>
internal sealed record TokenAnswer([property: JsonPropertyName("access_token")] string? AccessToken);
