using Spm.GraphQL.Authoring;
using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Transactions;

namespace Spm.Platform.Reps;

/// <summary>The rep and its key in a source: one with this key is replaced.</summary>
/// <param name="Source">The system that it comes from.</param>
/// <param name="ExternalId">Its id in the source.</param>
/// <param name="Rep">As it is to be.</param>
public sealed record PutRepInput(string Source, string ExternalId, RepInput Rep);

/// <summary>The rep as it is now.</summary>
/// <param name="Rep">Null where the mutation was refused.</param>
/// <param name="Outcome">What putting it came to; null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record RepPayload(RepRef? Rep, PutOutcome? Outcome, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class RepMutations
{
    /// <summary>Creates or replaces a rep by its key in a source.</summary>
    public static async Task<RepPayload?> PutRepAsync(PutRepInput input, RecordGraph records, RepSlice slice) => await records.PutAsync(
        slice, input.Source, input.ExternalId, UserErrors.Body(input.Rep), put => new RepPayload(TransactionViews.Rep(put.Company, put.Entry.No), put.Outcome, []), errors => new RepPayload(null, null, errors));
}
