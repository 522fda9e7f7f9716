using System.Net.Sockets;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Spm.Platform.Credentials;

/// <summary>
/// An identity provider whose keys are found by OpenID Connect discovery and kept. They are asked for again when they are old, and when a
/// token names a key that is not among them (the provider has rotated), but not more often than every half minute, whatever tokens say.
/// While the provider cannot be reached, the keys that are known go on for a day.
/// </summary>
public sealed class DiscoveredIssuer(TokenSettings settings, HttpClient http, TimeProvider clock) : ITokenIssuer, IDisposable
{
    /// <summary>Bytes of a document of the provider's. The client holds no more.</summary>
    public const int MaxDocument = 1024 * 1024;

    private static readonly TimeSpan NotMoreOften = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeptWhileUnreachable = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _asking = new(1);
    private volatile Known _known = new([], DateTimeOffset.MinValue);
    private DateTimeOffset _asked = DateTimeOffset.MinValue;

    /// <summary>As it is configured, but for a slash at the end, which some providers write and others do not.</summary>
    public string Issuer { get; private set; } = settings.Authority!.OriginalString;

    public async ValueTask<IReadOnlyList<SecurityKey>> KeysAsync(string? keyId)
    {
        if (IsEnough(_known, keyId))
        {
            return _known.Keys;
        }
        await _asking.WaitAsync();
        try
        {
            if (!IsEnough(_known, keyId) && clock.GetUtcNow() - _asked >= NotMoreOften)
            {
                _asked = clock.GetUtcNow();
                _known = new Known(await AskAsync(), _asked);
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or JsonException or TaskCanceledException or IssuerUnavailableException or ArgumentException)
        {
            if (clock.GetUtcNow() - _known.At > KeptWhileUnreachable)
            {
                throw new IssuerUnavailableException($"The keys of {Issuer} cannot be had: {failure.Message}", failure);
            }
        }
        finally
        {
            _asking.Release();
        }
        return _known.Keys.Count > 0 ? _known.Keys : throw new IssuerUnavailableException($"The keys of {Issuer} are not known.");
    }

    public void Dispose() => _asking.Dispose();

    /// <summary>An address that may be asked for keys: nobody on the way can put in their own.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private bool IsEnough(Known known, string? keyId) =>
        known.Keys.Count > 0 && clock.GetUtcNow() - known.At < settings.KeysFresh && (keyId is null || known.Keys.Any(k => k.KeyId == keyId));

    private async Task<IReadOnlyList<SecurityKey>> AskAsync()
    {
        var authority = settings.Authority!.OriginalString.TrimEnd('/');
        var metadata = JsonDocument.Parse(await GetAsync(new Uri($"{authority}/.well-known/openid-configuration"))).RootElement;
        var issuer = Text(metadata, "issuer");
        if (issuer?.TrimEnd('/') != authority)
        {
            throw new IssuerUnavailableException($"The metadata are those of {issuer}.");
        }
        if (!Uri.TryCreate(Text(metadata, "jwks_uri"), UriKind.Absolute, out var keys) || !IsSafe(keys))
        {
            throw new IssuerUnavailableException("The metadata name no https address for keys.");
        }
        var set = new JsonWebKeySet(await GetAsync(keys));
        Issuer = issuer;
        // A symmetric key in a public document is no secret: with it anybody could sign. Keys for encryption sign nothing.
        return [.. set.Keys.Where(k => k.Kty is "RSA" or "EC" && k.Use is null or "" or "sig")];
    }

    private async Task<string> GetAsync(Uri address)
    {
        using var answer = await http.GetAsync(address);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Known(IReadOnlyList<SecurityKey> Keys, DateTimeOffset At);
}
