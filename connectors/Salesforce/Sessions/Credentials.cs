using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Spm.Connectors.Salesforce;

/// <summary>What is sent for a token: the app's secret, or a statement signed with its private key. Neither is ever replaced by Salesforce.</summary>
internal static class Credentials
{
    /// <summary>Salesforce takes statements that end within three minutes.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <exception cref="ConnectorException">Config: a secret is missing or no key.</exception>
    public static Dictionary<string, string> Form(ConnectorContext context) => context.Secrets.Has("private_key")
        ? new()
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
            ["assertion"] = Assertion(context),
        }
        : new()
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = context.Secrets.Get("client_id"),
            ["client_secret"] = context.Secrets.Get("client_secret"),
        };

    private static string Assertion(ConnectorContext context)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = context.Secrets.Get("client_id"),
            ["sub"] = context.Config.Text("username"),
            ["aud"] = context.BaseAddress.Host.Contains(".sandbox.", StringComparison.OrdinalIgnoreCase) ? "https://test.salesforce.com" : "https://login.salesforce.com",
            ["exp"] = (context.Clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds(),
        };
        var said = $"{Base64Url.EncodeToString("""{"alg":"RS256"}"""u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        using var key = Key(context.Secrets.Get("private_key"));
        var signature = key.SignData(System.Text.Encoding.ASCII.GetBytes(said), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{said}.{Base64Url.EncodeToString(signature)}";
    }

    private static RSA Key(string pem)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new ConnectorException(ErrorKind.Config, "The private key is not an RSA key as PEM.") { Field = "/private_key" };
        }
    }
}
