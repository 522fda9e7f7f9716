using Spm.GraphQL.Authoring;
using Spm.GraphQL.DataLoaders;
using Spm.Platform.Accounts;
using Spm.Platform.Companies;
using Spm.Platform.Connections;
using Spm.Platform.Credentials;
using Spm.Platform.Imports;
using Spm.Platform.Kernel;
using Spm.Platform.Measures;
using Spm.Platform.PayoutBatches;
using Spm.Platform.Payouts;
using Spm.Platform.Plans;
using Spm.Platform.Reps;
using Spm.Platform.Territories;
using Spm.Platform.Transactions;
using Spm.Platform.Webhooks;

namespace Spm.Platform.Graph;

/// <summary>Whatever has an id that is known everywhere.</summary>
[GraphQLName("Node")]
public interface INode
{
    /// <summary>Opaque, and the same for ever. REST uses the same ids.</summary>
    string Id { get; }
}

[QueryType]
internal static class Nodes
{
    /// <summary>Whatever has this id; null where nothing has that the caller sees.</summary>
    public static Task<INode?> GetNodeAsync([ID] string id, NodeById nodes) => nodes.LoadAsync(id);

    /// <summary>Whatever has these ids, in their order: at most 1000 of them.</summary>
    /// <param name="ids">In any order, of any kind.</param>
    [Cost(AssumedSize = 100)]
    public static async Task<IReadOnlyList<INode?>> GetNodesAsync([ID] IReadOnlyList<string> ids, NodeById nodes) => ids.Count <= Limits.MaxPageSize
        ? await nodes.LoadAsync(ids)
        : throw Refusals.Of(Error.Of("ids", ErrorCodes.LimitExceeded, $"At most {Limits.MaxPageSize} ids are looked up at once."));
}

/// <summary>Finds what ids belong to: one reading of the store for all ids of a kind.</summary>
internal sealed class NodeById(
    Call call, RecordQueries records, RepSlice reps, TerritorySlice territories, AccountSlice accounts, MeasureSlice measures, PlanSlice plans,
    TransactionQueries transactions, PayoutQueries payouts, BatchQueries batches, ImportQueries imports, ApiKeyQueries keys, WebhookQueries webhooks,
    ConnectionQueries connections) : DataLoader<string, INode>
{
    protected override async Task<IReadOnlyDictionary<string, INode>> FetchAsync(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var found = new Dictionary<string, INode>(StringComparer.Ordinal);
        foreach (var kind in ids.GroupBy(id => id.Split('_')[0], StringComparer.Ordinal))
        {
            foreach (var node in await OfKindAsync(kind.Key, [.. kind]))
            {
                found.TryAdd(node.Id, node);
            }
        }
        return found;
    }

    private async Task<IEnumerable<INode>> OfKindAsync(string prefix, IReadOnlyList<string> ids) => prefix switch
    {
        "rep" => Records(reps, ids, (entry, company) => TransactionViews.Rep(company, entry.No)),
        "ter" => Records(territories, ids, territories.View),
        "acc" => Records(accounts, ids, accounts.View),
        "msr" => Records(measures, ids, measures.View),
        "plan" => Records(plans, ids, plans.View),
        "txn" => transactions.Find(call.Caller, ids).OrRefuse().Select(call.View),
        "pay" => (await payouts.FindAsync(call.Caller, ids).OrRefuse()).Select(call.View),
        "bat" => (await batches.FindAsync(call.Caller, ids).OrRefuse()).Select(call.View),
        "imp" => imports.Find(call.Caller, ids).OrRefuse().Select(ImportView.Of),
        "key" => keys.Find(call.Caller, ids).OrRefuse().Select(k => ApiKeyView.Of(k, keys.Now)),
        "whk" => webhooks.Find(call.Caller, ids).OrRefuse().Select(WebhookRoots.View),
        "con" => connections.Find(call.Caller, ids).OrRefuse(),
        _ => [],
    };

    private IEnumerable<INode> Records<TInput, TDoc>(RecordSlice<TInput, TDoc> slice, IReadOnlyList<string> ids, Func<Entry<TDoc>, Company, INode> view)
        where TInput : class
        where TDoc : class =>
        ids.Select(id => records.Get(call.Caller, slice, id)).Where(r => r.Error?.Code != ErrorCodes.NotFound).Select(r => r.OrRefuse()).Select(r => view(r.Entry, r.Company));
}
