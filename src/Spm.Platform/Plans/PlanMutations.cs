using System.Text.Json;
using Spm.GraphQL.Authoring;
using Spm.Platform.Companies;
using Spm.Platform.Graph;

namespace Spm.Platform.Plans;

/// <summary>The plan document and the plan's key in a source: one with this key is replaced.</summary>
/// <param name="Source">The system that it comes from.</param>
/// <param name="ExternalId">Its id in the source.</param>
/// <param name="Document">The plan document: its schema is openapi/plan.schema.json, its language docs/plans.md. Names within it are those of the document.</param>
public sealed record PutPlanInput(string Source, string ExternalId, JsonElement Document);

/// <summary>The plan as it is now.</summary>
/// <param name="Plan">Null where the mutation was refused.</param>
/// <param name="Outcome">What putting it came to; null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record PlanPayload(PlanView? Plan, PutOutcome? Outcome, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class PlanMutations
{
    /// <summary>Creates or replaces a plan by its key in a source. It is refused while one of its own tests fails.</summary>
    public static async Task<PlanPayload?> PutPlanAsync(PutPlanInput input, RecordGraph records, PlanSlice slice) => await records.PutAsync(
        slice, input.Source, input.ExternalId, input.Document, put => new PlanPayload(slice.View(put.Entry, put.Company), put.Outcome, []), errors => new PlanPayload(null, null, errors), isDocument: true);
}
