using Spm.Platform.Credentials;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>Who sends a credential: an API key, the operator's key, or an access token.</summary>
public sealed class Authentication(ApiKeys keys, OperatorKey operatorKey, AccessTokens tokens)
{
    /// <param name="header">As it stands in Authorization: `Bearer` and the credential.</param>
    public async ValueTask<Result<Caller>> FindAsync(string header)
    {
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return new Error(ErrorCodes.Unauthenticated, "Send `Authorization: Bearer` with an API key or an access token.");
        }
        var credential = header[7..].Trim();
        return !ApiKeys.IsKey(credential) && AccessTokens.IsToken(credential) ? await tokens.ReadAsync(credential)
            : (operatorKey.Find(credential) ?? keys.Find(credential)) is { } caller ? caller
            : new Error(ErrorCodes.Unauthenticated, "There is no such API key, or it was revoked or has expired.");
    }

    public void Refused(Error error) => Telemetry.Refused.Add(1, new KeyValuePair<string, object?>("code", error.Code));
}
