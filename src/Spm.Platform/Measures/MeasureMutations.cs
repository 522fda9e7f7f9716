using Spm.GraphQL.Authoring;
using Spm.Platform.Companies;
using Spm.Platform.Graph;

namespace Spm.Platform.Measures;

/// <summary>The measure and its key in a source: one with this key is replaced.</summary>
/// <param name="Source">The system that it comes from.</param>
/// <param name="ExternalId">Its id in the source.</param>
/// <param name="Measure">As it is to be.</param>
public sealed record PutMeasureInput(string Source, string ExternalId, MeasureInput Measure);

/// <summary>The measure as it is now.</summary>
/// <param name="Measure">Null where the mutation was refused.</param>
/// <param name="Outcome">What putting it came to; null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record MeasurePayload(MeasureView? Measure, PutOutcome? Outcome, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class MeasureMutations
{
    /// <summary>Creates or replaces a measure by its key in a source.</summary>
    public static async Task<MeasurePayload?> PutMeasureAsync(PutMeasureInput input, RecordGraph records, MeasureSlice slice) => await records.PutAsync(
        slice, input.Source, input.ExternalId, UserErrors.Body(input.Measure), put => new MeasurePayload(slice.View(put.Entry, put.Company), put.Outcome, []), errors => new MeasurePayload(null, null, errors));
}
