using System.Globalization;
using Spm.GraphQL.Authoring;
using Spm.Platform.Companies;
using Spm.Platform.Graph;

namespace Spm.Platform.ExchangeRates;

/// <summary>Which rate goes.</summary>
/// <param name="From">The currency.</param>
/// <param name="Day">The day that the rate is dated.</param>
public sealed record DeleteFxRateInput(string From, DateOnly Day);

/// <summary>The rate as it is now, or was.</summary>
/// <param name="FxRate">Null where the mutation was refused.</param>
/// <param name="Outcome">What putting it came to; null where it was taken away or the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record FxRatePayload(FxRateView? FxRate, PutOutcome? Outcome, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class FxRateMutations
{
    /// <summary>Sets a currency's rate of a day. Transactions of the days that it decides are credited anew, those of closed months too.</summary>
    public static async Task<FxRatePayload?> PutFxRateAsync(FxRateInput input, FxRateCommands commands, Call call) => await commands
        .PutAsync(call.Caller, UserErrors.Body(input)).PayloadAsync(put => new FxRatePayload(put.Rate, put.Outcome, []), Refused);

    /// <summary>Takes a rate away, as if it had never been set. What it converted is credited anew at the rate that decides then, or at none.</summary>
    public static async Task<FxRatePayload?> DeleteFxRateAsync(DeleteFxRateInput input, FxRateCommands commands, Call call) => await commands
        .DeleteAsync(call.Caller, input.From, input.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).PayloadAsync(gone => new FxRatePayload(gone, null, []), Refused);

    private static FxRatePayload Refused(IReadOnlyList<UserError> errors) => new(null, null, errors);
}
