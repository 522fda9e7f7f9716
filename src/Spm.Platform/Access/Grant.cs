using System.Collections.Frozen;
using Spm.Platform.Kernel;

namespace Spm.Platform.Access;

/// <summary>What roles and scopes come to together.</summary>
public readonly record struct Grant(IReadOnlySet<string> Scopes, Reach Reach)
{
    /// <summary>Of an API key: the scopes of its roles and those that it names besides.</summary>
    public static Grant OfKey(IEnumerable<string> roles, IEnumerable<string> scopes, bool isRep)
    {
        Role[] known = [.. roles.Select(Roles.Find).OfType<Role>()];
        return Of(known, known.SelectMany(r => r.Scopes).Concat(scopes), isRep);
    }

    /// <summary>
    /// Of an access token: roles say what a person may do, the scopes what the person let the client do of it. A client without roles
    /// acts for itself and has what it was granted.
    /// </summary>
    public static Grant OfToken(IEnumerable<string> roles, IEnumerable<string> scopes, bool isRep)
    {
        Role[] known = [.. roles.Select(Roles.Find).OfType<Role>()];
        // Scopes that are not ours, such as `openid`, say nothing about what may be done here.
        string[] granted = [.. scopes.Where(Kernel.Scopes.OfTenants.Contains)];
        var ofRoles = known.SelectMany(r => r.Scopes);
        return Of(known, known.Length == 0 ? granted : granted.Length == 0 ? ofRoles : ofRoles.Intersect(granted, StringComparer.Ordinal), isRep);
    }

    private static Grant Of(Role[] roles, IEnumerable<string> scopes, bool isRep)
    {
        var reach = roles.Length > 0 ? roles.Max(r => r.Reach) : isRep ? Reach.Self : Reach.Everyone;
        return new Grant(scopes.Where(s => reach == Reach.Everyone || Kernel.Scopes.ByReach.Contains(s)).ToFrozenSet(StringComparer.Ordinal), reach);
    }
}
