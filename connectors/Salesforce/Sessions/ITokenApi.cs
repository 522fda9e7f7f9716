using System.Text.Json.Serialization;
using Refit;

namespace Spm.Connectors.Salesforce;

/// <summary>Where sessions come from.</summary>
public interface ITokenApi
{
    [Post("/services/oauth2/token")]
    Task<TokenAnswer> Token([Body(BodySerializationMethod.UrlEncoded)] Dictionary<string, string> form, CancellationToken cancellationToken);
}

/// <param name="InstanceUrl">Where the token is good for calls.</param>
public sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string? AccessToken, [property: JsonPropertyName("instance_url")] string? InstanceUrl);
