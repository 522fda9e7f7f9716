namespace Spm.Connectors.Gusto;

/// <summary>Asks for access tokens. One is used only after the host has stored the refresh token that came with it.</summary>
internal sealed class SessionOpener(ConnectorContext context, ITokenApi tokens)
{
    public async Task<Session> OpenAsync(CancellationToken cancellationToken)
    {
        var rotating = context.Rotating ?? throw new ConnectorException(ErrorKind.Internal, "The host keeps no secrets that rotate.");
        var access = "";
        await rotating.ExchangeAsync("refresh_token", async lent =>
        {
            var answer = await AskAsync(lent);
            access = answer.AccessToken is { Length: > 0 } token ? token : throw new ConnectorException(ErrorKind.RemoteBug, "Gusto answers without a token.");
            return answer.RefreshToken is { Length: > 0 } given ? given : lent;
        }, cancellationToken);
        return new Session(access);
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
}
