using System.Net.Http.Headers;

namespace Spm.Connectors.Salesforce;

/// <summary>
/// Sends calls through the host's client with the connection's session. One is opened at the first call and kept; where Salesforce says
/// that it is over, another one is opened and the call sent again, once. Calls go to the instance that the session names: whether it may
/// be called is the host's to say, whose client refuses every host that the manifest does not allow before anything is sent.
/// </summary>
internal sealed class SessionHandler(ConnectorContext context, ITokenApi tokens, Quota quota) : HttpMessageHandler
{
    private Session? _session;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        quota.Require();
        _session ??= await OpenAsync(cancellationToken);
        var response = await CallAsync(request, _session, cancellationToken);
        if (await SalesforceFailure.IsSessionOverAsync(response, cancellationToken))
        {
            response.Dispose();
            _session = await OpenAsync(cancellationToken);
            response = await CallAsync(request, _session, cancellationToken);
        }
        quota.See(response);
        return response;
    }

    private async Task<Session> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await tokens.Token(Credentials.Form(context), cancellationToken);
            return answer.AccessToken is { Length: > 0 } token
                ? new Session(token, answer.InstanceUrl is { } instance ? new Uri(instance) : context.BaseAddress)
                : throw new ConnectorException(ErrorKind.RemoteBug, "Salesforce answers without a token.");
        }
        catch (UriFormatException e)
        {
            throw new ConnectorException(ErrorKind.RemoteBug, "Salesforce names an instance that is no address.", e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw HttpFailure.Of(e);
        }
    }

    /// <summary>A request is sent once by its client: the host's gets another one with the same content.</summary>
    private Task<HttpResponseMessage> CallAsync(HttpRequestMessage request, Session session, CancellationToken cancellationToken)
    {
        var call = new HttpRequestMessage(request.Method, new Uri(session.Instance, request.RequestUri!.PathAndQuery)) { Content = request.Content };
        foreach (var (name, values) in request.Headers)
        {
            call.Headers.TryAddWithoutValidation(name, values);
        }
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
        return context.Http.SendAsync(call, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private sealed record Session(string Token, Uri Instance);
}
