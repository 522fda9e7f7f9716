using static Spm.Client.SpmPaging;

namespace Spm.Client;

/// <summary>What would be, by the engine that pays. The platform keeps nothing of it.</summary>
public sealed class ModellingClient
{
    private readonly SpmTransport _transport;

    internal ModellingClient(SpmTransport transport) => _transport = transport;

    /// <param name="rep">Its id.</param>
    public Task<Estimate> EstimateAsync(string rep, IReadOnlyList<EstimatedDeal> deals, CancellationToken ct = default) =>
        _transport.PostOnceAsync<Estimate>($"v1/reps/{Segment(rep)}/estimate", new EstimateBody(deals), null, ct);

    /// <param name="plan">Its id.</param>
    /// <param name="document">The plan document as it would be.</param>
    public Task<Remodelled> RemodelAsync(string plan, string year, string document, CancellationToken ct = default) =>
        _transport.PostOnceAsync<Remodelled>($"v1/plans/{Segment(plan)}/remodel", new RemodelBody(year, PlanText.Read(document)), null, ct);

    /// <summary>What putting the document would answer, and what its author should look at.</summary>
    public Task<PlanCheck> CheckPlanAsync(string document, CancellationToken ct = default) =>
        _transport.PostOnceAsync<PlanCheck>("v1/plans/check", PlanText.Read(document), null, ct);
}
