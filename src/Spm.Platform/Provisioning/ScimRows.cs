using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Spm.Platform.Access;
using Spm.Storage;

namespace Spm.Platform.Provisioning;

/// <summary>A resource of SCIM as it is stored. Instants are Unix milliseconds.</summary>
/// <param name="Body">In the form of <see cref="ScimBody"/>, without what the platform says.</param>
internal abstract record ScimRow(int Tenant, string Id, JsonObject Body, long Version, long CreatedAt, long UpdatedAt)
{
    public string ETag => $"W/\"{Version}\"";
}

/// <param name="Rep">Id of the rep who the user is; null for people who are not paid.</param>
/// <param name="LeftOn">The day on which provisioning had the rep leave, as it was put; null where it has not.</param>
internal sealed record UserRow(int Tenant, string Id, JsonObject Body, string? Rep, DateOnly? LeftOn, long Version, long CreatedAt, long UpdatedAt) : ScimRow(Tenant, Id, Body, Version, CreatedAt, UpdatedAt)
{
    public const string Columns = "u.tenant, u.id, u.body, u.rep, u.left_on, u.version, u.created_at, u.updated_at";

    private const string Day = "yyyy-MM-dd";

    public string UserName => ScimBody.Text(Body, null, "userName")!;

    /// <summary>User names are told apart whatever their case.</summary>
    public string Key => KeyOf(UserName);

    public string? ExternalId => ScimBody.Text(Body, null, "externalId");

    public bool IsActive => Body["active"]?.GetValue<bool>() != false;

    public string? LeftOnText => LeftOn?.ToString(Day, CultureInfo.InvariantCulture);

    public string? Manager => ScimBody.Get(Body, ScimKind.EnterpriseId, "manager")?["value"]?.GetValue<string>();

    /// <summary>The name that is shown.</summary>
    public string Name => ScimBody.Text(Body, null, "displayName") ?? Body["name"]?["formatted"]?.GetValue<string>() ?? Joined() ?? UserName;

    public string? Email => Values("emails").OrderByDescending(ScimBody.IsPrimary).Select(e => e["value"]!.GetValue<string>()).FirstOrDefault();

    /// <summary>Roles of ours that the user itself names; those of its groups come besides.</summary>
    public IEnumerable<string> Roles => Values("roles").Select(r => RoleNames.Of(r["value"]!.GetValue<string>())).OfType<string>().Distinct();

    public static string KeyOf(string userName) => userName.ToLowerInvariant();

    public static UserRow Map(DbDataReader r) =>
        new(r.GetInt32(0), r.GetString(1), JsonNode.Parse(r.GetString(2))!.AsObject(), r.IsDBNull(3) ? null : r.GetString(3), r.IsDBNull(4) ? null : DateOnly.ParseExact(r.GetString(4), Day, CultureInfo.InvariantCulture), r.GetInt64(5), r.GetInt64(6), r.GetInt64(7));

    private IEnumerable<JsonObject> Values(string attribute) => (Body[attribute] as JsonArray ?? []).OfType<JsonObject>();

    private string? Joined()
    {
        var joined = $"{Body["name"]?["givenName"]} {Body["name"]?["familyName"]}".Trim();
        return joined.Length == 0 ? null : joined;
    }
}

/// <param name="Body">Without the members.</param>
/// <param name="Members">Ids of users, in order.</param>
internal sealed record GroupRow(int Tenant, string Id, JsonObject Body, IReadOnlyList<string> Members, long Version, long CreatedAt, long UpdatedAt) : ScimRow(Tenant, Id, Body, Version, CreatedAt, UpdatedAt)
{
    public const string Columns = "g.tenant, g.id, g.body, g.version, g.created_at, g.updated_at";

    public string Name => ScimBody.Text(Body, null, "displayName")!;

    /// <summary>The role that its members have; null for a group that gives none.</summary>
    public string? Role => RoleNames.Of(Name);

    public static GroupRow Map(DbDataReader r) => new(r.GetInt32(0), r.GetString(1), JsonNode.Parse(r.GetString(2))!.AsObject(), [], r.GetInt64(3), r.GetInt64(4), r.GetInt64(5));
}

/// <summary>Roles as people name groups: `Compensation Admin`, `spm-compensation-admin`.</summary>
internal static class RoleNames
{
    private const string Prefix = "spm_";

    /// <summary>The role's own name; null where it is none of ours.</summary>
    public static string? Of(string name)
    {
        var plain = string.Concat(name.Trim().ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return Roles.Find(plain.StartsWith(Prefix, StringComparison.Ordinal) ? plain[Prefix.Length..] : plain)?.Name;
    }
}

/// <summary>Users and groups in the store.</summary>
internal static class ScimTable
{
    public static UserRow? User(SqlSession session, int tenant, string id) => session.First($"select {UserRow.Columns} from scim_user u where u.tenant = $1 and u.id = $2", UserRow.Map, tenant, id);

    public static UserRow? UserNamed(SqlSession session, int tenant, string userName) =>
        session.First($"select {UserRow.Columns} from scim_user u where u.tenant = $1 and u.user_key = $2", UserRow.Map, tenant, UserRow.KeyOf(userName));

    public static List<UserRow> UsersOf(SqlSession session, int tenant, string externalId) =>
        session.Query($"select {UserRow.Columns} from scim_user u where u.tenant = $1 and u.external_id = $2 order by u.created_at, u.id", UserRow.Map, tenant, externalId);

    public static List<UserRow> Users(SqlSession session, int tenant) =>
        session.Query($"select {UserRow.Columns} from scim_user u where u.tenant = $1 order by u.created_at, u.id", UserRow.Map, tenant);

    public static List<UserRow> Users(SqlSession session, int tenant, int skip, int count) =>
        session.Query($"select {UserRow.Columns} from scim_user u where u.tenant = $1 order by u.created_at, u.id limit $2 offset $3", UserRow.Map, tenant, count, skip);

    public static List<UserRow> Reports(SqlSession session, int tenant, string manager) =>
        session.Query($"select {UserRow.Columns} from scim_user u where u.tenant = $1 and u.manager = $2 order by u.created_at, u.id", UserRow.Map, tenant, manager);

    public static UserRow? UserOfRep(SqlSession session, int tenant, string rep) => session.First($"select {UserRow.Columns} from scim_user u where u.tenant = $1 and u.rep = $2", UserRow.Map, tenant, rep);

    public static long CountUsers(SqlSession session, int tenant) => session.Long("select count(*) from scim_user where tenant = $1", tenant);

    public static void Insert(SqlSession session, UserRow row) => session.Execute(
        "insert into scim_user (tenant, id, user_key, external_id, manager, rep, left_on, body, version, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        row.Tenant, row.Id, row.Key, row.ExternalId, row.Manager, row.Rep, row.LeftOnText, row.Body.ToJsonString(), row.Version, row.CreatedAt, row.UpdatedAt);

    public static void Update(SqlSession session, UserRow row) => session.Execute(
        "update scim_user set user_key = $3, external_id = $4, manager = $5, rep = $6, left_on = $7, body = $8, version = $9, updated_at = $10 where tenant = $1 and id = $2",
        row.Tenant, row.Id, row.Key, row.ExternalId, row.Manager, row.Rep, row.LeftOnText, row.Body.ToJsonString(), row.Version, row.UpdatedAt);

    public static void DeleteUser(SqlSession session, int tenant, string id)
    {
        session.Execute("delete from scim_member where tenant = $1 and scim_user = $2", tenant, id);
        session.Execute("delete from scim_user where tenant = $1 and id = $2", tenant, id);
    }

    public static GroupRow? Group(SqlSession session, int tenant, string id)
    {
        var group = session.First($"select {GroupRow.Columns} from scim_group g where g.tenant = $1 and g.id = $2", GroupRow.Map, tenant, id);
        return group is null ? null : group with { Members = Members(session, tenant, id) };
    }

    /// <summary>Without their members.</summary>
    public static List<GroupRow> Groups(SqlSession session, int tenant) => session.Query($"select {GroupRow.Columns} from scim_group g where g.tenant = $1 order by g.created_at, g.id", GroupRow.Map, tenant);

    public static List<string> Members(SqlSession session, int tenant, string group) =>
        session.Query("select scim_user from scim_member where tenant = $1 and scim_group = $2 order by scim_user", r => r.GetString(0), tenant, group);

    public static List<UserRow> MembersOf(SqlSession session, int tenant, string group) => session.Query(
        $"select {UserRow.Columns} from scim_member m join scim_user u on u.tenant = m.tenant and u.id = m.scim_user where m.tenant = $1 and m.scim_group = $2", UserRow.Map, tenant, group);

    /// <summary>The groups that a user is a member of, without their members.</summary>
    public static List<GroupRow> GroupsOf(SqlSession session, int tenant, string user) => session.Query(
        $"select {GroupRow.Columns} from scim_member m join scim_group g on g.tenant = m.tenant and g.id = m.scim_group where m.tenant = $1 and m.scim_user = $2 order by g.created_at, g.id", GroupRow.Map, tenant, user);

    public static void Insert(SqlSession session, GroupRow row)
    {
        session.Execute(
            "insert into scim_group (tenant, id, role, body, version, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7)",
            row.Tenant, row.Id, row.Role, row.Body.ToJsonString(), row.Version, row.CreatedAt, row.UpdatedAt);
        Put(session, row, []);
    }

    public static void Update(SqlSession session, GroupRow row, IReadOnlyCollection<string> before)
    {
        session.Execute(
            "update scim_group set role = $3, body = $4, version = $5, updated_at = $6 where tenant = $1 and id = $2", row.Tenant, row.Id, row.Role, row.Body.ToJsonString(), row.Version, row.UpdatedAt);
        Put(session, row, before);
    }

    public static void DeleteGroup(SqlSession session, int tenant, string id)
    {
        session.Execute("delete from scim_member where tenant = $1 and scim_group = $2", tenant, id);
        session.Execute("delete from scim_group where tenant = $1 and id = $2", tenant, id);
    }

    /// <summary>The roles of ours that a user has: its own and those of its groups.</summary>
    public static List<string> RolesOf(SqlSession session, UserRow user) =>
    [
        .. user.Roles.Concat(session.Query(
            "select distinct g.role from scim_member m join scim_group g on g.tenant = m.tenant and g.id = m.scim_group where m.tenant = $1 and m.scim_user = $2 and g.role is not null order by g.role",
            r => r.GetString(0), user.Tenant, user.Id)).Distinct(),
    ];

    private static void Put(SqlSession session, GroupRow row, IReadOnlyCollection<string> before)
    {
        foreach (var gone in before.Except(row.Members, StringComparer.Ordinal))
        {
            session.Send("delete from scim_member where tenant = $1 and scim_group = $2 and scim_user = $3", row.Tenant, row.Id, gone);
        }
        foreach (var come in row.Members.Except(before, StringComparer.Ordinal))
        {
            session.Send("insert into scim_member (tenant, scim_group, scim_user) values ($1, $2, $3)", row.Tenant, row.Id, come);
        }
    }
}
