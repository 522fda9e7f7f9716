namespace Spm.Platform.Credentials;

/// <summary>How access tokens of an identity provider are read. Claims are named as the provider names them.</summary>
/// <param name="Authority">The provider's issuer, an https address: its keys are found from there.</param>
/// <param name="Audience">What a token must be made for.</param>
/// <param name="TenantClaim">Holds the tenant's id: without it a token opens nothing.</param>
/// <param name="RolesClaim">Holds roles of ours; others are passed over.</param>
/// <param name="RepClaim">Holds the id or external id of the rep who the person is.</param>
/// <param name="VersionClaim">Holds the version of the API that the client was written for; without it answers are in the newest.</param>
/// <param name="UserClaim">Holds the user name or the external id of the user whom an identity provider has provisioned by SCIM.</param>
/// <param name="ProvisionedOnly">A person's token opens nothing unless the person is such a user.</param>
/// <param name="ClockSkew">By so much the provider's clock may differ.</param>
/// <param name="KeysFresh">After so long the provider's keys are asked for again.</param>
public sealed record TokenSettings(
    Uri? Authority, string Audience, string TenantClaim, string RolesClaim, string RepClaim, string VersionClaim, string UserClaim, bool ProvisionedOnly, TimeSpan ClockSkew, TimeSpan KeysFresh)
{
    public static readonly TokenSettings Default = new(null, "spm", "tenant", "roles", "rep", "spm_version", "sub", false, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
}
