using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Credentials;

/// <summary>API keys. Answers with a secret are never kept, so these operations take no Idempotency-Key: revoke a key whose secret was lost.</summary>
public sealed class ApiKeyEndpoints(ApiKeyQueries queries, ApiKeyCommands commands) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/api-keys", (Delegate)CreateAsync)
            .Operation("createApiKey", "Credentials", "Makes an API key. Its secret is in this answer and nowhere else.", Scopes.CredentialsWrite, ErrorCodes.ScopeUnknown, ErrorCodes.RoleUnknown, ErrorCodes.RepUnknown, ErrorCodes.ExpiryPast, ErrorCodes.LimitExceeded)
            .Reads<ApiKeyInput>().Answers<MadeKeyView>(201);
        routes.MapGet("/v1/api-keys", (Delegate)Page)
            .Operation("listApiKeys", "Credentials", "API keys in the order they were made, also those that are revoked.", Scopes.CredentialsRead, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged().Answers<Page<ApiKeyView>>();
        routes.MapGet("/v1/api-keys/{id}", (string id, HttpContext http) => Answer.Of(queries.Get(http.Caller(), id), k => ApiKeyView.Of(k, queries.Now)))
            .Operation("getApiKey", "Credentials", "One API key, without its secret.", Scopes.CredentialsRead, ErrorCodes.NotFound).Answers<ApiKeyView>();
        routes.MapPost("/v1/api-keys/{id}/rotate", RotateAsync)
            .Operation("rotateApiKey", "Credentials", "Gives the key a new secret; the old one opens until the overlap ends.", Scopes.CredentialsWrite, ErrorCodes.NotFound, ErrorCodes.FieldMalformed, ErrorCodes.KeyNotActive)
            .Reads<RotateInput>().Answers<MadeKeyView>();
        routes.MapPost("/v1/api-keys/{id}/revoke", async (string id, HttpContext http) => Answer.Of(await commands.RevokeAsync(http.Caller(), id), k => ApiKeyView.Of(k, queries.Now)))
            .Operation("revokeApiKey", "Credentials", "Ends a key at once and for good.", Scopes.CredentialsWrite, ErrorCodes.NotFound, ErrorCodes.LastCredential).Answers<ApiKeyView>();
    }

    private async Task<IResult> CreateAsync(HttpContext http)
    {
        var input = await http.ReadAsync<ApiKeyInput>();
        if (input.Error is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        var made = await commands.CreateAsync(http.Caller(), input.Value);
        return made.IsOk ? Answer.Created(View(http, made.Value), isNew: true, $"/v1/api-keys/{made.Value.Row.Id}") : Answer.Problem(made.Error!);
    }

    private async Task<IResult> RotateAsync(string id, HttpContext http)
    {
        // Everything in the body has a default, so it may be left out.
        var input = http.Request.ContentType is null ? new RotateInput() : await http.ReadAsync<RotateInput>();
        if (input.Error is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        return Answer.Of(await commands.RotateAsync(http.Caller(), id, input.Value.OverlapSeconds ?? ApiKeyCommands.DefaultOverlap), made => View(http, made));
    }

    private IResult Page(HttpContext http)
    {
        var seek = http.Seek(ApiKeyQueries.Keys);
        return seek.Error is { } refusal
            ? Answer.Problem(refusal)
            : http.Page(ApiKeyQueries.Keys, queries.List(http.Caller(), seek.Value), k => ApiKeyView.Of(k, queries.Now));
    }

    private MadeKeyView View(HttpContext http, MadeKey made)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new MadeKeyView(ApiKeyView.Of(made.Row, queries.Now), made.Secret);
    }
}
