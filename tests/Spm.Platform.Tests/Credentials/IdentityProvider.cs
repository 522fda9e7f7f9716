using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Credentials;

/// <summary>An identity provider of its own on a loopback port: it signs what it is told to, with keys that rotate, and can be out of reach. Written against the RFCs, not with the platform's library.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string Audience = "https://spm.example";

    private readonly WebApplication _app;
    private RSA _key = RSA.Create(2048);
    private int _keyNo = 1;

    private IdentityProvider(WebApplication app)
    {
        _app = app;
        app.MapGet("/.well-known/openid-configuration", () => Answer(new { issuer = Issuer, jwks_uri = $"{Issuer}/keys" }));
        app.MapGet("/keys", () => Answer(new { keys = new[] { PublicKey() } }));
    }

    public string Issuer => _app.Urls.First();

    public bool Reachable { get; set; } = true;

    public int Asked { get; private set; }

    public string KeyId => $"k{_keyNo}";

    public static async Task<IdentityProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new IdentityProvider(app);
        await app.StartAsync();
        return provider;
    }

    public Task<TestPlatform> PlatformAsync(Action<WebApplicationBuilder>? configure = null) =>
        TestPlatform.StartAsync(null, configure, $"--Spm:Auth:Authority={Issuer}", $"--Spm:Auth:Audience={Audience}");

    public void Rotate() => (_key, _keyNo) = (RSA.Create(2048), _keyNo + 1);

    /// <summary>The claims of a good token at that instant, to be spoiled.</summary>
    public Dictionary<string, object?> Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Issuer,
        ["aud"] = Audience,
        ["sub"] = "ann",
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddMinutes(10).ToUnixTimeSeconds(),
        ["tenant"] = "default",
        ["roles"] = new[] { "finance" },
    };

    public string Sign(Dictionary<string, object?> claims, string algorithm = "RS256", string type = "at+jwt", string? keyId = null)
    {
        var signed = $"{Part(new { alg = algorithm, typ = type, kid = keyId ?? KeyId })}.{Part(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        return $"{signed}." + algorithm switch
        {
            "none" => "",
            // The public key as the secret: what a verifier does that lets the token choose the algorithm.
            "HS256" => Base64(HMACSHA256.HashData(Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem()), bytes)),
            _ => Base64(_key.SignData(bytes, HashAlgorithmName.SHA256, algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private IResult Answer(object body)
    {
        Asked++;
        return Reachable ? TypedResults.Text(JsonSerializer.Serialize(body), "application/json") : TypedResults.StatusCode(503);
    }

    private object PublicKey()
    {
        var key = _key.ExportParameters(false);
        return new { kty = "RSA", use = "sig", kid = KeyId, n = Base64(key.Modulus!), e = Base64(key.Exponent!) };
    }

    private static string Part(object value) => Base64(JsonSerializer.SerializeToUtf8Bytes(value));

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
