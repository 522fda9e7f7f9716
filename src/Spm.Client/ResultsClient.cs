using System.Runtime.CompilerServices;
using static Spm.Client.SpmPaging;

namespace Spm.Client;

/// <summary>What the platform computed, always as of now.</summary>
public sealed class ResultsClient
{
    private readonly SpmTransport _transport;

    internal ResultsClient(SpmTransport transport) => _transport = transport;

    /// <summary>All reps with a plan, over a month, quarter or year.</summary>
    public IAsyncEnumerable<RepPerformance> RepPerformanceAsync(string period, CancellationToken ct = default) =>
        _transport.PagesAsync<RepPerformance>(Query("v1/performance/reps", ("period", period)), ct);

    /// <summary>All reps with a quota of the measure in the period.</summary>
    public IAsyncEnumerable<Attainment> AttainmentsAsync(
        string period, string? measure = null, string? rep = null, CancellationToken ct = default) =>
        _transport.PagesAsync<Attainment>(Query("v1/attainments", ("period", period), ("measure", measure), ("rep", rep)), ct);

    /// <summary>A territory's sums, own and rolled up, by the id that <see cref="SetupClient.FindTerritoryAsync"/> finds.</summary>
    public Task<TerritoryLive> TerritoryLiveAsync(string territory, CancellationToken ct = default) =>
        _transport.GetAsync<TerritoryLive>($"v1/territories/{Segment(territory)}/live", ct);

    public IAsyncEnumerable<Problem> ProblemsAsync(string? code = null, string? period = null, CancellationToken ct = default) =>
        _transport.PagesAsync<Problem>(Query("v1/problems", ("code", code), ("period", period)), ct);

    /// <summary>How many problems of each kind, and the money at stake.</summary>
    public async IAsyncEnumerable<ProblemSummary> ProblemSummaryAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        foreach (var sum in (await _transport.GetAsync<Page<ProblemSummary>>("v1/problems/summary", ct)).Data)
            yield return sum;
    }

    public Task<Reconciliation> ReconciliationAsync(CancellationToken ct = default) =>
        _transport.GetAsync<Reconciliation>("v1/reconciliation", ct);
}
