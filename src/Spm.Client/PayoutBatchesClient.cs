using static Spm.Client.SpmPaging;

namespace Spm.Client;

/// <summary>
/// The way to payroll: a batch is created, approved by someone who has seen it, claimed by payroll for a while,
/// and acknowledged line by line.
/// </summary>
public sealed class PayoutBatchesClient
{
    private readonly SpmTransport _transport;

    internal PayoutBatchesClient(SpmTransport transport) => _transport = transport;

    /// <summary>Takes every closed payout of the period that is positive and in no batch yet.</summary>
    public Task<PayoutBatch> CreateAsync(string period, string? idempotencyKey = null, CancellationToken ct = default) =>
        _transport.PostOnceAsync<PayoutBatch>("v1/payout-batches", new { Period = period }, idempotencyKey, ct);

    public IAsyncEnumerable<PayoutBatch> ListAsync(string? status = null, CancellationToken ct = default) =>
        _transport.PagesAsync<PayoutBatch>(Query("v1/payout-batches", ("status", status)), ct);

    public Task<Tagged<PayoutBatch>> GetAsync(string id, CancellationToken ct = default) =>
        _transport.GetTaggedAsync<PayoutBatch>($"v1/payout-batches/{Segment(id)}", ct);

    public IAsyncEnumerable<PayoutLine> LinesAsync(string id, CancellationToken ct = default) =>
        _transport.PagesAsync<PayoutLine>($"v1/payout-batches/{Segment(id)}/lines", ct);

    /// <summary><paramref name="etag"/> comes from <see cref="GetAsync"/>: what is approved is what was seen.</summary>
    public Task<Tagged<PayoutBatch>> ApproveAsync(string id, string etag, CancellationToken ct = default) =>
        _transport.PostIfMatchAsync<PayoutBatch>($"v1/payout-batches/{Segment(id)}/approve", null, etag, ct);

    /// <summary>Sends the batch back; its payouts can enter another.</summary>
    public Task<Tagged<PayoutBatch>> RejectAsync(string id, string etag, CancellationToken ct = default) =>
        _transport.PostIfMatchAsync<PayoutBatch>($"v1/payout-batches/{Segment(id)}/reject", null, etag, ct);

    /// <summary>Reserves an approved batch for <paramref name="lease"/>; an expired lease lets another payroll run claim it.</summary>
    public Task<PayoutClaim> ClaimAsync(string id, TimeSpan lease, string? idempotencyKey = null, CancellationToken ct = default) =>
        _transport.PostOnceAsync<PayoutClaim>(
            $"v1/payout-batches/{Segment(id)}/claim", new { LeaseSeconds = (int)lease.TotalSeconds }, idempotencyKey, ct);

    /// <summary>Tells what became of each line; lines may come in several acknowledgements.</summary>
    public Task<PayoutBatch> AckAsync(
        string id, string claim, IReadOnlyList<LineResult> lines, string? idempotencyKey = null, CancellationToken ct = default) =>
        _transport.PostOnceAsync<PayoutBatch>(
            $"v1/payout-batches/{Segment(id)}/ack", new { Claim = claim, Lines = lines }, idempotencyKey, ct);

    /// <summary>Gives the batch back before the lease ends.</summary>
    public Task<PayoutBatch> ReleaseAsync(string id, string claim, CancellationToken ct = default) =>
        _transport.PostOnceAsync<PayoutBatch>($"v1/payout-batches/{Segment(id)}/release", new { Claim = claim }, null, ct);
}
