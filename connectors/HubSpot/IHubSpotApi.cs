using System.Text.Json.Serialization;
using Refit;

namespace Spm.Connectors.HubSpot;

/// <summary>The part of HubSpot's API that is read. Of a search the first page is asked for alone.</summary>
[Headers("Authorization: Bearer")]
public interface IHubSpotApi
{
    [Get("/account-info/v3/details")]
    Task<AccountDetails> Account(CancellationToken cancellationToken);

    [Get("/crm/v3/properties/{type}")]
    Task<PropertyList> Properties(string type, CancellationToken cancellationToken);

    [Post("/crm/v3/objects/{type}/search")]
    Task<ObjectPage> Search(string type, [Body] SearchRequest request, CancellationToken cancellationToken);

    [Get("/crm/v3/objects/{type}?archived=true")]
    Task<ObjectPage> Archived(string type, int limit, string? after, CancellationToken cancellationToken);

    [Post("/crm/v4/associations/{from}/{to}/batch/read")]
    Task<AssociationPage> Associations(string from, string to, [Body] AssociationRequest request, CancellationToken cancellationToken);

    /// <param name="archived">"true" or "false", as HubSpot writes them: a bool would be sent with a capital.</param>
    [Get("/crm/v3/owners")]
    Task<OwnerPage> Owners(int limit, string archived, string? after, CancellationToken cancellationToken);

    [Get("/crm/v3/pipelines/deals")]
    Task<PipelineList> Pipelines(CancellationToken cancellationToken);
}

public sealed record AccountDetails(long PortalId, string? UiDomain);

public sealed record PropertyList(IReadOnlyList<Property> Results);

public sealed record Property(string Name, string Type, string? Label, bool HubspotDefined);

/// <summary>Of a filter group all must hold. Times are milliseconds as text.</summary>
public sealed record SearchRequest(
    IReadOnlyList<FilterGroup> FilterGroups, IReadOnlyList<Sort> Sorts, IReadOnlyList<string> Properties, int Limit);

public sealed record FilterGroup(IReadOnlyList<Filter> Filters);

public sealed record Filter(string PropertyName, string Operator, string Value);

public sealed record Sort(string PropertyName, string Direction);

public sealed record ObjectPage(IReadOnlyList<HubSpotObject> Results, Paging? Paging, long? Total);

/// <summary>Times as they came: one that is none must not make a page of others unreadable.</summary>
public sealed record HubSpotObject(
    string Id, [property: JsonConverter(typeof(PropertiesConverter))] IReadOnlyDictionary<string, string?> Properties, string? UpdatedAt, string? ArchivedAt);

public sealed record Paging(NextPage? Next);

public sealed record NextPage(string? After);

public sealed record AssociationRequest(IReadOnlyList<ObjectId> Inputs);

public sealed record ObjectId(string Id);

public sealed record AssociationPage(IReadOnlyList<Association> Results);

public sealed record Association(ObjectId From, IReadOnlyList<AssociatedTo> To);

public sealed record AssociatedTo(long ToObjectId);

public sealed record OwnerPage(IReadOnlyList<Owner> Results, Paging? Paging);

/// <summary>Deals name their owner by <paramref name="Id"/>; <paramref name="UserId"/> is another number.</summary>
public sealed record Owner(string Id, string? Email, string? FirstName, string? LastName, long? UserId, bool Archived, string? UpdatedAt);

public sealed record PipelineList(IReadOnlyList<Pipeline> Results);

public sealed record Pipeline(string Id, string Label, IReadOnlyList<Stage> Stages, DateTimeOffset? UpdatedAt);

public sealed record Stage(string Id, string Label, DateTimeOffset? UpdatedAt);
