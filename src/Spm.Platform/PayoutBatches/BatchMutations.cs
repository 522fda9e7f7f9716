using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.PayoutBatches;

/// <summary>Of which month a payout batch is made.</summary>
/// <param name="Period">A closed month; every final payout of it above zero that is in no batch is taken.</param>
/// <param name="IdempotencyKey">The same key and input are answered as the first time.</param>
public sealed record CreatePayoutBatchInput(string Period, string? IdempotencyKey = null);

/// <summary>Which payout batch is decided on.</summary>
/// <param name="PayoutBatch">Id of the batch.</param>
/// <param name="Etag">Of the batch as it was seen: the decision is refused where it has changed since.</param>
public sealed record DecidePayoutBatchInput([property: ID] string PayoutBatch, string Etag);

/// <summary>The payout batch as it is now.</summary>
/// <param name="PayoutBatch">Null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record PayoutBatchPayload(BatchView? PayoutBatch, IReadOnlyList<UserError> UserErrors)
{
    internal static PayoutBatchPayload Refused(IReadOnlyList<UserError> errors) => new(null, errors);
}

[MutationType]
internal static class BatchMutations
{
    /// <summary>Takes every final payout of a month that is above zero and in no batch yet.</summary>
    public static async Task<PayoutBatchPayload?> CreatePayoutBatchAsync(CreatePayoutBatchInput input, BatchCommands commands, OnceOnly once, Call call) => await once.RunAsync(
        "createPayoutBatch", Scopes.PayoutsReview, input.IdempotencyKey, input,
        () => commands.CreateAsync(call.Caller, input.Period, input.IdempotencyKey).PayloadAsync(row => new PayoutBatchPayload(call.View(row), []), PayoutBatchPayload.Refused), PayoutBatchPayload.Refused);

    /// <summary>Approves the batch and its payouts: payroll may claim it.</summary>
    public static async Task<PayoutBatchPayload?> ApprovePayoutBatchAsync(DecidePayoutBatchInput input, BatchCommands commands, Call call) =>
        await commands.ApproveAsync(call.Caller, input.PayoutBatch, input.Etag).PayloadAsync(row => new PayoutBatchPayload(call.View(row), []), PayoutBatchPayload.Refused);

    /// <summary>Takes a batch in review apart: its payouts can be reviewed and batched again.</summary>
    public static async Task<PayoutBatchPayload?> RejectPayoutBatchAsync(DecidePayoutBatchInput input, BatchCommands commands, Call call) =>
        await commands.RejectAsync(call.Caller, input.PayoutBatch, input.Etag).PayloadAsync(row => new PayoutBatchPayload(call.View(row), []), PayoutBatchPayload.Refused);
}
