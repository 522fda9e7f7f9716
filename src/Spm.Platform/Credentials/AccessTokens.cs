using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Spm.Platform.Access;
using Spm.Platform.Kernel;
using Spm.Platform.Provisioning;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Credentials;

/// <summary>
/// Reads access tokens (JWT, RFC 9068) of the issuers that are configured. Signed by a key of the issuer with an algorithm of the list
/// below, made for this platform, begun and not ended, and with a tenant that is here: anything else is refused.
/// </summary>
public sealed class AccessTokens(TokenSettings settings, IEnumerable<ITokenIssuer> issuers, TenantDirectory tenants, SpmStore store, TimeProvider clock)
{
    /// <summary>Signatures with a key pair alone. `none` and HMAC are not on it: with HMAC the public key would be the secret.</summary>
    public static readonly IReadOnlyList<string> Algorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private const int MaxLength = 16 * 1024;
    private static readonly string[] Types = ["JWT", "at+jwt", "application/at+jwt"];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };

    /// <summary>True when the text could be a token; what is wrong with it is then worth saying.</summary>
    public static bool IsToken(string credential) => credential.Count(c => c == '.') == 2;

    public async Task<Result<Caller>> ReadAsync(string text)
    {
        if (text.Length > MaxLength || Parse(text) is not { } token)
        {
            return Invalid("The access token is not a JWT.");
        }
        if (issuers.FirstOrDefault(i => Same(i.Issuer, token.Issuer)) is not { } issuer)
        {
            return Invalid("The access token is of an issuer that is not known here.");
        }
        try
        {
            var keys = await issuer.KeysAsync(token.Kid is { Length: > 0 } id ? id : null);
            var validated = await _handler.ValidateTokenAsync(text, Parameters(issuer, keys));
            return validated.IsValid ? Of(token) : Why(validated.Exception);
        }
        catch (IssuerUnavailableException unavailable)
        {
            return new Error(ErrorCodes.IdentityProviderUnavailable, unavailable.Message);
        }
    }

    private static JsonWebToken? Parse(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (Exception failure) when (failure is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private TokenValidationParameters Parameters(ITokenIssuer issuer, IReadOnlyList<SecurityKey> keys) => new()
    {
        ValidIssuer = issuer.Issuer,
        ValidAudience = settings.Audience,
        ValidAlgorithms = Algorithms,
        ValidTypes = Types,
        IssuerSigningKeys = keys,
        // A token that names a key is checked with that key alone.
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        LifetimeValidator = (from, to, _, _) => IsNow(from, to),
    };

    private bool IsNow(DateTime? from, DateTime? to)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return from > now + settings.ClockSkew ? throw new SecurityTokenNotYetValidException()
            : to is null ? throw new SecurityTokenNoExpirationException()
            : to <= now - settings.ClockSkew ? throw new SecurityTokenExpiredException()
            : true;
    }

    private Result<Caller> Of(JsonWebToken token)
    {
        var subject = token.Subject is { Length: > 0 } sub ? sub : Text(token, "client_id") ?? Text(token, "azp");
        if (string.IsNullOrEmpty(subject) || subject.Length > Limits.IdLength || subject.Any(char.IsControl))
        {
            return Invalid("The access token names nobody: it has no subject.");
        }
        if (Text(token, settings.TenantClaim) is not { Length: > 0 } tenant || tenants.Find(tenant) is not { } no)
        {
            return Invalid($"The access token names no tenant of this installation in its claim `{settings.TenantClaim}`.");
        }
        var isClient = IsClient(token, subject);
        var user = isClient ? null : User(token, no);
        if (user is { IsActive: false })
        {
            return new Error(ErrorCodes.UserInactive, "The user was deactivated.");
        }
        if (user is null && !isClient && settings.ProvisionedOnly)
        {
            return new Error(ErrorCodes.UserUnknown, $"Nobody has provisioned the user that the claim `{settings.UserClaim}` names.");
        }
        var rep = Text(token, settings.RepClaim) is { Length: > 0 } named ? named : user?.Rep;
        string[] roles = [.. Words(token, settings.RolesClaim), .. user?.Roles ?? []];
        var grant = Grant.OfToken(roles, Words(token, "scope").Concat(Words(token, "scp")), rep is not null, isClient);
        // A provider may give one person a subject for each client: four eyes must see that it is one.
        return new Caller(no, tenant, $"{token.Issuer}#{user?.Id ?? subject}", grant.Scopes) { Reach = grant.Reach, Rep = rep, Version = Text(token, settings.VersionClaim) is { Length: > 0 } version ? version : null };
    }

    private SignedInUser? User(JsonWebToken token, int tenant) =>
        Text(token, settings.UserClaim) is { Length: > 0 and <= Limits.NameLength } named ? store.Read(s => SignedInUser.Find(s, tenant, named)) : null;

    /// <summary>A client that acts for itself is its own subject (RFC 9068, section 2.2); some issuers say `idtyp` instead.</summary>
    private static bool IsClient(JsonWebToken token, string subject) =>
        subject == Text(token, "client_id") || subject == Text(token, "azp") || Text(token, "idtyp") == "app";

    /// <summary>A list in a claim, or words in one text: issuers write either.</summary>
    private static IEnumerable<string> Words(JsonWebToken token, string claim) =>
        token.Claims.Where(c => c.Type == claim).SelectMany(c => c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var text) ? text : null;

    private static bool Same(string issuer, string? claimed) => claimed is { Length: > 0 } && issuer.TrimEnd('/') == claimed.TrimEnd('/');

    private static Error Why(Exception? failure) => failure switch
    {
        SecurityTokenExpiredException => new Error(ErrorCodes.TokenExpired, "The access token has expired."),
        SecurityTokenNoExpirationException => Invalid("The access token has no end."),
        SecurityTokenNotYetValidException => Invalid("The access token is not valid yet."),
        SecurityTokenInvalidAudienceException => Invalid("The access token is for somebody else."),
        SecurityTokenInvalidIssuerException => Invalid("The access token is of an issuer that is not known here."),
        SecurityTokenInvalidTypeException => Invalid("The token is not an access token."),
        _ => Invalid("The access token's signature does not hold."),
    };

    private static Error Invalid(string detail) => new(ErrorCodes.TokenInvalid, detail);
}
