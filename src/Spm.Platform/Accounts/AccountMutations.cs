using Spm.GraphQL.Authoring;
using Spm.Platform.Companies;
using Spm.Platform.Graph;

namespace Spm.Platform.Accounts;

/// <summary>The account and its key in a source: one with this key is replaced.</summary>
/// <param name="Source">The system that it comes from.</param>
/// <param name="ExternalId">Its id in the source.</param>
/// <param name="Account">As it is to be.</param>
public sealed record PutAccountInput(string Source, string ExternalId, AccountInput Account);

/// <summary>The account as it is now.</summary>
/// <param name="Account">Null where the mutation was refused.</param>
/// <param name="Outcome">What putting it came to; null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record AccountPayload(AccountView? Account, PutOutcome? Outcome, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class AccountMutations
{
    /// <summary>Creates or replaces a account by its key in a source.</summary>
    public static async Task<AccountPayload?> PutAccountAsync(PutAccountInput input, RecordGraph records, AccountSlice slice) => await records.PutAsync(
        slice, input.Source, input.ExternalId, UserErrors.Body(input.Account), put => new AccountPayload(slice.View(put.Entry, put.Company), put.Outcome, []), errors => new AccountPayload(null, null, errors));
}
