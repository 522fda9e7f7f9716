using static Spm.Client.SpmPaging;

namespace Spm.Client;

/// <summary>One transaction at a time, with the credits it made in the answer.</summary>
public sealed class TransactionsClient
{
    private readonly SpmTransport _transport;

    internal TransactionsClient(SpmTransport transport) => _transport = transport;

    public Task<TransactionResult> PutAsync(string source, string externalId, TransactionRow row, CancellationToken ct = default) =>
        _transport.PutAsync<TransactionResult>($"v1/transactions/{Segment(source)}/{Segment(externalId)}", row, ct);

    /// <summary>As PUT, with source and external id in the row. Repeat with the same key to be sure it happened once.</summary>
    public Task<TransactionResult> PostAsync(TransactionRow row, string? idempotencyKey = null, CancellationToken ct = default) =>
        _transport.PostOnceAsync<TransactionResult>("v1/transactions", row, idempotencyKey, ct);

    public Task<Transaction> GetAsync(string id, CancellationToken ct = default) =>
        _transport.GetAsync<Transaction>($"v1/transactions/{Segment(id)}", ct);

    public IAsyncEnumerable<Transaction> ListAsync(string? period = null, string? rep = null, CancellationToken ct = default) =>
        _transport.PagesAsync<Transaction>(Query("v1/transactions", ("period", period), ("rep", rep)), ct);
}
