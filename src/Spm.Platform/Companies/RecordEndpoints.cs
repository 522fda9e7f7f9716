using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Accounts;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Measures;
using Spm.Platform.Plans;
using Spm.Platform.Reps;
using Spm.Platform.Tenants;
using Spm.Platform.Territories;

namespace Spm.Platform.Companies;

/// <summary>The same four operations for every kind of record: put by its key, get, list, look up by its key.</summary>
public sealed class RecordEndpoints(
    TenantDirectory tenants, RecordCommands commands, RecordQueries queries, RepSlice reps, TerritorySlice territories, AccountSlice accounts, MeasureSlice measures, PlanSlice plans) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        Map<RepInput, RepDoc, RepView>(routes, reps, "Rep", "Reps");
        Map<TerritoryInput, TerritoryDoc, TerritoryView>(routes, territories, "Territory", "Territories");
        Map<AccountInput, AccountDoc, AccountView>(routes, accounts, "Account", "Accounts");
        Map<MeasureInput, MeasureDoc, MeasureView>(routes, measures, "Measure", "Measures");
        Map<PlanInput, PlanDoc, PlanView>(routes, plans, "Plan", "Plans");
    }

    private void Map<TInput, TDoc, TView>(IEndpointRouteBuilder routes, RecordSlice<TInput, TDoc> slice, string noun, string nouns)
        where TInput : class
        where TDoc : class
        where TView : class
    {
        var path = $"/v1/{slice.Entity}";
        routes.MapPut($"{path}/{{source}}/{{external_id}}", (string source, string external_id, HttpContext http) => PutAsync<TInput, TDoc, TView>(slice, source, external_id, http))
            .Operation($"put{noun}", nouns, $"Creates or replaces a {noun.ToLowerInvariant()} by its key in a source.", Scopes.ConfigurationWrite, ErrorCodes.BodyMalformed, ErrorCodes.FieldUnknown, ErrorCodes.FieldRequired, ErrorCodes.ReferenceAmbiguous)
            .Reads<TInput>().TakesIfMatch().Answers<TView>(200, 201);
        routes.MapPatch($"{path}/{{id}}", (string id, HttpContext http) => PatchAsync<TInput, TDoc, TView>(slice, id, http))
            .Operation($"patch{noun}", nouns, $"Changes some fields of a {noun.ToLowerInvariant()}, by the rules of a PUT.", Scopes.ConfigurationWrite, ErrorCodes.NotFound, ErrorCodes.ReferenceAmbiguous)
            .ReadsPatch<TInput>().TakesIfMatch().Answers<TView>();
        routes.MapGet($"{path}/{{id}}", (string id, HttpContext http) => Get<TInput, TDoc, TView>(slice, id, http))
            .Operation($"get{noun}", nouns, $"One {noun.ToLowerInvariant()}.", slice.ReadScope, ErrorCodes.NotFound).Answers<TView>();
        routes.MapGet(path, (Delegate)((HttpContext http) => ListAsync<TInput, TDoc, TView>(slice, http)))
            .Operation($"list{nouns}", nouns, $"All {nouns.ToLowerInvariant()} in the order they were created.", slice.ReadScope, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged(("source", "Only of this source."), ("external_id", "Only with this external id."), IncrementalPaging.UpdatedSince).Answers<Page<TView>>();
    }

    private async Task<IResult> PutAsync<TInput, TDoc, TView>(RecordSlice<TInput, TDoc> slice, string source, string externalId, HttpContext http)
        where TInput : class
        where TDoc : class
        where TView : class
    {
        var caller = http.Caller();
        var body = await http.ReadJsonAsync();
        if (!body.IsOk)
        {
            return Answer.Problem(body.Error!);
        }
        (source, externalId) = http.Key(source, externalId);
        return Put<TInput, TDoc, TView>(http, slice, await commands.PutAsync(caller, slice, source, externalId, body.Value, http.IfMatchIfAny()));
    }

    private async Task<IResult> PatchAsync<TInput, TDoc, TView>(RecordSlice<TInput, TDoc> slice, string id, HttpContext http)
        where TInput : class
        where TDoc : class
        where TView : class
    {
        var patch = await http.ReadJsonAsync(MergePatch.MediaType);
        return patch.IsOk ? Put<TInput, TDoc, TView>(http, slice, await commands.PatchAsync(http.Caller(), slice, id, patch.Value, http.IfMatchIfAny())) : Answer.Problem(patch.Error!);
    }

    private static IResult Put<TInput, TDoc, TView>(HttpContext http, RecordSlice<TInput, TDoc> slice, Result<PutRecord<TDoc>> put)
        where TInput : class
        where TDoc : class
        where TView : class
    {
        if (!put.IsOk)
        {
            return Answer.Problem(put.Error!);
        }
        http.Response.Headers.ETag = put.Value.Entry.ETag;
        return Answer.Created((TView)slice.View(put.Value.Entry, put.Value.Company), put.Value.Outcome == PutOutcome.Created, $"/v1/{slice.Entity}/{put.Value.Entry.Id}");
    }

    private IResult Get<TInput, TDoc, TView>(RecordSlice<TInput, TDoc> slice, string id, HttpContext http)
        where TInput : class
        where TDoc : class
        where TView : class
    {
        var found = queries.Get(http.Caller(), slice, id);
        if (found.IsOk)
        {
            http.Response.Headers.ETag = found.Value.Entry.ETag;
        }
        return Answer.Of(found, f => (TView)slice.View(f.Entry, f.Company));
    }

    private Task<IResult> ListAsync<TInput, TDoc, TView>(RecordSlice<TInput, TDoc> slice, HttpContext http)
        where TInput : class
        where TDoc : class
        where TView : class
    {
        var (caller, company) = (http.Caller(), tenants.Get(http.Caller().Tenant).Company);
        var filter = new RecordFilter(http.Parameter("source"), http.Parameter("external_id"));
        return http.PageAsync(
            slice.Keys, seek => Task.FromResult(queries.List(caller, company, slice, filter, seek)),
            slice.UpdatedKeys, (since, seek) => Task.FromResult(queries.Updated(caller, company, slice, filter, since, seek)),
            e => (TView)slice.View(e, company));
    }
}
