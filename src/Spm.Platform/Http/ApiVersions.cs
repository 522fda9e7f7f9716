using Microsoft.AspNetCore.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>
/// The dated versions of the API that this host answers in, the oldest first. Within a version the API only grows; what would break a caller comes with a
/// new one. A credential keeps the version that was the newest when it was made, so that nothing changes for whoever changes nothing.
/// </summary>
/// <param name="all">At least one, in the form 2026-11-01.</param>
public sealed class ApiVersions(params IReadOnlyList<string> all)
{
    public const string Header = "Spm-Version";

    /// <summary>What a credential of before there were versions keeps: the migration of the store says so too.</summary>
    public const string First = "2026-11-01";

    public static ApiVersions Known { get; } = new(First);

    public IReadOnlyList<string> All => all;

    public string Newest => all[^1];

    /// <summary>The version that a request is answered in: that of its header, else of its credential, else the newest.</summary>
    public Result<string> Of(HttpContext http)
    {
        var asked = http.Request.Headers[Header].ToString() is { Length: > 0 } sent ? sent : (http.Items[typeof(Caller)] as Caller)?.Version ?? Newest;
        return all.Contains(asked) ? asked
            : Error.Of(Header, ErrorCodes.VersionUnknown, $"There is no version '{asked}' of the API here: it has {string.Join(", ", all)}.");
    }
}
