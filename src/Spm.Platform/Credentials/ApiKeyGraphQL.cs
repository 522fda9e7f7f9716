using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;
using Spm.Platform.Transactions;

namespace Spm.Platform.Credentials;

[QueryType]
internal static class ApiKeyRoots
{
    /// <summary>One API key, without its secret; null where none has the id.</summary>
    public static ApiKeyView? GetApiKey([ID] string id, ApiKeyQueries queries, Call call)
    {
        var found = queries.Get(call.Caller, id).Then(k => ApiKeyView.Of(k, queries.Now));
        return found.OrNull();
    }

    /// <summary>API keys in the order they were made, also those that are revoked.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<ApiKeyView>> GetApiKeysAsync(PageArguments page, ApiKeyQueries queries, Call call) =>
        Pages.Of(ApiKeyQueries.Keys, page, seek => queries.List(call.Caller, seek), k => ApiKeyView.Of(k, queries.Now), () => queries.Count(call.Caller));
}

[ObjectType<ApiKeyView>]
internal static class ApiKeyFields
{
    /// <summary>The rep who uses it, where the caller sees them.</summary>
    public static RepRef? GetRep([Parent] ApiKeyView key, RecordGraph records, RepSlice slice) =>
        key.Rep is { } id ? records.Find(slice, id, (entry, company) => TransactionViews.Rep(company, entry.No)) : null;
}
