using Microsoft.IdentityModel.Tokens;

namespace Spm.Platform.Credentials;

/// <summary>Somebody whose access tokens are taken.</summary>
public interface ITokenIssuer
{
    /// <summary>The `iss` of its tokens, to the letter.</summary>
    string Issuer { get; }

    /// <summary>Its public keys. Those named by <paramref name="keyId"/> are asked for when they are not known yet.</summary>
    /// <exception cref="IssuerUnavailableException">No key is known and none can be had.</exception>
    ValueTask<IReadOnlyList<SecurityKey>> KeysAsync(string? keyId);
}

/// <summary>Not the caller's fault: the issuer's keys cannot be had.</summary>
public sealed class IssuerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
