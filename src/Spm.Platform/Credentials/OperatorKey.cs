using System.Collections.Frozen;
using System.Security.Cryptography;
using Spm.Platform.Kernel;

namespace Spm.Platform.Credentials;

/// <summary>The credential of whoever runs the installation: makes tenants and sees nothing inside of them. It is in the configuration, not in the store.</summary>
public sealed class OperatorKey(string? key)
{
    private static readonly Caller Operator = new(0, "", "operator", Scopes.OfOperator.ToFrozenSet(StringComparer.Ordinal)) { Reach = Reach.Nobody };

    private readonly byte[]? _hash = key is null ? null : ApiKeys.Hash(key);

    public Caller? Find(string credential) => _hash is not null && CryptographicOperations.FixedTimeEquals(ApiKeys.Hash(credential), _hash) ? Operator : null;
}
