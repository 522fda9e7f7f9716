using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;
using Spm.Platform.Measures;

namespace Spm.Platform.Plans;

[QueryType]
internal static class PlanRoots
{
    /// <summary>One plan; null where none has the id that the caller sees.</summary>
    public static PlanView? GetPlan([ID] string id, RecordGraph records, PlanSlice slice) => records.Find(slice, id, slice.View);

    /// <summary>Plans in the order they were created: those that pay somebody whom the caller sees.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<PlanView>> GetPlansAsync(PageArguments page, RecordGraph records, PlanSlice slice, RecordFilter? filter = null, DateTimeOffset? updatedSince = null, RecordOrder? orderBy = null) =>
        records.PageAsync(slice, new RecordAsked(filter, updatedSince, orderBy), page, slice.View);

    /// <summary>Whether a plan document could be put, which of its tests fail, and what its author should look at. Nothing is kept.</summary>
    /// <param name="document">As docs/plans.md has it.</param>
    [Cost(100)]
    public static PlanCheckView GetPlanCheck(System.Text.Json.JsonElement document, PlanCheckQueries queries, Call call) =>
        (call.Caller.Lacks(Scopes.ConfigurationRead) is { } lacking ? lacking : Bodies.Read<PlanInput>(document)) is var input && input.IsOk
            ? queries.Check(call.Caller, input.Value).OrRefuse()
            : throw Refusals.Of(input.Error!);
}

[ObjectType<PlanView>]
internal static class PlanFields
{
    /// <summary>The company's measure for each measure of the document.</summary>
    public static IReadOnlyList<PlanMeasure> GetMeasures([Parent] PlanView plan) => [.. plan.Measures.Select(m => new PlanMeasure(m.Key, m.Value))];

    /// <summary>Cliffs, falling pay, dead zones, windfalls and the like, each with where it bites and the money.</summary>
    [Cost(50, AssumedSize = 10)]
    public static IReadOnlyList<PlanFindingView>? GetFindings([Parent] PlanView plan, PlanCheckQueries queries, Call call) => queries.Findings(call.Caller, plan.Id).OrNull();

    /// <summary>What the plan has cost so far, by the month it was earned in, as of now.</summary>
    [Cost(5)]
    public static Task<PlanLiveView?> GetLiveAsync([Parent] PlanView plan, PlanLiveQueries queries, Call call) => queries.LiveAsync(call.Caller, plan.Id).OrNull();
}

/// <summary>A measure as a plan document names it, and the company's measure behind it.</summary>
/// <param name="Name">In the document.</param>
public sealed record PlanMeasure(string Name, string Measure);

[ObjectType<PlanMeasure>]
internal static class PlanMeasureFields
{
    /// <summary>The company's measure.</summary>
    public static MeasureView? GetMeasure([Parent] PlanMeasure named, RecordGraph records, MeasureSlice slice) => records.Find(slice, named.Measure, slice.View);
}

[ObjectType<PlanLiveView>]
internal static class PlanLiveFields
{
    /// <summary>The plan.</summary>
    public static PlanView? GetPlan([Parent] PlanLiveView live, RecordGraph records, PlanSlice slice) => records.Find(slice, live.Plan.Id, slice.View);
}
