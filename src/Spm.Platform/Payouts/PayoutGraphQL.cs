using Spm.Compensation.Payouts;
using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;
using Spm.Platform.PayoutBatches;
using Spm.Platform.Payouts.Explaining;

namespace Spm.Platform.Payouts;

/// <summary>Which payouts are asked for; null does not narrow.</summary>
/// <param name="Period">Only of this fiscal month, quarter or year.</param>
/// <param name="Rep">Only of this rep, by id or external id.</param>
/// <param name="Status">Only in this status.</param>
public sealed record PayoutFilterInput(string? Period = null, string? Rep = null, PayoutStatus? Status = null)
{
    internal PayoutFilter Filter => new(Period, Rep, Status is { } status ? EnumNames.Of(status) : null);
}

/// <summary>By what payouts are sorted.</summary>
public enum PayoutOrderField : byte
{
    /// <summary>The period, and in it the order in which reps were created.</summary>
    Period,

    /// <summary>What is paid.</summary>
    Amount,

    /// <summary>When they changed last.</summary>
    UpdatedAt,
}

/// <summary>How payouts are sorted.</summary>
/// <param name="Field">By what.</param>
/// <param name="Direction">Where the list begins.</param>
public sealed record PayoutOrder(PayoutOrderField Field, OrderDirection Direction = OrderDirection.Asc);

[QueryType]
internal static class PayoutRoots
{
    /// <summary>One payout, with everything acknowledged before settled in; null where none has the id that the caller sees.</summary>
    public static async Task<PayoutView?> GetPayoutAsync([ID] string id, PayoutQueries queries, Call call)
    {
        var found = (await queries.GetAsync(call.Caller, id)).Then(call.View);
        return found.OrNull();
    }

    /// <summary>Payouts by period and rep, with everything acknowledged before settled in.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<PayoutView>> GetPayoutsAsync(
        PageArguments page, PayoutQueries queries, Call call, PayoutFilterInput? filter = null, DateTimeOffset? updatedSince = null, PayoutOrder? orderBy = null)
    {
        var asked = (filter ?? new PayoutFilterInput()).Filter;
        var direction = orderBy?.Direction ?? OrderDirection.Asc;
        Func<Task<Result<long>>>? count = updatedSince is null ? () => queries.CountAsync(call.Caller, asked) : null;
        return Order.Of(orderBy?.Field, updatedSince, PayoutOrderField.Period, PayoutOrderField.UpdatedAt) switch
        {
            PayoutOrderField.UpdatedAt => Pages.OfAsync(
                PayoutQueries.UpdatedKeys, page, seek => queries.UpdatedAsync(call.Caller, asked, Order.Instant(updatedSince), seek), call.View, count, direction),
            PayoutOrderField.Amount => Pages.OfAsync(PayoutQueries.DueKeys, page, seek => queries.ByDueAsync(call.Caller, asked, seek), call.View, count, direction),
            _ => Pages.OfAsync(PayoutQueries.Keys, page, seek => queries.ListAsync(call.Caller, asked, seek), call.View, count, direction),
        };
    }

    /// <summary>The way from a payout down to the transactions behind it.</summary>
    /// <param name="id">Of the payout.</param>
    [Cost(100)]
    public static Task<ExplanationView?> GetPayoutExplanationAsync([ID] string id, ExplainQueries queries, Call call) => queries.ExplainAsync(call.Caller, id).OrNull();
}

[ObjectType<PayoutView>]
internal static class PayoutFields
{
    /// <summary>The batch that it is in; null of none, and where the caller does not see it.</summary>
    public static async Task<BatchView?> GetBatchAsync([Parent] PayoutView payout, BatchById batches) => payout.Batch is { } id ? await batches.LoadAsync(id) : null;
}
