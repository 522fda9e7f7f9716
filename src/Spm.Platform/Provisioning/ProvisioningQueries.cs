using System.Text.Json.Nodes;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Provisioning;

/// <summary>Which resources of a list are asked for: RFC 7644, section 3.4.2.</summary>
/// <param name="Start">Counted from 1.</param>
internal sealed record ScimAsked(ScimFilter? Filter, int Start, int Count);

/// <summary>Reads users and groups. A list without a filter, and one for a user name or an external id, is read by an index; any other filter looks at all.</summary>
public sealed class ProvisioningQueries(SpmStore store)
{
    internal Result<ScimView> User(Caller caller, string id) => Read<ScimView>(caller, session =>
        ScimTable.User(session, caller.Tenant, id) is { } user ? ScimView.Of(session, user) : new Error(ErrorCodes.NotFound, $"There is no user '{id}'."));

    internal Result<ScimView> Group(Caller caller, string id) => Read<ScimView>(caller, session =>
        ScimTable.Group(session, caller.Tenant, id) is { } group ? ScimView.Of(session, group) : new Error(ErrorCodes.NotFound, $"There is no group '{id}'."));

    internal Result<ScimPage> Users(Caller caller, ScimAsked asked) => Read<ScimPage>(caller, session =>
    {
        var tenant = caller.Tenant;
        if (asked.Filter is null)
        {
            return new ScimPage(ScimTable.CountUsers(session, tenant), [.. ScimTable.Users(session, tenant, asked.Start - 1, asked.Count).Select(u => ScimView.Of(session, u))]);
        }
        List<UserRow> some = asked.Filter.Exactly("userName") is { } name ? ScimTable.UserNamed(session, tenant, name) is { } named ? [named] : []
            : asked.Filter.Exactly("externalId") is { } external ? ScimTable.UsersOf(session, tenant, external)
            : ScimTable.Users(session, tenant);
        // Groups are read of those who are answered, or where the filter asks for them.
        var (filter, withGroups) = (asked.Filter, asked.Filter.Asks("groups"));
        some.RemoveAll(u => !filter.Holds(withGroups ? ScimView.Of(session, u).Resource : ScimView.Of(u, []).Resource));
        return new ScimPage(some.Count, [.. some.Skip(asked.Start - 1).Take(asked.Count).Select(u => ScimView.Of(session, u))]);
    });

    /// <param name="withMembers">Members of groups are read only where they are asked for.</param>
    internal Result<ScimPage> Groups(Caller caller, ScimAsked asked, bool withMembers) => Read<ScimPage>(caller, session =>
    {
        var found = ScimTable.Groups(session, caller.Tenant).Select(g => withMembers ? g with { Members = ScimTable.Members(session, caller.Tenant, g.Id) } : g)
            .Select(g => ScimView.Of(session, g)).Where(v => asked.Filter?.Holds(v.Resource) != false).ToList();
        return new ScimPage(found.Count, [.. found.Skip(asked.Start - 1).Take(asked.Count)]);
    });

    /// <summary>What a resource has become, as it is answered.</summary>
    internal ScimView View(ScimRow row) => store.ReadSnapshot(session => row is UserRow user ? ScimView.Of(session, user) : ScimView.Of(session, (GroupRow)row));

    private Result<T> Read<T>(Caller caller, Func<SqlSession, Result<T>> read) => caller.Lacks(Scopes.UsersRead) is { } lacking ? lacking : store.ReadSnapshot(read);
}

internal sealed record ScimPage(long Total, IReadOnlyList<ScimView> Resources);

/// <summary>A resource as it is answered: with what the platform says of it.</summary>
internal sealed record ScimView(JsonObject Resource, string ETag)
{
    public string Location => Resource["meta"]!["location"]!.GetValue<string>();

    public static ScimView Of(SqlSession session, UserRow user) => Of(user, ScimTable.GroupsOf(session, user.Tenant, user.Id));

    /// <param name="groups">Those that the user is a member of.</param>
    public static ScimView Of(UserRow user, IReadOnlyList<GroupRow> groups)
    {
        var resource = user.Body.DeepClone().AsObject();
        if (groups.Count > 0)
        {
            resource["groups"] = new JsonArray([.. groups.Select(g => (JsonNode)new JsonObject { ["value"] = g.Id, ["display"] = g.Name, ["type"] = "direct", ["$ref"] = At(ScimKind.Group, g.Id) })]);
        }
        if (user.Rep is { } rep)
        {
            resource[ScimKind.RepId] = new JsonObject { ["rep"] = rep };
        }
        return Of(ScimKind.User, resource, user);
    }

    public static ScimView Of(SqlSession session, GroupRow group)
    {
        var resource = group.Body.DeepClone().AsObject();
        if (group.Members.Count > 0)
        {
            var names = ScimTable.MembersOf(session, group.Tenant, group.Id).ToDictionary(u => u.Id, u => u.Name, StringComparer.Ordinal);
            resource["members"] = new JsonArray([.. group.Members.Select(m => (JsonNode)new JsonObject
            {
                ["value"] = m, ["display"] = names.GetValueOrDefault(m), ["type"] = "User", ["$ref"] = At(ScimKind.User, m),
            })]);
        }
        if (group.Role is { } role)
        {
            resource[ScimKind.RoleId] = new JsonObject { ["role"] = role };
        }
        return Of(ScimKind.Group, resource, group);
    }

    public static string At(ScimKind kind, string id) => $"{ScimEndpoints.Root}/{kind.Collection}/{id}";

    private static ScimView Of(ScimKind kind, JsonObject resource, ScimRow row)
    {
        var whole = new JsonObject
        {
            ["schemas"] = new JsonArray([kind.Core.Id, .. kind.Extensions.Where(e => resource.ContainsKey(e.Id)).Select(e => (JsonNode)e.Id)]),
            ["id"] = row.Id,
        };
        foreach (var (name, value) in resource.ToArray())
        {
            resource.Remove(name);
            whole[name] = value;
        }
        whole["meta"] = new JsonObject
        {
            ["resourceType"] = kind.Name,
            ["created"] = Wire.Instant(row.CreatedAt),
            ["lastModified"] = Wire.Instant(row.UpdatedAt),
            ["location"] = At(kind, row.Id),
            ["version"] = row.ETag,
        };
        return new ScimView(whole, row.ETag);
    }
}
