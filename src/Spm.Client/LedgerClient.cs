using static Spm.Client.SpmPaging;

namespace Spm.Client;

/// <summary>The double-entry ledger.</summary>
public sealed class LedgerClient
{
    private readonly SpmTransport _transport;

    internal LedgerClient(SpmTransport transport) => _transport = transport;

    /// <summary>Of one period, or of everything.</summary>
    public Task<TrialBalance> TrialBalanceAsync(string? period = null, CancellationToken ct = default) =>
        _transport.GetAsync<TrialBalance>(Query("v1/ledger/trial-balance", ("period", period)), ct);

    public IAsyncEnumerable<Posting> PostingsAsync(string? rep = null, string? period = null, CancellationToken ct = default) =>
        _transport.PagesAsync<Posting>(Query("v1/ledger/postings", ("rep", rep), ("period", period)), ct);
}
