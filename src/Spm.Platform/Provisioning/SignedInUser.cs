using Spm.Storage;

namespace Spm.Platform.Provisioning;

/// <summary>What provisioning says of whoever signs in: found by the user name, else by the external id.</summary>
internal sealed record SignedInUser(string Id, bool IsActive, IReadOnlyList<string> Roles, string? Rep)
{
    public static SignedInUser? Find(SqlSession session, int tenant, string named) =>
        (ScimTable.UserNamed(session, tenant, named) ?? ScimTable.UsersOf(session, tenant, named).FirstOrDefault()) is { } user
            ? new SignedInUser(user.Id, user.IsActive, ScimTable.RolesOf(session, user), user.Rep)
            : null;
}
