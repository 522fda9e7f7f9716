using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.GraphQL.DataLoaders;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.PayoutBatches;

/// <summary>Which payout batches are asked for; null does not narrow.</summary>
/// <param name="Status">Only in this status.</param>
public sealed record PayoutBatchFilter(BatchStatus? Status = null);

/// <summary>By what payout batches are sorted.</summary>
public enum PayoutBatchOrderField : byte
{
    /// <summary>When they were made.</summary>
    CreatedAt,

    /// <summary>When they changed last.</summary>
    UpdatedAt,
}

/// <summary>How payout batches are sorted.</summary>
/// <param name="Field">By what.</param>
/// <param name="Direction">Where the list begins.</param>
public sealed record PayoutBatchOrder(PayoutBatchOrderField Field, OrderDirection Direction = OrderDirection.Asc);

[QueryType]
internal static class BatchRoots
{
    /// <summary>One payout batch; null where none has the id that the caller sees.</summary>
    public static async Task<BatchView?> GetPayoutBatchAsync([ID] string id, BatchQueries queries, Call call)
    {
        var found = (await queries.GetAsync(call.Caller, id)).Then(call.View);
        return found.OrNull();
    }

    /// <summary>Payout batches in the order they were made.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<BatchView>> GetPayoutBatchesAsync(
        PageArguments page, BatchQueries queries, Call call, PayoutBatchFilter? filter = null, DateTimeOffset? updatedSince = null, PayoutBatchOrder? orderBy = null)
    {
        var status = filter?.Status is { } asked ? EnumNames.Of(asked) : null;
        var direction = orderBy?.Direction ?? OrderDirection.Asc;
        Func<Task<Result<long>>>? count = updatedSince is null ? () => queries.CountAsync(call.Caller, status) : null;
        return Order.Of(orderBy?.Field, updatedSince, PayoutBatchOrderField.CreatedAt, PayoutBatchOrderField.UpdatedAt) == PayoutBatchOrderField.UpdatedAt
            ? Pages.OfAsync(BatchQueries.UpdatedKeys, page, seek => queries.UpdatedAsync(call.Caller, status, Order.Instant(updatedSince), seek), call.View, count, direction)
            : Pages.OfAsync(BatchQueries.Keys, page, seek => queries.ListAsync(call.Caller, status, seek), call.View, count, direction);
    }

    /// <summary>The lines of a payout batch and what payroll made of them.</summary>
    /// <param name="page">Which of them.</param>
    /// <param name="batch">Id of the batch.</param>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<LineView>> GetPayoutLinesAsync(PageArguments page, [ID] string batch, BatchQueries queries, Call call)
    {
        var company = call.CompanyFor(Scopes.PayoutBatchesRead);
        return Pages.OfAsync(BatchQueries.LineKeys, page, seek => queries.LinesAsync(call.Caller, batch, seek), l => LineView.Of(l, company), async () => (await queries.GetAsync(call.Caller, batch)).Then(b => b.Lines));
    }
}

internal sealed class BatchById(BatchQueries queries, Call call) : DataLoader<string, BatchView>
{
    protected override async Task<IReadOnlyDictionary<string, BatchView>> FetchAsync(IReadOnlyList<string> keys, CancellationToken cancellation) =>
        (await queries.FindAsync(call.Caller, keys).OrRefuse()).ToDictionary(b => b.Id, call.View, StringComparer.Ordinal);
}
