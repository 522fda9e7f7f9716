namespace Spm.Platform.Kernel;

/// <summary>
/// On whose behalf a command runs. The tenant comes from the credential and from nowhere else. Every command takes the caller and
/// asks for the scope it needs, whichever door the request came through.
/// </summary>
/// <param name="Tenant">0 for the operator of the installation, who is in no tenant.</param>
/// <param name="Credential">The id of the API key, or issuer and subject of the access token.</param>
public sealed record Caller(int Tenant, string TenantId, string Credential, IReadOnlySet<string> Scopes)
{
    /// <summary>The credential that made this one; itself for a person. What one of the two has submitted, the other cannot approve.</summary>
    public string Owner { get; init; } = Credential;

    /// <summary>Whose pay the caller sees.</summary>
    public Reach Reach { get; init; } = Reach.Everyone;

    /// <summary>The rep who the caller is: id or external id; null for machines and people who are not paid here.</summary>
    public string? Rep { get; init; }

    /// <summary>The day of the request, in UTC: a manager sees who is below them on it.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The version of the API that the credential keeps; null for one that keeps none.</summary>
    public string? Version { get; init; }

    /// <summary>The request's id, which the audit trail names.</summary>
    public string Request { get; init; } = "";

    /// <summary>All scopes are all of a tenant: the operator's are never among them.</summary>
    public bool Has(string scope) => Scopes.Contains(scope) || (Scopes.Contains(Kernel.Scopes.All) && !Kernel.Scopes.OfOperator.Contains(scope));

    /// <summary>Null when the credential carries the scope; else the refusal.</summary>
    public Error? Lacks(string scope) => Has(scope) ? null : new Error(ErrorCodes.Forbidden, $"The credential lacks the scope {scope}.");
}

/// <summary>Whose pay a caller sees: each includes those before it.</summary>
public enum Reach : byte
{
    Nobody,

    /// <summary>Themself.</summary>
    Self,

    /// <summary>Themself and everybody beneath them as of the date.</summary>
    Team,
    Everyone,
}
