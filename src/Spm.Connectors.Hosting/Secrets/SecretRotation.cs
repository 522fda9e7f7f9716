namespace Spm.Connectors.Hosting.Secrets;

/// <summary>Where the secrets of one connection are kept.</summary>
public interface IRotatingStore
{
    /// <summary>As it is stored now. Null: it is not set.</summary>
    /// <remarks>A host that may not write for this connection any more must be refused here, before it uses the secret.</remarks>
    Task<string?> ReadAsync(string name);

    /// <summary>Stores <paramref name="given"/> in the place of <paramref name="used"/>, durably. False: something else stands there by now, and stays.</summary>
    Task<bool> ReplaceAsync(string name, string used, string given);
}

/// <summary>Lends the rotating secrets of one connection, one exchange at a time, and stores what comes back before anybody goes on.</summary>
/// <param name="turn">Of the connection: whoever exchanges one of its secrets takes it.</param>
/// <param name="learn">Is told every secret that is lent or comes back, so that no log shows it.</param>
public sealed class SecretRotation(IRotatingStore store, SemaphoreSlim turn, Action<string> learn) : IRotatingSecrets
{
    public async Task ExchangeAsync(string name, Func<string, Task<string>> exchange, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var used = await LendAsync(name).ConfigureAwait(false);
            string given;
            try
            {
                given = await exchange(used).ConfigureAwait(false);
            }
            catch (ConnectorException refused) when (refused.Kind == ErrorKind.Auth)
            {
                // Somebody may have put another one while this was under way; the refusal is about the one that was lent.
                var now = await LendAsync(name).ConfigureAwait(false);
                if (now == used)
                {
                    throw;
                }
                used = now;
                given = await exchange(used).ConfigureAwait(false);
            }
            learn(given);
            if (given != used)
            {
                // Where a person has put another one meanwhile, theirs stays.
                await store.ReplaceAsync(name, used, given).ConfigureAwait(false);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<string> LendAsync(string name)
    {
        var secret = await store.ReadAsync(name).ConfigureAwait(false)
            ?? throw new ConnectorException(ErrorKind.Config, $"The secret '{name}' is not set.") { Field = "/" + name };
        learn(secret);
        return secret;
    }
}
