using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Platform.Access;
using Spm.Platform.AuditTrail;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Provisioning;

/// <summary>
/// Users and groups as an identity provider has them. What a change makes of reps is in the same commit. Whoever may do so hands out any role, as whoever
/// makes keys does, and it is audited.
/// </summary>
public sealed class ProvisioningCommands(TenantDirectory tenants, CompanyCommands companies, RepSlice reps, SpmStore store, RecordClock clock)
{
    internal Task<Result<UserRow>> CreateUserAsync(Caller caller, JsonElement body) => UserAsync(caller, null, null, "user.create", _ => ScimBody.Read(ScimKind.User, body));

    internal Task<Result<UserRow>> PutUserAsync(Caller caller, string id, JsonElement body, string? ifMatch) => UserAsync(caller, id, ifMatch, "user.put", _ => ScimBody.Read(ScimKind.User, body));

    internal Task<Result<UserRow>> PatchUserAsync(Caller caller, string id, JsonElement body, string? ifMatch) => UserAsync(caller, id, ifMatch, "user.put", old => ScimPatch.Apply(ScimKind.User, old!, body));

    /// <summary>Gone from here on; as a rep the user has left.</summary>
    internal async Task<Result<UserRow>> DeleteUserAsync(Caller caller, string id, string? ifMatch)
    {
        if (caller.Lacks(Scopes.UsersWrite) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        using var entry = await tenant.Gate.WriteAsync();
        var found = Seen(store.Read(s => ScimTable.User(s, tenant.No, id)), "user", id, ifMatch);
        if (found.Error is { } refused)
        {
            return refused;
        }
        var gone = found.Value;
        return await companies.ChangeWithinGateAsync(
            tenant, editor => new UserReps(editor, reps, caller.Day).Follow(gone, isRep: false, null, isManaged: false, _ => false), caller, also: session =>
            {
                ScimTable.DeleteUser(session, tenant.No, id);
                AuditTable.Append(session, caller, "user.delete", id, gone.Body, null, Now);
            });
    }

    internal Task<Result<GroupRow>> CreateGroupAsync(Caller caller, JsonElement body) => GroupAsync(caller, null, null, "group.create", _ => ScimBody.Read(ScimKind.Group, body));

    internal Task<Result<GroupRow>> PutGroupAsync(Caller caller, string id, JsonElement body, string? ifMatch) => GroupAsync(caller, id, ifMatch, "group.put", _ => ScimBody.Read(ScimKind.Group, body));

    internal Task<Result<GroupRow>> PatchGroupAsync(Caller caller, string id, JsonElement body, string? ifMatch) => GroupAsync(caller, id, ifMatch, "group.put", old => ScimPatch.Apply(ScimKind.Group, old!, body));

    internal Task<Result<GroupRow>> DeleteGroupAsync(Caller caller, string id, string? ifMatch) => GroupAsync(caller, id, ifMatch, "group.delete", null);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<Result<UserRow>> UserAsync(Caller caller, string? id, string? ifMatch, string action, Func<JsonObject?, Result<JsonObject>> change)
    {
        if (caller.Lacks(Scopes.UsersWrite) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        using var entry = await tenant.Gate.WriteAsync();
        var old = id is null ? null : store.Read(s => ScimTable.User(s, tenant.No, id));
        if (id is not null && Seen(old, "user", id, ifMatch).Error is { } refused)
        {
            return refused;
        }
        var changed = change(old?.Body);
        if (!changed.IsOk)
        {
            return changed.Error!;
        }
        var body = changed.Value;
        if (ScimBody.Text(body, null, "userName") is null)
        {
            return new Error(ErrorCodes.ScimValue, "'userName' is required.");
        }
        // Left out, it stays as it is: nobody who was deactivated comes back by a change of something else.
        body["active"] ??= old?.IsActive ?? true;
        var row = new UserRow(tenant.No, old?.Id ?? Ids.Random("usr"), body, old?.Rep, old?.LeftOn, (old?.Version ?? 0) + 1, old?.CreatedAt ?? Now, Now);
        var (named, groups, reports) = store.Read(s => (ScimTable.UserNamed(s, tenant.No, row.UserName), ScimTable.GroupsOf(s, tenant.No, row.Id), ScimTable.Reports(s, tenant.No, row.Id)));
        if (named is not null && named.Id != row.Id)
        {
            return new Error(ErrorCodes.UserTaken, $"Another user has the user name '{row.UserName}'.");
        }
        if (row.ExternalId is { } external && store.Read(s => ScimTable.UsersOf(s, tenant.No, external)).Exists(u => u.Id != row.Id))
        {
            return new Error(ErrorCodes.UserTaken, $"Another user has the external id '{external}'.");
        }
        if (old is not null && JsonNode.DeepEquals(old.Body, body))
        {
            return old;
        }
        var moved = new MovedUsers();
        return await companies.ChangeWithinGateAsync<UserRow>(
            tenant,
            editor =>
            {
                var isRep = row.Roles.Concat(groups.Select(g => g.Role).OfType<string>()).Any(Roles.NeedsRep);
                var followed = Follow(new UserReps(editor, reps, caller.Day), row, isRep, row.Manager != old?.Manager, reports, moved);
                return followed.IsOk ? row = followed.Value : followed;
            },
            caller,
            also: session =>
            {
                if (old is null)
                {
                    ScimTable.Insert(session, row);
                }
                else
                {
                    ScimTable.Update(session, row);
                }
                moved.Write(session, except: row.Id, row.UpdatedAt);
                AuditTable.Append(session, caller, action, row.Id, old?.Body, row.Body, row.UpdatedAt);
            });
    }

    /// <summary>The rep of the user, and whose manager it is by that.</summary>
    private Result<UserRow> Follow(UserReps following, UserRow user, bool isRep, bool isManaged, IReadOnlyList<UserRow> reports, MovedUsers moved)
    {
        var above = user.Manager is { } named ? moved.Find(named) ?? store.Read(s => ScimTable.User(s, user.Tenant, named)) : null;
        // A user whom nobody has provisioned is nobody's manager, and takes none away.
        var followed = following.Follow(user, isRep, above?.Rep, isManaged && (user.Manager is null || above is not null), rep => IsTaken(user, rep, moved));
        if (!followed.IsOk || followed.Value == user)
        {
            return followed;
        }
        moved.Add(followed.Value);
        if (followed.Value.Rep is not { } rep || rep == user.Rep)
        {
            return followed;
        }
        // Who came before the user above them is below that one from now on.
        foreach (var report in reports.Select(r => moved.Find(r.Id) ?? r).Where(r => r.Rep is not null && r.Id != user.Id))
        {
            var below = following.Follow(report, isRep: true, rep, isManaged: true, taken => IsTaken(report, taken, moved));
            if (!below.IsOk)
            {
                return below;
            }
        }
        return followed;
    }

    private bool IsTaken(UserRow by, string rep, MovedUsers moved) => (moved.OfRep(rep) ?? store.Read(s => ScimTable.UserOfRep(s, by.Tenant, rep))) is { } other && other.Id != by.Id;

    /// <param name="change">Null takes the group away.</param>
    private async Task<Result<GroupRow>> GroupAsync(Caller caller, string? id, string? ifMatch, string action, Func<JsonObject?, Result<JsonObject>>? change)
    {
        if (caller.Lacks(Scopes.UsersWrite) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        using var entry = await tenant.Gate.WriteAsync();
        var old = id is null ? null : store.Read(s => ScimTable.Group(s, tenant.No, id));
        if (id is not null && Seen(old, "group", id, ifMatch).Error is { } refused)
        {
            return refused;
        }
        var row = change is null ? Result<GroupRow?>.Of(null) : Changed(tenant.No, old, change);
        if (!row.IsOk)
        {
            return row.Error!;
        }
        if (old is not null && row.Value is { } same && JsonNode.DeepEquals(old.Body, same.Body) && old.Members.SequenceEqual(same.Members))
        {
            return old;
        }
        var members = Members(tenant.No, old, row.Value);
        if (!members.IsOk)
        {
            return members.Error!;
        }
        var moved = new MovedUsers();
        return await companies.ChangeWithinGateAsync<GroupRow>(
            tenant,
            editor =>
            {
                var following = new UserReps(editor, reps, caller.Day);
                var after = row.Value?.Members.ToHashSet(StringComparer.Ordinal);
                foreach (var (user, others) in members.Value)
                {
                    var isRep = others.Concat(after?.Contains(user.Id) == true && row.Value!.Role is { } role ? [role] : []).Any(Roles.NeedsRep);
                    var reports = store.Read(s => ScimTable.Reports(s, tenant.No, user.Id));
                    if (Follow(following, user, isRep, isManaged: false, reports, moved).Error is { } wrong)
                    {
                        return wrong;
                    }
                }
                return row.Value ?? old!;
            },
            caller,
            also: session => Write(session, caller, action, old, row.Value, moved));
    }

    private void Write(SqlSession session, Caller caller, string action, GroupRow? old, GroupRow? row, MovedUsers moved)
    {
        if (row is null)
        {
            ScimTable.DeleteGroup(session, old!.Tenant, old.Id);
        }
        else if (old is null)
        {
            ScimTable.Insert(session, row);
        }
        else
        {
            ScimTable.Update(session, row, [.. old.Members]);
        }
        moved.Write(session, except: null, Now);
        AuditTable.Append(session, caller, action, (row ?? old)!.Id, Told(old), Told(row), Now);
    }

    private Result<GroupRow?> Changed(int tenant, GroupRow? old, Func<JsonObject?, Result<JsonObject>> change)
    {
        var changed = change(old is null ? null : Whole(old));
        if (!changed.IsOk)
        {
            return changed.Error!;
        }
        var body = changed.Value;
        string[] members = [.. (body["members"] as JsonArray ?? []).Select(m => m!["value"]!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal)];
        body.Remove("members");
        return ScimBody.Text(body, null, "displayName") is null
            ? new Error(ErrorCodes.ScimValue, "'displayName' is required.")
            : new GroupRow(tenant, old?.Id ?? Ids.Random("grp"), body, members, (old?.Version ?? 0) + 1, old?.CreatedAt ?? Now, Now);
    }

    /// <summary>Users whose roles the change may touch, each with the roles that they have besides.</summary>
    private Result<IReadOnlyList<(UserRow User, IReadOnlyList<string> Others)>> Members(int tenant, GroupRow? old, GroupRow? row) => store.Read(session =>
    {
        var (before, after) = (old?.Members ?? [], row?.Members ?? []);
        List<(UserRow, IReadOnlyList<string>)> members = [];
        var isOfRole = old?.Role is not null || row?.Role is not null;
        foreach (var id in old?.Role == row?.Role ? before.Except(after).Union(after.Except(before)) : before.Union(after))
        {
            if (ScimTable.User(session, tenant, id) is not { } user)
            {
                return new Error(ErrorCodes.ScimValue, $"There is no user '{id}'.");
            }
            if (isOfRole)
            {
                members.Add((user, [.. user.Roles, .. ScimTable.GroupsOf(session, tenant, id).Where(g => g.Id != (row ?? old)!.Id).Select(g => g.Role).OfType<string>()]));
            }
        }
        return Result<IReadOnlyList<(UserRow, IReadOnlyList<string>)>>.Of(members);
    });

    /// <summary>With its members, as a change sees it.</summary>
    private static JsonObject Whole(GroupRow group)
    {
        var whole = group.Body.DeepClone().AsObject();
        if (group.Members.Count > 0)
        {
            whole["members"] = new JsonArray([.. group.Members.Select(m => (JsonNode)new JsonObject { ["value"] = m })]);
        }
        return whole;
    }

    private static JsonObject? Told(GroupRow? group) => group is null ? null : Whole(group);

    private static Result<TRow> Seen<TRow>(TRow? row, string what, string id, string? ifMatch)
        where TRow : ScimRow =>
        row is null ? new Error(ErrorCodes.NotFound, $"There is no {what} '{id}'.")
        : ifMatch is not null && !EntityTags.Match(ifMatch, row.ETag) ? EntityTags.Changed(what)
        : row;

    /// <summary>Users who have become a rep by a change that is not stored yet.</summary>
    private sealed class MovedUsers
    {
        private readonly Dictionary<string, UserRow> _users = new(StringComparer.Ordinal);

        public void Add(UserRow user) => _users[user.Id] = user;

        public UserRow? Find(string id) => _users.GetValueOrDefault(id);

        public UserRow? OfRep(string rep) => _users.Values.FirstOrDefault(u => u.Rep == rep);

        /// <param name="except">The user who is written by itself.</param>
        public void Write(SqlSession session, string? except, long now)
        {
            foreach (var user in _users.Values.Where(u => u.Id != except))
            {
                ScimTable.Update(session, user with { Version = user.Version + 1, UpdatedAt = now });
            }
        }
    }
}
