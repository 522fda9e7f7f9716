using static Spm.Client.SpmPaging;

namespace Spm.Client;

/// <summary>Upserts by (source, external id): the same call again replaces. For many rows use <see cref="ImportsClient"/>.</summary>
public sealed class SetupClient
{
    private readonly SpmTransport _transport;

    internal SetupClient(SpmTransport transport) => _transport = transport;

    public Task PutCompanyAsync(CompanyBody company, CancellationToken ct = default) =>
        _transport.PutAsync("v1/company", company, ct);

    public Task PutMeasureAsync(string source, string externalId, MeasureRow measure, CancellationToken ct = default) =>
        PutAsync("measures", source, externalId, measure, ct);

    /// <param name="document">A plan document as it stands in its file, comments and all. It is refused while one of its own tests fails.</param>
    public Task PutPlanAsync(string source, string externalId, string document, CancellationToken ct = default) =>
        PutAsync("plans", source, externalId, PlanText.Read(document), ct);

    public Task PutRepAsync(string source, string externalId, RepRow rep, CancellationToken ct = default) =>
        PutAsync("reps", source, externalId, rep, ct);

    public Task PutTerritoryAsync(string source, string externalId, TerritoryRow territory, CancellationToken ct = default) =>
        PutAsync("territories", source, externalId, territory, ct);

    public Task PutAccountAsync(string source, string externalId, AccountRow account, CancellationToken ct = default) =>
        PutAsync("accounts", source, externalId, account, ct);

    public Task PutQuotaAsync(QuotaRow quota, CancellationToken ct = default) =>
        _transport.PutAsync("v1/quotas", quota, ct);

    public Task PutFxRateAsync(FxRateRow rate, CancellationToken ct = default) =>
        _transport.PutAsync("v1/fx-rates", rate, ct);

    /// <summary>The platform's id of what another system calls <paramref name="externalId"/>; null when it does not know it.</summary>
    public Task<string?> FindTerritoryAsync(string source, string externalId, CancellationToken ct = default) =>
        FindAsync("territories", source, externalId, ct);

    /// <inheritdoc cref="FindTerritoryAsync"/>
    public Task<string?> FindRepAsync(string source, string externalId, CancellationToken ct = default) =>
        FindAsync("reps", source, externalId, ct);

    private async Task<string?> FindAsync(string collection, string source, string externalId, CancellationToken ct) =>
        (await _transport.PagesAsync<Identified>(Query($"v1/{collection}", ("source", source), ("external_id", externalId)), ct)
            .FirstOrDefaultAsync(ct))?.Id;

    private Task PutAsync(string collection, string source, string externalId, object body, CancellationToken ct) =>
        _transport.PutAsync($"v1/{collection}/{Segment(source)}/{Segment(externalId)}", body, ct);

    private sealed record Identified(string Id);
}
