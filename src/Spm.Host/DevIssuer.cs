using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Spm.Platform.Credentials;

namespace Spm.Host;

/// <summary>
/// An issuer for a developer's machine: its key is made at the start and dies with the process, and it gives a token to whoever asks. The
/// settings refuse it anywhere else.
/// </summary>
internal sealed class DevIssuer(IServer server, HostSettings settings, TimeProvider clock) : ITokenIssuer, IDisposable
{
    public const int Seconds = 3600;

    private readonly ECDsa _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _keyId = RandomNumberGenerator.GetHexString(16, lowercase: true);

    public string Issuer => server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First().TrimEnd('/');

    public ValueTask<IReadOnlyList<SecurityKey>> KeysAsync(string? keyId) => new([Key]);

    public JsonObject Keys()
    {
        var point = _pair.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = Base64UrlEncoder.Encode(point.X),
                ["y"] = Base64UrlEncoder.Encode(point.Y),
                ["kid"] = _keyId,
                ["alg"] = SecurityAlgorithms.EcdsaSha256,
                ["use"] = "sig",
            }),
        };
    }

    /// <param name="claims">Besides issuer, audience and times.</param>
    public string Make(IDictionary<string, object> claims)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = settings.Tokens.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddSeconds(Seconds),
            TokenType = "at+jwt",
            Claims = claims,
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public void Dispose() => _pair.Dispose();

    private ECDsaSecurityKey Key => new(_pair) { KeyId = _keyId };
}
