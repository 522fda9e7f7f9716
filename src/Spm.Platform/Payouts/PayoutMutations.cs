using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;

namespace Spm.Platform.Payouts;

/// <summary>Which payout moves.</summary>
/// <param name="Payout">Id of the payout.</param>
/// <param name="Etag">Of the payout as it was seen: the move is refused where it has changed since.</param>
public sealed record MovePayoutInput([property: ID] string Payout, string Etag);

/// <summary>The payout as it is now.</summary>
/// <param name="Payout">Null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record PayoutPayload(PayoutView? Payout, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class PayoutMutations
{
    /// <summary>Puts a final payout into review.</summary>
    public static async Task<PayoutPayload?> SubmitPayoutAsync(MovePayoutInput input, PayoutCommands commands, Call call) =>
        await commands.SubmitAsync(call.Caller, input.Payout, input.Etag).PayloadAsync(row => new PayoutPayload(call.View(row), []), Refused);

    /// <summary>Approves a payout in review: what was accrued becomes payable.</summary>
    public static async Task<PayoutPayload?> ApprovePayoutAsync(MovePayoutInput input, PayoutCommands commands, Call call) =>
        await commands.ApproveAsync(call.Caller, input.Payout, input.Etag).PayloadAsync(row => new PayoutPayload(call.View(row), []), Refused);

    /// <summary>Sends a payout in review back.</summary>
    public static async Task<PayoutPayload?> RejectPayoutAsync(MovePayoutInput input, PayoutCommands commands, Call call) =>
        await commands.RejectAsync(call.Caller, input.Payout, input.Etag).PayloadAsync(row => new PayoutPayload(call.View(row), []), Refused);

    private static PayoutPayload Refused(IReadOnlyList<UserError> errors) => new(null, errors);
}
