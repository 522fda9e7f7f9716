namespace Spm.Connectors;

/// <summary>
/// Secrets that are marked with <c>rotates</c>: using one gives another in its place, as OAuth refresh tokens do that are good for one use.
/// A connector never holds one: it is lent one for the length of an exchange.
/// </summary>
public interface IRotatingSecrets
{
    /// <summary>
    /// Lends the secret as it is stored now, one exchange of a connection at a time over all hosts, and stores what the vendor gave in its place.
    /// When this returns, the new one is durable: use what came with it (an access token) only then, so that a host that ends in between goes on
    /// with the old one. An exchange that has begun is not cut off by <paramref name="cancellationToken"/>, which would lose the vendor's answer.
    /// </summary>
    /// <param name="exchange">
    /// Calls the vendor and returns the secret that takes the place of the one it was lent; the same where the vendor keeps it. It is called again
    /// where the vendor refuses a secret that another has replaced meanwhile.
    /// </param>
    /// <exception cref="ConnectorException">Config: the secret is not set. Otherwise what the exchange throws.</exception>
    Task ExchangeAsync(string name, Func<string, Task<string>> exchange, CancellationToken cancellationToken);
}
