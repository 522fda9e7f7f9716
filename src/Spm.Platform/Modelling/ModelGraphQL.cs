using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;
using Spm.Platform.Plans;

namespace Spm.Platform.Modelling;

[QueryType]
internal static class ModelRoots
{
    /// <summary>What deals that nobody has sent yet would pay a rep, where the rep stands now. Nothing is kept. Null where nobody has the id whom the caller sees.</summary>
    /// <param name="rep">Id of the rep.</param>
    /// <param name="deals">1 to 1000 of them.</param>
    [Cost(50)]
    public static EstimateView? GetEstimate([ID] string rep, IReadOnlyList<EstimatedDealInput> deals, EstimateQueries queries, Call call) =>
        queries.Estimate(call.Caller, rep, new EstimateInput(deals)).OrNull();

    /// <summary>
    /// What a fiscal year would have cost under another document of the plan: distribution, winners and losers, cost of a point of attainment. Nothing is
    /// kept. Null where no plan has the id.
    /// </summary>
    /// <param name="plan">Id of the plan.</param>
    /// <param name="year">The fiscal year that is calculated again for everyone on the plan.</param>
    /// <param name="document">The plan document as it would be.</param>
    [Cost(1000)]
    public static RemodelView? GetRemodel([ID] string plan, string year, System.Text.Json.JsonElement document, RemodelQueries queries, Call call)
    {
        var input = call.Caller.Lacks(Scopes.CompanyPerformanceRead) is { } lacking ? lacking : Bodies.Read<PlanInput>(document);
        var model = input.IsOk ? queries.Remodel(call.Caller, plan, new RemodelInput(year, input.Value)) : input.Error!;
        return model.OrNull();
    }
}
