using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Spm.Connectors.Adp;

/// <summary>Asks for access tokens through the host's client, which shows the certificate.</summary>
internal sealed class SessionOpener(ConnectorContext context)
{
    public async Task<Session> OpenAsync(CancellationToken cancellationToken)
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
        return answer?.AccessToken is { Length: > 0 } token ? new Session(token) : throw new ConnectorException(ErrorKind.RemoteBug, "ADP answers without a token.");
    }
}

/// <summary>Good for about an hour. There are no refresh tokens: the client asks again.</summary>
internal sealed record TokenAnswer([property: JsonPropertyName("access_token")] string? AccessToken);
