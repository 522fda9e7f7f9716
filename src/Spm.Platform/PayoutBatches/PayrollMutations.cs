using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.PayoutBatches;

/// <summary>Which payout batch payroll holds, and for how long.</summary>
/// <param name="PayoutBatch">Id of the batch.</param>
/// <param name="LeaseSeconds">1 to 86400.</param>
/// <param name="IdempotencyKey">The same key finds the claim that it made, for as long as that holds the batch.</param>
public sealed record ClaimPayoutBatchInput([property: ID] string PayoutBatch, int LeaseSeconds = LeaseCommands.DefaultSeconds, string? IdempotencyKey = null);

/// <summary>What became of lines: all of them are taken in or none.</summary>
/// <param name="PayoutBatch">Id of the batch.</param>
/// <param name="Claim">The token that claiming answered with.</param>
/// <param name="Lines">Each with its result.</param>
/// <param name="IdempotencyKey">The same key and input are answered as the first time.</param>
public sealed record AcknowledgePayoutLinesInput([property: ID] string PayoutBatch, string Claim, IReadOnlyList<LineResultInput> Lines, string? IdempotencyKey = null);

/// <summary>Which payout batch payroll gives back.</summary>
/// <param name="PayoutBatch">Id of the batch.</param>
/// <param name="Claim">The token that claiming answered with.</param>
/// <param name="IdempotencyKey">The same key and input are answered as the first time.</param>
public sealed record ReleasePayoutBatchInput([property: ID] string PayoutBatch, string Claim, string? IdempotencyKey = null);

/// <summary>What payroll holds.</summary>
/// <param name="Claim">Null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record ClaimPayload(ClaimView? Claim, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class PayrollMutations
{
    /// <summary>Holds an approved batch under a lease; nobody else can claim it until the lease ends.</summary>
    public static async Task<ClaimPayload?> ClaimPayoutBatchAsync(ClaimPayoutBatchInput input, LeaseCommands leases, Call call) => await leases
        .ClaimAsync(call.Caller, input.PayoutBatch, input.LeaseSeconds, string.IsNullOrEmpty(input.IdempotencyKey) ? null : input.IdempotencyKey)
        .PayloadAsync(lease => new ClaimPayload(ClaimView.Of(lease, call.Company), []), errors => new ClaimPayload(null, errors));

    /// <summary>Says what became of lines. The same said again changes nothing.</summary>
    public static async Task<PayoutBatchPayload?> AcknowledgePayoutLinesAsync(AcknowledgePayoutLinesInput input, AcknowledgeCommands commands, OnceOnly once, Call call) => await once.RunAsync(
        "acknowledgePayoutLines", Scopes.PayrollPull, input.IdempotencyKey, input,
        () => Acknowledged(input, commands, call).PayloadAsync(row => new PayoutBatchPayload(call.View(row), []), PayoutBatchPayload.Refused), PayoutBatchPayload.Refused);

    /// <summary>Gives a claimed batch back before its lease ends.</summary>
    public static async Task<PayoutBatchPayload?> ReleasePayoutBatchAsync(ReleasePayoutBatchInput input, LeaseCommands leases, OnceOnly once, Call call) => await once.RunAsync(
        "releasePayoutBatch", Scopes.PayrollPull, input.IdempotencyKey, input,
        () => leases.ReleaseAsync(call.Caller, input.PayoutBatch, input.Claim).PayloadAsync(row => new PayoutBatchPayload(call.View(row), []), PayoutBatchPayload.Refused), PayoutBatchPayload.Refused);

    private static async Task<Result<BatchRow>> Acknowledged(AcknowledgePayoutLinesInput input, AcknowledgeCommands commands, Call call)
    {
        var said = Acknowledgements.Read(new AcknowledgeInput(input.Claim, input.Lines));
        return said.IsOk ? await commands.AcknowledgeAsync(call.Caller, input.PayoutBatch, input.Claim, said.Value) : said.Error!;
    }
}
