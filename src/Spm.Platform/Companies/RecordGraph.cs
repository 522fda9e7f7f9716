using System.Text.Json;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Graph;

namespace Spm.Platform.Companies;

/// <summary>Records of any kind as the schema shows them: one by its id, or by the page.</summary>
internal sealed class RecordGraph(Call call, RecordQueries queries, RecordCommands commands)
{
    /// <summary>Null where nothing has the id that the caller sees.</summary>
    public TView? Find<TInput, TDoc, TView>(RecordSlice<TInput, TDoc> slice, string id, Func<Entry<TDoc>, Company, TView> view)
        where TInput : class
        where TDoc : class
        where TView : class
    {
        var found = queries.Get(call.Caller, slice, id).Then(f => view(f.Entry, f.Company));
        return found.OrNull();
    }

    /// <summary>Creates or replaces a record by its key in a source.</summary>
    public Task<TPayload> PutAsync<TInput, TDoc, TPayload>(
        RecordSlice<TInput, TDoc> slice, string source, string externalId, JsonElement body, Func<PutRecord<TDoc>, TPayload> made, Func<IReadOnlyList<UserError>, TPayload> refused, bool isDocument = false)
        where TInput : class
        where TDoc : class =>
        commands.PutAsync(call.Caller, slice, source, externalId, body).PayloadAsync(made, refused, isDocument ? "document" : slice.Noun, isDocument);

    public Task<Page<TView>> PageAsync<TInput, TDoc, TView>(
        RecordSlice<TInput, TDoc> slice, RecordFilter? filter, DateTimeOffset? updatedSince, PageArguments page, Func<Entry<TDoc>, Company, TView> view)
        where TInput : class
        where TDoc : class
    {
        var (company, asked) = (call.CompanyFor(slice.ReadScope), filter ?? new RecordFilter());
        return updatedSince is { } since ? Pages.Of(
            slice.UpdatedKeys, page, seek => queries.Updated(call.Caller, company, slice, asked, since.ToUnixTimeMilliseconds(), seek), entry => view(entry, company)) : Pages.Of(
            slice.Keys, page, seek => queries.List(call.Caller, company, slice, asked, seek), entry => view(entry, company),
            () => queries.All(call.Caller, company, slice, asked).Then(all => all.LongCount()));
    }
}
