using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Detections;

/// <summary>Findings of whole reps, in the order the reps were created.</summary>
/// <param name="Findings">Patterns that somebody should look at.</param>
/// <param name="EndCursor">What `after` of the next page says; null on the last one.</param>
public sealed record DetectionsView(IReadOnlyList<DetectionView> Findings, string? EndCursor);

[QueryType]
internal static class DetectionRoots
{
    /// <summary>Deals that look cut up because the parts pay more, and sales crowded at the edges of periods. A rep's findings stay together, so a page may be longer than asked for.</summary>
    /// <param name="year">A fiscal year.</param>
    /// <param name="rep">Only of this rep, by id or external id.</param>
    /// <param name="first">Findings of a page: 1 to 1000, 100 when left out.</param>
    /// <param name="after">`endCursor` of the page before.</param>
    [Cost(1000)]
    public static DetectionsView GetDetections(string year, DetectionQueries queries, Call call, string? rep = null, int? first = null, string? after = null)
    {
        if (first is < 1 or > Limits.MaxPageSize)
        {
            throw Refusals.Of(Error.Of("first", ErrorCodes.ParameterInvalid, $"`first` is 1 to {Limits.MaxPageSize}."));
        }
        var from = after is null ? DetectionQueries.Keys.First : DetectionQueries.Keys.Read(after, "after").OrRefuse();
        var page = queries.List(call.Caller, year, rep, new Seek<long>(from, (first ?? Limits.PageSize) + 1)).OrRefuse();
        return new DetectionsView([.. page.Findings.Select(f => f.View)], page.HasMore ? DetectionQueries.Keys.Cursor(page.Findings[^1]) : null);
    }
}
