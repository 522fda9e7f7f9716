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
        return Of(known, known.SelectMany(r => r.Scopes), scopes, isRep);
    }

    /// <summary>
    /// Of an access token: roles say what a person may do, the scopes what the person let the client do of it. Without a role of ours a rep sees
    /// themself, and a client that acts for nobody has what it was granted. Anybody else has nothing: many providers let people grant what they like.
    /// </summary>
    /// <param name="isClient">The token is of a client that acts for itself.</param>
    public static Grant OfToken(IReadOnlyCollection<string> roles, IEnumerable<string> scopes, bool isRep, bool isClient)
    {
        Role[] known = [.. roles.Select(Roles.Find).OfType<Role>()];
        // Scopes that are not ours, such as `openid`, say nothing about what may be done here.
        string[] granted = [.. scopes.Where(Kernel.Scopes.Known.Contains)];
        var ofRoles = known.SelectMany(r => r.Scopes);
        return known.Length > 0 ? Of(known, granted.Length == 0 ? ofRoles : ofRoles.Intersect(granted, StringComparer.Ordinal), [], isRep)
            : isRep || (isClient && roles.Count == 0) ? Of(known, [], granted, isRep)
            : new Grant(FrozenSet<string>.Empty, Reach.Nobody);
    }

    /// <param name="besides">Scopes that no role came with. Whoever does not see everybody carries of these only what shows single reps.</param>
    private static Grant Of(Role[] roles, IEnumerable<string> ofRoles, IEnumerable<string> besides, bool isRep)
    {
        var reach = roles.Length > 0 ? roles.Max(r => r.Reach) : isRep ? Reach.Self : Reach.Everyone;
        return new Grant(
            ofRoles.Where(s => reach == Reach.Everyone || Kernel.Scopes.ByReach.Contains(s))
                .Concat(besides.Where(s => reach == Reach.Everyone ? Kernel.Scopes.OfTenants.Contains(s) || s == Kernel.Scopes.All : Kernel.Scopes.OfReps.Contains(s)))
                .ToFrozenSet(StringComparer.Ordinal),
            reach);
    }
}
