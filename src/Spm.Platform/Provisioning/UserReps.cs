using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;

namespace Spm.Platform.Provisioning;

/// <summary>
/// Keeps the reps of users as the users are. A user with the role rep or manager is a rep: the one of its employee number, else the one of its address,
/// else a new one of the source `scim`. A rep of another source, an HRIS for example, stays as that source has it.
/// </summary>
internal sealed class UserReps(CompanyEditor editor, RepSlice slice, DateOnly day)
{
    public const string Source = "scim";

    /// <summary>Asked for only where a user is no rep yet.</summary>
    private Dictionary<string, string> ByEmail => field ??= Emails(editor.Before);

    /// <summary>The user with the rep that it is from now on, or why it cannot be one.</summary>
    /// <param name="isRep">The user has a role that sees pay of its own.</param>
    /// <param name="manager">The rep of the user above; null without one.</param>
    /// <param name="isManaged">Who is above has changed. Else the rep's managers stay, whoever has put them.</param>
    /// <param name="isTaken">Whether another user is a rep.</param>
    public Result<UserRow> Follow(UserRow user, bool isRep, string? manager, bool isManaged, Func<string, bool> isTaken)
    {
        var rep = user.Rep is { } linked && Entry(linked) is { } known ? known : null;
        if (!isRep || !user.IsActive)
        {
            // Who has left by what others say stays as they say.
            return rep is null || rep.Source != Source || rep.Doc.LeftOn is not null ? user : Leave(rep, user);
        }
        rep ??= Find(user, isTaken);
        if (rep is not null && rep.Source != Source)
        {
            return user with { Rep = rep.Id };
        }
        if (rep is null && editor.Reps.Find(Source, Key(user)) is { } other)
        {
            return new Error(ErrorCodes.UserTaken, $"Another user is the rep '{other.ExternalId}' of the source {Source}.");
        }
        var patch = new JsonObject { ["name"] = user.Name, ["email"] = user.Email, ["title"] = ScimBody.Text(user.Body, null, "title") };
        if (user.LeftOn is { } day && rep?.Doc.LeftOn == day)
        {
            // Back again: what provisioning has put goes, and nothing that others have.
            patch["left_on"] = null;
        }
        if (rep is null || isManaged)
        {
            patch["managers"] = Managers(rep?.Doc.Managers ?? [], manager == rep?.Id ? null : manager);
        }
        return Put(rep?.ExternalId ?? Key(user), patch, user with { LeftOn = null });
    }

    /// <summary>Of the rep that is made for a user, and found again when the user comes back.</summary>
    private static string Key(UserRow user) => Number(user) ?? user.ExternalId ?? user.UserName;

    private static string? Number(UserRow user) => ScimBody.Text(user.Body, ScimKind.EnterpriseId, "employeeNumber");

    private static Dictionary<string, string> Emails(Company company) => company.Reps.All.Where(r => r.Doc.Email is not null)
        .GroupBy(r => r.Doc.Email!, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.First().Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>The day on which somebody leaves is the first without them; who was to begin later has never been there.</summary>
    private Result<UserRow> Leave(Entry<RepDoc> rep, UserRow user)
    {
        var left = rep.Doc.HiredOn >= day ? rep.Doc.HiredOn.Value.AddDays(1) : day;
        return Put(rep.ExternalId, new JsonObject { ["left_on"] = $"{left:yyyy-MM-dd}" }, user with { LeftOn = left });
    }

    private Entry<RepDoc>? Entry(string id) => editor.Reps.Resolve(id, "") is { Found: true, Ambiguous: false } found && editor.Reps[found.No] is var entry && entry.Id == id ? entry : null;

    private Entry<RepDoc>? Find(UserRow user, Func<string, bool> isTaken)
    {
        if (Number(user) is { } number && editor.Reps.Resolve(number, Source) is { Found: true, Ambiguous: false } found && editor.Reps[found.No] is var numbered && numbered.ExternalId == number)
        {
            return Free(numbered);
        }
        return (user.Email is { } email && ByEmail.TryGetValue(email, out var id) ? Free(Entry(id)) : null) ?? Free(editor.Reps.Find(Source, Key(user)));

        Entry<RepDoc>? Free(Entry<RepDoc>? rep) => rep is null || isTaken(rep.Id) ? null : rep;
    }

    /// <summary>From today on the rep is below another one; what was stays.</summary>
    private JsonArray Managers(IReadOnlyList<DatedRef> before, string? manager)
    {
        if (before.FirstOrDefault(m => m.Range.Contains(day))?.Ref == manager)
        {
            return Written(before);
        }
        List<DatedRef> after = [.. before.Where(m => (m.From ?? DateOnly.MinValue) < day).Select(m => m with { To = m.To < day ? m.To : day })];
        if (manager is not null)
        {
            after.Add(new DatedRef(manager, after.Count == 0 && before.Count == 0 ? null : day, null));
        }
        return Written(after);
    }

    private static JsonArray Written(IEnumerable<DatedRef> managers) =>
        new([.. managers.Select(m => (JsonNode)new JsonObject { ["manager"] = m.Ref, ["from"] = m.From is { } from ? $"{from:yyyy-MM-dd}" : null, ["to"] = m.To is { } to ? $"{to:yyyy-MM-dd}" : null })]);

    private Result<UserRow> Put(string externalId, JsonObject patch, UserRow user)
    {
        var known = editor.Reps.Find(Source, externalId);
        var change = JsonSerializer.SerializeToElement(patch);
        var body = known is null ? change : slice.Patched(known, editor.Before, change);
        var put = slice.Put(editor, Source, externalId, body);
        return put.IsOk ? user with { Rep = editor.Reps.Find(Source, externalId)!.Id } : new Error(ErrorCodes.ScimValue, $"The user cannot be a rep: {put.Error!.Detail}");
    }
}
