using System.Text.Json.Nodes;
using Spm.Platform.Credentials;
using Spm.Platform.Kernel;

namespace Spm.Host;

/// <summary>Where a client learns who gives tokens for this platform (RFC 9728), and on a developer's machine the issuer itself (RFC 8414, RFC 6749).</summary>
internal static class AuthEndpoints
{
    public static void MapAuth(this WebApplication app)
    {
        app.MapGet("/.well-known/oauth-protected-resource", (HttpContext http, HostSettings settings) => Json(new JsonObject
        {
            ["resource"] = $"{http.Request.Scheme}://{http.Request.Host}",
            ["authorization_servers"] = List(http.RequestServices.GetServices<ITokenIssuer>().Select(i => i.Issuer)),
            ["scopes_supported"] = List(Scopes.OfTenants),
            ["bearer_methods_supported"] = List(["header"]),
            ["resource_signing_alg_values_supported"] = List(AccessTokens.Algorithms),
            ["resource_documentation"] = $"{http.Request.Scheme}://{http.Request.Host}/swagger",
        })).ExcludeFromDescription();
        if (app.Services.GetRequiredService<HostSettings>().DevIssuer)
        {
            MapDev(app);
        }
    }

    private static void MapDev(WebApplication app)
    {
        foreach (var name in (string[])["oauth-authorization-server", "openid-configuration"])
        {
            app.MapGet($"/.well-known/{name}", (DevIssuer issuer) => Json(new JsonObject
            {
                ["issuer"] = issuer.Issuer,
                ["token_endpoint"] = $"{issuer.Issuer}/dev/token",
                ["jwks_uri"] = $"{issuer.Issuer}/dev/keys",
                ["grant_types_supported"] = List(["client_credentials"]),
                ["token_endpoint_auth_methods_supported"] = List(["client_secret_post", "client_secret_basic"]),
                ["response_types_supported"] = new JsonArray(),
                ["scopes_supported"] = List(Scopes.OfTenants),
            })).ExcludeFromDescription();
        }
        app.MapGet("/dev/keys", (DevIssuer issuer) => Json(issuer.Keys())).ExcludeFromDescription();
        app.MapPost("/dev/token", ClientTokenAsync).ExcludeFromDescription().DisableAntiforgery();
        app.MapPost("/dev/user-token", UserTokenAsync).ExcludeFromDescription();
    }

    /// <summary>Client credentials by RFC 6749 4.4. Any id and secret will do; `tenant` is the one called default where it is left out.</summary>
    private static async Task<IResult> ClientTokenAsync(HttpContext http, DevIssuer issuer)
    {
        if (!http.Request.HasFormContentType)
        {
            return Refuse("invalid_request", "Send application/x-www-form-urlencoded.");
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["grant_type"] != "client_credentials")
        {
            return Refuse("unsupported_grant_type", "Only client_credentials.");
        }
        if ((Basic(http) ?? form["client_id"].ToString()) is not { Length: > 0 } client)
        {
            return Refuse("invalid_client", "Give a client_id.");
        }
        var scope = form["scope"].ToString();
        if (scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(s => !Scopes.OfTenants.Contains(s)) is { } unknown)
        {
            return Refuse("invalid_scope", $"There is no scope {unknown}.");
        }
        return Token(http, issuer, scope, new Dictionary<string, object>
        {
            ["sub"] = client,
            ["client_id"] = client,
            ["scope"] = scope,
            ["tenant"] = form["tenant"] is [{ Length: > 0 } tenant] ? tenant : "default",
        });
    }

    /// <summary>A token of a person: any claims that are named, such as `sub`, `tenant`, `roles`, `rep`.</summary>
    private static async Task<IResult> UserTokenAsync(HttpContext http, DevIssuer issuer)
    {
        if (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) is not JsonObject claims || claims["sub"] is null)
        {
            return Refuse("invalid_request", "Send a JSON object of claims, `sub` among them.");
        }
        claims["tenant"] ??= "default";
        return Token(http, issuer, "", claims.ToDictionary(c => c.Key, c => (object)System.Text.Json.JsonSerializer.SerializeToElement(c.Value)));
    }

    private static IResult Token(HttpContext http, DevIssuer issuer, string scope, Dictionary<string, object> claims)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Json(new JsonObject { ["access_token"] = issuer.Make(claims), ["token_type"] = "Bearer", ["expires_in"] = DevIssuer.Seconds, ["scope"] = scope });
    }

    private static string? Basic(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        try
        {
            return Uri.UnescapeDataString(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(header[6..])).Split(':')[0]);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static IResult Refuse(string error, string description) =>
        Json(new JsonObject { ["error"] = error, ["error_description"] = description }, error == "invalid_client" ? 401 : 400);

    private static IResult Json(JsonObject body, int status = 200) => Results.Text(body.ToJsonString(), "application/json", statusCode: status);

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
