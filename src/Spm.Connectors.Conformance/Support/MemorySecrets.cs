using Spm.Connectors.Hosting.Secrets;

namespace Spm.Connectors.Conformance.Support;

/// <summary>Rotating secrets in memory that keep the contract of <see cref="IRotatingStore"/>, and can be killed before one is stored.</summary>
public sealed class MemorySecrets(IReadOnlyDictionary<string, string> secrets) : IRotatingStore
{
    private readonly Dictionary<string, string> _secrets = new(secrets, StringComparer.Ordinal);

    /// <summary>Called with the secret that was used, before another one is stored in its place; may throw.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>Called with the secret that was used up once another one is stored.</summary>
    public Action<string>? Spent { get; set; }

    public int Replaced { get; private set; }

    public Task<string?> ReadAsync(string name) => Task.FromResult(_secrets.GetValueOrDefault(name));

    public Task<bool> ReplaceAsync(string name, string used, string given)
    {
        Before?.Invoke(used);
        if (_secrets.GetValueOrDefault(name) != used)
        {
            return Task.FromResult(false);
        }
        _secrets[name] = given;
        Replaced++;
        Spent?.Invoke(used);
        return Task.FromResult(true);
    }

    /// <summary>As if a person had put another one.</summary>
    public void Put(string name, string secret) => _secrets[name] = secret;
}
