using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Provisioning;

/// <summary>
/// SCIM 2.0 (RFC 7643, RFC 7644): identity providers keep users, groups and by them reps and roles. docs/security.md says what becomes of what. The protocol
/// describes itself (`/Schemas`), so the OpenAPI document leaves it out.
/// </summary>
public sealed class ScimEndpoints(ProvisioningCommands commands, ProvisioningQueries queries) : IEndpoints
{
    public const string Root = "/scim/v2";

    private const string Tag = "SCIM";
    private const int PageSize = 100;

    private static readonly string[] Refusals = [ErrorCodes.ScimSyntax, ErrorCodes.ScimValue, ErrorCodes.UserTaken, ErrorCodes.MediaTypeUnsupported];

    public void Map(IEndpointRouteBuilder root)
    {
        var routes = root.MapGroup("").ExcludeFromDescription();
        Resources(routes, ScimKind.User, "User", "Users", queries.User,
            (http, body) => Made(commands.CreateUserAsync(http.Caller(), body)), (http, id, body) => Made(commands.PutUserAsync(http.Caller(), id, body, http.IfMatchIfAny())),
            (http, id, body) => Made(commands.PatchUserAsync(http.Caller(), id, body, http.IfMatchIfAny())), async (http, id) => (await commands.DeleteUserAsync(http.Caller(), id, http.IfMatchIfAny())).Error);
        Resources(routes, ScimKind.Group, "Group", "Groups", queries.Group,
            (http, body) => Made(commands.CreateGroupAsync(http.Caller(), body)), (http, id, body) => Made(commands.PutGroupAsync(http.Caller(), id, body, http.IfMatchIfAny())),
            (http, id, body) => Made(commands.PatchGroupAsync(http.Caller(), id, body, http.IfMatchIfAny())), async (http, id) => (await commands.DeleteGroupAsync(http.Caller(), id, http.IfMatchIfAny())).Error);
        Discovery(routes, "ServiceProviderConfig", "getScimConfig", "What of SCIM there is.", _ => ScimDiscovery.Config);
        Discovery(routes, "ResourceTypes", "listScimResourceTypes", "Users and groups.", _ => ScimDiscovery.ResourceTypes);
        Discovery(routes, "ResourceTypes/{id}", "getScimResourceType", "One of them.", ScimDiscovery.ResourceType);
        Discovery(routes, "Schemas", "listScimSchemas", "What is kept of users and groups.", _ => ScimDiscovery.Schemas);
        Discovery(routes, "Schemas/{id}", "getScimSchema", "One of the schemas.", ScimDiscovery.Schema);
    }

    private static void Discovery(IEndpointRouteBuilder routes, string path, string operation, string summary, Func<string, JsonObject?> find) => routes
        .MapGet($"{Root}/{path}", (HttpContext http) => find(http.GetRouteValue("id") as string ?? "") is { } found
            ? new ScimAnswer(found)
            : Answer.NotFound("resource", http.GetRouteValue("id") as string ?? ""))
        .Operation(operation, Tag, summary, Scopes.UsersRead, ErrorCodes.NotFound);

    private void Resources(
        IEndpointRouteBuilder routes, ScimKind kind, string noun, string nouns, Func<Caller, string, Result<ScimView>> get,
        Func<HttpContext, JsonElement, Task<Result<ScimView>>> create, Func<HttpContext, string, JsonElement, Task<Result<ScimView>>> put,
        Func<HttpContext, string, JsonElement, Task<Result<ScimView>>> patch, Func<HttpContext, string, Task<Error?>> delete)
    {
        var (one, path, lower) = ($"{Root}/{kind.Collection}/{{id}}", $"{Root}/{kind.Collection}", noun.ToLowerInvariant());
        (string, string)[] selection = [("attributes", "Only these, with commas between."), ("excludedAttributes", "All but these.")];
        routes.MapGet(path, (HttpContext http) => Page(http, kind))
            .Operation($"list{nouns}", Tag, $"{nouns} in the order they were made.", Scopes.UsersRead, ErrorCodes.ScimFilter, ErrorCodes.ParameterInvalid)
            .Parameters([("filter", $"`{(kind == ScimKind.User ? "userName" : "displayName")} eq \"…\"`: RFC 7644, section 3.4.2.2."), ("startIndex", "The first one, counted from 1."), ("count", $"At most so many: 0 to {Limits.MaxPageSize}; {PageSize} when left out."), .. selection]);
        routes.MapPost(path, (Delegate)((HttpContext http) => WithBodyAsync(http, body => create(http, body), StatusCodes.Status201Created)))
            .Operation($"create{noun}", Tag, $"Makes a {lower}.", Scopes.UsersWrite, Refusals).ReadsScim();
        routes.MapGet(one, (string id, HttpContext http) => One(http, get(http.Caller(), id)))
            .Operation($"get{noun}", Tag, $"One {lower}.", Scopes.UsersRead, ErrorCodes.NotFound).Parameters(selection);
        routes.MapPut(one, (string id, HttpContext http) => WithBodyAsync(http, body => put(http, id, body)))
            .Operation($"put{noun}", Tag, $"Replaces a {lower}.", Scopes.UsersWrite, [ErrorCodes.NotFound, ErrorCodes.PreconditionFailed, .. Refusals]).ReadsScim().TakesIfMatch();
        routes.MapPatch(one, (string id, HttpContext http) => WithBodyAsync(http, body => patch(http, id, body)))
            .Operation($"patch{noun}", Tag, $"Changes some attributes of a {lower}: RFC 7644, section 3.5.2.", Scopes.UsersWrite, [ErrorCodes.NotFound, ErrorCodes.PreconditionFailed, ErrorCodes.ScimPath, ErrorCodes.ScimNoTarget, ErrorCodes.ScimMutability, .. Refusals])
            .ReadsScim().TakesIfMatch();
        routes.MapDelete(one, async (string id, HttpContext http) => await delete(http, id) is { } refused ? Answer.Problem(refused) : Results.NoContent())
            .Operation($"delete{noun}", Tag, kind == ScimKind.User ? "Takes a user away; as a rep the user has left." : "Takes a group away, and the role that it gave.", Scopes.UsersWrite, ErrorCodes.NotFound, ErrorCodes.PreconditionFailed)
            .TakesIfMatch();
    }

    private async Task<Result<ScimView>> Made<TRow>(Task<Result<TRow>> made)
        where TRow : ScimRow => (await made).Then(queries.View);

    private static async Task<IResult> WithBodyAsync(HttpContext http, Func<JsonElement, Task<Result<ScimView>>> use, int status = StatusCodes.Status200OK)
    {
        var body = await http.ReadJsonAsync(ScimAnswer.MediaType);
        return body.IsOk ? One(http, await use(body.Value), status) : Answer.Problem(body.Error!);
    }

    private static IResult One(HttpContext http, Result<ScimView> view, int status = StatusCodes.Status200OK)
    {
        if (!view.IsOk)
        {
            return Answer.Problem(view.Error!);
        }
        http.Response.Headers.ETag = view.Value.ETag;
        if (status == StatusCodes.Status201Created)
        {
            http.Response.Headers.Location = view.Value.Location;
        }
        return HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.IfNoneMatch.Contains(view.Value.ETag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : new ScimAnswer(ScimSelection.Of(http).Of(view.Value.Resource), status);
    }

    private IResult Page(HttpContext http, ScimKind kind)
    {
        var filter = http.Parameter("filter") is { } text ? ScimParser.Filter(kind, text).Then(f => (ScimFilter?)f) : Result<ScimFilter?>.Of(null);
        var (start, count) = (Number(http, "startIndex", 1), Number(http, "count", PageSize));
        if ((filter.Error ?? start.Error ?? count.Error) is { } refused)
        {
            return Answer.Problem(refused);
        }
        // Less than 1 is 1, and less than none is none, as RFC 7644, section 3.4.2.4 has it.
        var asked = new ScimAsked(filter.Value, Math.Max(1, start.Value), Math.Clamp(count.Value, 0, Limits.MaxPageSize));
        var selection = ScimSelection.Of(http);
        var page = kind == ScimKind.User ? queries.Users(http.Caller(), asked) : queries.Groups(http.Caller(), asked, withMembers: selection.Has("members") || filter.Value?.Asks("members") == true);
        return page.IsOk
            ? new ScimAnswer(ScimDiscovery.List(page.Value.Total, asked.Start, [.. page.Value.Resources.Select(r => selection.Of(r.Resource))]))
            : Answer.Problem(page.Error!);
    }

    private static Result<int> Number(HttpContext http, string name, int otherwise) =>
        http.Parameter(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : Error.Of(name, ErrorCodes.ParameterInvalid, $"`{name}` is a whole number.");
}

/// <summary>Which attributes are answered: `attributes` or `excludedAttributes` of RFC 7644, section 3.9. What says who a resource is stays.</summary>
internal sealed record ScimSelection(IReadOnlyList<string> Only, IReadOnlyList<string> But)
{
    private static readonly string[] Always = ["schemas", "id"];

    public static ScimSelection Of(HttpContext http) => new(Names(http, "attributes"), Names(http, "excludedAttributes"));

    public bool Has(string name) => Only.Count > 0 ? Only.Any(o => Leads(name, o)) : !But.Contains(name, StringComparer.OrdinalIgnoreCase);

    public JsonObject Of(JsonObject resource)
    {
        if (Only.Count + But.Count == 0)
        {
            return resource;
        }
        return new JsonObject(resource.Where(p => Always.Contains(p.Key) || Has(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
    }

    /// <summary>An attribute, a part of it, or an attribute of an extension leads to what holds it.</summary>
    private static bool Leads(string name, string asked) =>
        asked.Equals(name, StringComparison.OrdinalIgnoreCase) || asked.StartsWith($"{name}.", StringComparison.OrdinalIgnoreCase) || asked.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase)
        || asked.EndsWith($":{name}", StringComparison.OrdinalIgnoreCase);

    private static string[] Names(HttpContext http, string parameter) => http.Parameter(parameter)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}

/// <summary>A body of SCIM.</summary>
internal sealed class ScimAnswer(JsonObject body, int status = StatusCodes.Status200OK) : IResult
{
    public const string MediaType = "application/scim+json";

    private const string ErrorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";

    /// <summary>RFC 7644, section 3.12, with the platform's code beside it.</summary>
    public static Task WriteAsync(HttpContext http, Error error)
    {
        var code = ErrorCodes.All[error.Code];
        return new ScimAnswer(
            new JsonObject { ["schemas"] = new JsonArray(ErrorSchema), ["status"] = $"{code.Status}", ["scimType"] = TypeOf(error.Code), ["detail"] = error.Detail, ["code"] = code.Code, ["request_id"] = RequestIds.Of(http) }, code.Status)
            .ExecuteAsync(http);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = MediaType;
        return httpContext.Response.WriteAsync(body.ToJsonString(), httpContext.RequestAborted);
    }

    private static string? TypeOf(string code) => code switch
    {
        ErrorCodes.ScimFilter => "invalidFilter",
        ErrorCodes.ScimSyntax or ErrorCodes.BodyMalformed => "invalidSyntax",
        ErrorCodes.ScimPath => "invalidPath",
        ErrorCodes.ScimNoTarget => "noTarget",
        ErrorCodes.ScimValue or ErrorCodes.ParameterInvalid => "invalidValue",
        ErrorCodes.ScimMutability => "mutability",
        ErrorCodes.UserTaken => "uniqueness",
        _ => null,
    };
}

internal static class ScimDescribe
{
    public static RouteHandlerBuilder ReadsScim(this RouteHandlerBuilder route) => route.Accepts<JsonObject>(ScimAnswer.MediaType, "application/json");
}
