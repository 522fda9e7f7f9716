using Refit;

namespace Spm.Connectors.Gusto;

/// <summary>Gives access tokens for two hours. The refresh token that was sent is void from the first use of the access token that came for it.</summary>
public interface ITokenApi
{
    [Post("/oauth/token")]
    Task<TokenAnswer> Refresh([Body] TokenRequest request, CancellationToken cancellationToken);
}

public sealed record TokenRequest(string ClientId, string ClientSecret, string GrantType, string RefreshToken);

public sealed record TokenAnswer(string? AccessToken, string? RefreshToken);
