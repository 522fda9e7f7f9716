using static Spm.Client.SpmPaging;

namespace Spm.Client;

/// <summary>Fiscal years, and the closing of their months.</summary>
public sealed class CalendarClient
{
    private readonly SpmTransport _transport;

    internal CalendarClient(SpmTransport transport) => _transport = transport;

    /// <summary>Lays or replaces a fiscal year; its periods are named after <paramref name="year"/>: 2025-01, 2025-Q1, 2025.</summary>
    public Task PutYearAsync(string year, FiscalYearBody body, CancellationToken ct = default) =>
        _transport.PutAsync($"v1/calendar/years/{Segment(year)}", body, ct);

    public Task<FiscalCalendar> GetAsync(CancellationToken ct = default) =>
        _transport.GetAsync<FiscalCalendar>("v1/calendar", ct);

    /// <summary>Freezes a month: a later change of it becomes a prior-period adjustment. Earlier months must be closed first.</summary>
    public Task<FiscalPeriod> CloseAsync(string month, CancellationToken ct = default) =>
        _transport.PostOnceAsync<FiscalPeriod>($"v1/periods/{Segment(month)}/close", null, null, ct);

    /// <summary>Undoes a close while no payout of the month has moved on.</summary>
    public Task<FiscalPeriod> ReopenAsync(string month, CancellationToken ct = default) =>
        _transport.PostOnceAsync<FiscalPeriod>($"v1/periods/{Segment(month)}/reopen", null, null, ct);
}
