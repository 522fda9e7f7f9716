using Spm.GraphQL.Authoring;
using Spm.Platform.Companies;
using Spm.Platform.Graph;

namespace Spm.Platform.Territories;

/// <summary>The territory and its key in a source: one with this key is replaced.</summary>
/// <param name="Source">The system that it comes from.</param>
/// <param name="ExternalId">Its id in the source.</param>
/// <param name="Territory">As it is to be.</param>
public sealed record PutTerritoryInput(string Source, string ExternalId, TerritoryInput Territory);

/// <summary>The territory as it is now.</summary>
/// <param name="Territory">Null where the mutation was refused.</param>
/// <param name="Outcome">What putting it came to; null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record TerritoryPayload(TerritoryView? Territory, PutOutcome? Outcome, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class TerritoryMutations
{
    /// <summary>Creates or replaces a territory by its key in a source.</summary>
    public static async Task<TerritoryPayload?> PutTerritoryAsync(PutTerritoryInput input, RecordGraph records, TerritorySlice slice) => await records.PutAsync(
        slice, input.Source, input.ExternalId, UserErrors.Body(input.Territory), put => new TerritoryPayload(slice.View(put.Entry, put.Company), put.Outcome, []), errors => new TerritoryPayload(null, null, errors));
}
