using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;

namespace Spm.Platform.Tenants;

/// <summary>The tenant and its first API key.</summary>
/// <param name="Tenant">Null where the mutation was refused.</param>
/// <param name="ApiKeyId">Id of the key; null where the mutation was refused.</param>
/// <param name="Secret">The tenant's first API key, with every scope. It is not kept and cannot be shown again.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record CreateTenantPayload(TenantView? Tenant, string? ApiKeyId, string? Secret, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class TenantMutations
{
    /// <summary>Makes a tenant and its first API key. For the operator's key alone.</summary>
    public static async Task<CreateTenantPayload?> CreateTenantAsync(TenantInput input, TenantCommands commands, Call call) => await commands
        .CreateAsync(call.Caller, input).PayloadAsync(made => new CreateTenantPayload(made.Tenant, made.ApiKey, made.Secret, []), errors => new CreateTenantPayload(null, null, null, errors));
}
