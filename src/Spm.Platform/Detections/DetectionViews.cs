using Spm.Compensation.Detectors;
using Spm.Platform.Transactions;

namespace Spm.Platform.Detections;

/// <summary>A pattern in a rep's deals that somebody should look at. It proves nothing.</summary>
/// <param name="Kind">split_deals: one deal that looks cut up because the parts pay more. period_edge: more sales at the edges of periods than chance explains.</param>
/// <param name="Transactions">Ids, in the order of their days.</param>
/// <param name="Amount">Of these deals together.</param>
/// <param name="Gain">Of split deals: what the parts earn more than the whole would, exact.</param>
/// <param name="Edge">Of sales at an edge: the first or the last days of periods.</param>
/// <param name="Expected">Of sales at an edge: how many would lie there if every day were alike.</param>
/// <param name="Deviations">Of sales at an edge: by how many standard deviations there are more.</param>
public sealed record DetectionView(
    DetectionKind Kind,
    RepRef Rep,
    IReadOnlyList<string> Transactions,
    string Amount,
    string? Component = null,
    string? Account = null,
    string? Product = null,
    string? Gain = null,
    PeriodEdge? Edge = null,
    string? Expected = null,
    string? Deviations = null);

/// <summary>Findings of whole reps.</summary>
/// <param name="HasMore">There are reps behind whose findings have not been looked for.</param>
public sealed record DetectionPage(IReadOnlyList<(int Rep, DetectionView View)> Findings, bool HasMore);

public enum DetectionKind : byte
{
    SplitDeals,
    PeriodEdge,
}
