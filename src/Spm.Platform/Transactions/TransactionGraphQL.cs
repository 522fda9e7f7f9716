using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.GraphQL.DataLoaders;
using Spm.Platform.Accounts;
using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;
using Spm.Platform.Territories;

namespace Spm.Platform.Transactions;

/// <summary>By what transactions are sorted.</summary>
public enum TransactionOrderField : byte
{
    /// <summary>When their current versions were recorded.</summary>
    RecordedAt,
}

/// <summary>How transactions are sorted.</summary>
/// <param name="Field">By what.</param>
/// <param name="Direction">Where the list begins.</param>
public sealed record TransactionOrder(TransactionOrderField Field, OrderDirection Direction = OrderDirection.Asc);

[QueryType]
internal static class TransactionRoots
{
    /// <summary>The current version of a transaction; null where none has the id.</summary>
    public static TransactionView? GetTransaction([ID] string id, TransactionQueries queries, Call call)
    {
        var found = queries.Get(call.Caller, id).Then(call.View);
        return found.OrNull();
    }

    /// <summary>Current transactions in the order they were recorded.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<TransactionView>> GetTransactionsAsync(
        PageArguments page, TransactionQueries queries, Call call, TransactionFilter? filter = null, DateTimeOffset? updatedSince = null, TransactionOrder? orderBy = null)
    {
        var asked = filter ?? new TransactionFilter();
        var direction = orderBy?.Direction ?? OrderDirection.Asc;
        return updatedSince is { } since
            ? Pages.Of(TransactionQueries.UpdatedKeys, page, seek => queries.Updated(call.Caller, asked, since.ToUnixTimeMilliseconds(), seek), call.View, direction: direction)
            : Pages.Of(TransactionQueries.Keys, page, seek => queries.List(call.Caller, asked, seek), call.View, () => queries.Count(call.Caller, asked), direction);
    }
}

[ObjectType<TransactionView>]
internal static class TransactionFields
{
    /// <summary>The rep whom the source named, where the caller sees them.</summary>
    public static RepRef? GetRep([Parent] TransactionView transaction, RecordGraph records, RepSlice slice) =>
        transaction.Rep is { } id ? records.Find(slice, id, (entry, company) => TransactionViews.Rep(company, entry.No)) : null;

    /// <summary>The account that it is with.</summary>
    public static AccountView? GetAccount([Parent] TransactionView transaction, RecordGraph records, AccountSlice slice) =>
        transaction.Account is { } id ? records.Find(slice, id, slice.View) : null;

    /// <summary>The territory that it belongs to.</summary>
    public static TerritoryView? GetTerritory([Parent] TransactionView transaction, RecordGraph records, TerritorySlice slice) =>
        transaction.Territory is { } id ? records.Find(slice, id, slice.View) : null;

    /// <summary>Who is credited for it, and what is odd about it.</summary>
    public static Task<CreditsView?> GetCreditsAsync([Parent] TransactionView transaction, CreditsOfTransaction credits) => credits.LoadAsync(transaction.Id);
}

[ObjectType<SplitView>]
internal static class SplitFields
{
    /// <summary>Who has the part, where the caller sees them.</summary>
    public static RepRef? GetRep([Parent] SplitView split, RecordGraph records, RepSlice slice) => records.Find(slice, split.Rep, (entry, company) => TransactionViews.Rep(company, entry.No));
}

[ObjectType<TransactionProblemView>]
internal static class TransactionProblemFields
{
    /// <summary>Whom it concerns, where the caller sees them.</summary>
    public static RepRef? GetRep([Parent] TransactionProblemView problem, RecordGraph records, RepSlice slice) =>
        problem.Rep is { } id ? records.Find(slice, id, (entry, company) => TransactionViews.Rep(company, entry.No)) : null;
}

internal sealed class CreditsOfTransaction(TransactionQueries queries, Call call) : DataLoader<string, CreditsView>
{
    protected override Task<IReadOnlyDictionary<string, CreditsView>> FetchAsync(IReadOnlyList<string> keys, CancellationToken cancellation) => queries.CreditsAsync(call.Caller, keys).OrRefuse();
}
