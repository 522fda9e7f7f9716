using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Tenants;

[QueryType]
internal static class TenantRoots
{
    /// <summary>Tenants of the installation in the order they were made. For the operator's key alone.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<TenantView>> GetTenantsAsync(PageArguments page, TenantCommands commands, Call call) =>
        Pages.Of(TenantCommands.Keys, page, seek => commands.List(call.Caller, seek), t => t.View);
}
