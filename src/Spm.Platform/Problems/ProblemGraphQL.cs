using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Problems;

[QueryType]
internal static class ProblemRoots
{
    /// <summary>What is credited to nobody, credited though something is odd, or earns nothing: each with the money at stake.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<ProblemView>> GetProblemsAsync(PageArguments page, ProblemQueries queries, Call call, ProblemFilter? filter = null)
    {
        var asked = filter ?? new ProblemFilter();
        return Pages.OfAsync(ProblemQueries.Keys, page, seek => queries.ListAsync(call.Caller, asked, seek), r => r.View, () => queries.CountAsync(call.Caller, asked));
    }

    /// <summary>How many problems there are of each code and currency, and the money at stake.</summary>
    [Cost(10, AssumedSize = 20)]
    public static Task<IReadOnlyList<ProblemSummaryView>> GetProblemSummaryAsync(ProblemQueries queries, Call call) => queries.SummaryAsync(call.Caller).OrRefuse();
}
