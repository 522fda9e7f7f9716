using System.Globalization;
using Spm.GraphQL.Authoring;
using Spm.Platform.Companies;
using Spm.Platform.Graph;

namespace Spm.Platform.Quotas;

/// <summary>Which quota goes.</summary>
/// <param name="Rep">By id or external id.</param>
/// <param name="Measure">By id or external id.</param>
/// <param name="Period">A fiscal month, quarter or year.</param>
/// <param name="From">The day that it is set anew on within the period; left out for the quota of the period itself.</param>
public sealed record DeleteQuotaInput(string Rep, string Measure, string Period, DateOnly? From = null);

/// <summary>The quota as it is now, or was.</summary>
/// <param name="Quota">Null where the mutation was refused.</param>
/// <param name="Outcome">What putting it came to; null where it was taken away or the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record QuotaPayload(QuotaView? Quota, PutOutcome? Outcome, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class QuotaMutations
{
    /// <summary>Sets a rep's quota of a measure in a fiscal period.</summary>
    public static async Task<QuotaPayload?> PutQuotaAsync(QuotaInput input, QuotaCommands commands, Call call) => await commands
        .PutAsync(call.Caller, UserErrors.Body(input)).PayloadAsync(put => new QuotaPayload(put.Quota, put.Outcome, []), Refused);

    /// <summary>Takes a quota away, as if it had never been set. What it paid in open periods is calculated anew; closed ones are adjusted.</summary>
    public static async Task<QuotaPayload?> DeleteQuotaAsync(DeleteQuotaInput input, QuotaCommands commands, Call call) => await commands
        .DeleteAsync(call.Caller, input.Rep, input.Measure, input.Period, input.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).PayloadAsync(gone => new QuotaPayload(gone, null, []), Refused);

    private static QuotaPayload Refused(IReadOnlyList<UserError> errors) => new(null, null, errors);
}
