namespace Spm.Connectors.Salesforce;

/// <summary>Asks for sessions. Calls go to the instance that a session names.</summary>
internal sealed class SessionOpener(ConnectorContext context, ITokenApi tokens)
{
    public async Task<Session> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await tokens.Token(Credentials.Form(context), cancellationToken);
            return answer.AccessToken is { Length: > 0 } token
                ? new Session(token, answer.InstanceUrl is { } instance ? new Uri(instance) : null)
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
}
