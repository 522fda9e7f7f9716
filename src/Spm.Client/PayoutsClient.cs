using static Spm.Client.SpmPaging;

namespace Spm.Client;

/// <summary>Payouts one by one. State changes need the ETag of the payout that was looked at.</summary>
public sealed class PayoutsClient
{
    private readonly SpmTransport _transport;

    internal PayoutsClient(SpmTransport transport) => _transport = transport;

    public IAsyncEnumerable<Payout> ListAsync(
        string? period = null, string? rep = null, string? status = null, CancellationToken ct = default) =>
        _transport.PagesAsync<Payout>(Query("v1/payouts", ("period", period), ("rep", rep), ("status", status)), ct);

    public Task<Tagged<Payout>> GetAsync(string id, CancellationToken ct = default) =>
        _transport.GetTaggedAsync<Payout>($"v1/payouts/{Segment(id)}", ct);

    /// <summary>The way from the payout down to the source records.</summary>
    public Task<PayoutExplanation> ExplainAsync(string id, CancellationToken ct = default) =>
        _transport.GetAsync<PayoutExplanation>($"v1/payouts/{Segment(id)}/explain", ct);

    public Task<Tagged<Payout>> SubmitAsync(string id, string etag, CancellationToken ct = default) =>
        _transport.PostIfMatchAsync<Payout>($"v1/payouts/{Segment(id)}/submit", null, etag, ct);

    public Task<Tagged<Payout>> ApproveAsync(string id, string etag, CancellationToken ct = default) =>
        _transport.PostIfMatchAsync<Payout>($"v1/payouts/{Segment(id)}/approve", null, etag, ct);

    public Task<Tagged<Payout>> RejectAsync(string id, string etag, CancellationToken ct = default) =>
        _transport.PostIfMatchAsync<Payout>($"v1/payouts/{Segment(id)}/reject", null, etag, ct);
}
