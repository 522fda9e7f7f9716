using Spm.Storage;

namespace Spm.Platform.Provisioning;

/// <summary>What provisioning says of whoever signs in: found by the user name, else by the external id where one user alone has it.</summary>
internal sealed record SignedInUser(bool IsActive, IReadOnlyList<string> Roles, string? Rep)
{
    public static SignedInUser? Find(SqlSession session, int tenant, string named) =>
        (ScimTable.UserNamed(session, tenant, named) ?? (ScimTable.UsersOf(session, tenant, named) is [var only] ? only : null)) is { } user
            ? new SignedInUser(user.IsActive, ScimTable.RolesOf(session, user), user.Rep)
            : null;
}
