using System.Text.Json;
using System.Text.Json.Serialization;
using Refit;

namespace Spm.Connectors.Stripe;

/// <summary>The part of Stripe's API that is read. Lists come newest first and can be bounded by when an object was made, in seconds.</summary>
[Headers("Authorization: Bearer", "Stripe-Version: " + Version)]
public interface IStripeApi
{
    /// <summary>Objects are asked for in this version, whichever the account's own is. Events alone come in the account's.</summary>
    const string Version = "2024-06-20";

    [Get("/v1/account")]
    Task<Account> Account(CancellationToken cancellationToken);

    [Get("/v1/{type}")]
    Task<StripeList<JsonElement>> List(
        string type, int limit, [AliasAs("created[gte]")] long from, [AliasAs("created[lt]")] long to,
        [AliasAs("starting_after")] string? after, CancellationToken cancellationToken);

    [Get("/v1/{type}/{id}")]
    Task<JsonElement> One(string type, string id, CancellationToken cancellationToken);

    [Get("/v1/events")]
    Task<StripeList<JsonElement>> Events(
        int limit, [AliasAs("types[]")][Query(CollectionFormat.Multi)] string[] types, [AliasAs("created[gte]")] long from,
        [AliasAs("created[lt]")] long to, [AliasAs("starting_after")] string? after, CancellationToken cancellationToken);
}

public sealed record Account(string Id, [property: JsonPropertyName("business_profile")] BusinessProfile? Profile);

public sealed record BusinessProfile(string? Name);

public sealed record StripeList<T>(IReadOnlyList<T> Data, [property: JsonPropertyName("has_more")] bool HasMore);

/// <summary>Something that happened. Stripe keeps events for 30 days.</summary>
/// <param name="ApiVersion">The version that <paramref name="Data"/> is written in.</param>
public sealed record Event(string Id, string Type, EventData Data, [property: JsonPropertyName("api_version")] string? ApiVersion = null);

/// <summary>The object as it was then.</summary>
public sealed record EventData(JsonElement Object);
