using System.Text.Json.Nodes;
using Spm.Platform.Kernel;

namespace Spm.Platform.Provisioning;

/// <summary>What a provider asks before it begins: RFC 7643, sections 5 to 7.</summary>
internal static class ScimDiscovery
{
    public static JsonObject Config => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
        ["patch"] = new JsonObject { ["supported"] = true },
        ["bulk"] = new JsonObject { ["supported"] = false, ["maxOperations"] = 0, ["maxPayloadSize"] = 0 },
        ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = Limits.MaxPageSize },
        ["changePassword"] = new JsonObject { ["supported"] = false },
        ["sort"] = new JsonObject { ["supported"] = false },
        ["etag"] = new JsonObject { ["supported"] = true },
        ["authenticationSchemes"] = new JsonArray(new JsonObject
        {
            ["type"] = "oauthbearertoken",
            ["name"] = "Bearer",
            ["description"] = "An API key or an access token with users.read and users.write.",
            ["primary"] = true,
        }),
        ["meta"] = Meta("ServiceProviderConfig", "ServiceProviderConfig"),
    };

    public static JsonObject ResourceTypes => List(ScimKind.All.Count, 1, [.. ScimKind.All.Select(Of)]);

    public static JsonObject Schemas
    {
        get
        {
            JsonObject[] all = [.. ScimKind.All.SelectMany(k => k.Schemas).Select(Of)];
            return List(all.Length, 1, all);
        }
    }

    public static JsonObject? ResourceType(string id) => ScimKind.All.FirstOrDefault(k => k.Name.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } kind ? Of(kind) : null;

    public static JsonObject? Schema(string id) => ScimKind.All.SelectMany(k => k.Schemas).FirstOrDefault(s => s.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } schema ? Of(schema) : null;

    public static JsonObject List(long total, int start, IReadOnlyList<JsonObject> resources) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"),
        ["totalResults"] = total,
        ["startIndex"] = start,
        ["itemsPerPage"] = resources.Count,
        ["Resources"] = new JsonArray([.. resources]),
    };

    private static JsonObject Of(ScimKind kind) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
        ["id"] = kind.Name,
        ["name"] = kind.Name,
        ["endpoint"] = $"/{kind.Collection}",
        ["schema"] = kind.Core.Id,
        ["schemaExtensions"] = new JsonArray([.. kind.Extensions.Select(e => (JsonNode)new JsonObject { ["schema"] = e.Id, ["required"] = false })]),
        ["meta"] = Meta("ResourceType", $"ResourceTypes/{kind.Name}"),
    };

    private static JsonObject Of(ScimSchema schema) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Schema"),
        ["id"] = schema.Id,
        ["name"] = schema.Name,
        ["description"] = schema.Description,
        ["attributes"] = new JsonArray([.. schema.Attributes.Select(Of)]),
        ["meta"] = Meta("Schema", $"Schemas/{schema.Id}"),
    };

    private static JsonObject Of(ScimAttribute attribute)
    {
        var described = new JsonObject
        {
            ["name"] = attribute.Name,
            ["type"] = attribute.Type switch { ScimType.Truth => "boolean", ScimType.Complex => "complex", ScimType.Instant => "dateTime", _ => "string" },
            ["multiValued"] = attribute.IsMany,
            ["description"] = attribute.Description,
            ["required"] = attribute.IsRequired,
            ["caseExact"] = attribute.IsExact,
            ["mutability"] = attribute.IsReadOnly ? "readOnly" : "readWrite",
            ["returned"] = "default",
            ["uniqueness"] = attribute.IsUnique ? "server" : "none",
        };
        if (attribute.Parts.Count > 0)
        {
            described["subAttributes"] = new JsonArray([.. attribute.Parts.Select(Of)]);
        }
        return described;
    }

    private static JsonObject Meta(string type, string path) => new() { ["resourceType"] = type, ["location"] = $"{ScimEndpoints.Root}/{path}" };
}
