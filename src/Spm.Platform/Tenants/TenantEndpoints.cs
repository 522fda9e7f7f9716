using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Tenants;

/// <summary>Tenants, for the operator of the installation. The answer with the first key is never kept: there is no Idempotency-Key.</summary>
public sealed class TenantEndpoints(TenantCommands commands) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/tenants", (Delegate)CreateAsync)
            .Operation("createTenant", "Tenants", "Makes a tenant and its first API key. For the operator's key alone.", Scopes.TenantsWrite, ErrorCodes.TenantExists)
            .Reads<TenantInput>().Answers<MadeTenantView>(201);
        routes.MapGet("/v1/tenants", (Delegate)Page)
            .Operation("listTenants", "Tenants", "Tenants in the order they were made. For the operator's key alone.", Scopes.TenantsRead, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged().Answers<Page<TenantView>>();
    }

    private async Task<IResult> CreateAsync(HttpContext http)
    {
        var input = await http.ReadAsync<TenantInput>();
        if (input.Error is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        var made = await commands.CreateAsync(http.Caller(), input.Value);
        http.Response.Headers.CacheControl = "no-store";
        return made.IsOk ? Answer.Created(made.Value, isNew: true) : Answer.Problem(made.Error!);
    }

    private IResult Page(HttpContext http)
    {
        var seek = http.Seek(TenantCommands.Keys);
        return seek.Error is { } refusal
            ? Answer.Problem(refusal)
            : http.Page(TenantCommands.Keys, commands.List(http.Caller(), seek.Value), t => t.View);
    }
}
