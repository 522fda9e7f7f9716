namespace Spm.Connectors.Hosting.Secrets;

/// <summary>The secrets of a connection. Those that rotate are told to be there, and given by <see cref="SecretRotation"/> alone.</summary>
public sealed class NamedSecrets(IReadOnlyDictionary<string, string> known, IReadOnlyList<string> rotating) : ISecrets
{
    public string Get(string name) =>
        rotating.Contains(name) ? throw new ConnectorException(ErrorKind.Internal, $"The secret '{name}' rotates: it is lent for an exchange, and never held.")
        : known.TryGetValue(name, out var secret) ? secret
        : throw new ConnectorException(ErrorKind.Config, $"The secret '{name}' is not set.") { Field = "/" + name };

    public bool Has(string name) => known.ContainsKey(name);
}
