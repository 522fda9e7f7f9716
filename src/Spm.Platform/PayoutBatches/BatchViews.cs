using Spm.Compensation.Amounts;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Transactions;
using Spm.Platform.Webhooks;

namespace Spm.Platform.PayoutBatches;

/// <param name="Period">A closed month; every final payout of it above zero that is in no batch is taken.</param>
public sealed record BatchInput(string? Period);

/// <param name="LeaseSeconds">1 to 86400; 900 when left out.</param>
public sealed record ClaimInput(int? LeaseSeconds);

/// <param name="Claim">The token that claiming answered with.</param>
public sealed record AcknowledgeInput(string? Claim, IReadOnlyList<LineResultInput>? Lines);

/// <param name="Result">paid or failed.</param>
/// <param name="Reference">Payroll's own name for the payment; part of the result.</param>
/// <param name="Reason">Why a line failed.</param>
public sealed record LineResultInput(string? Line, LineOutcome? Result, string? Reference, string? Reason);

/// <param name="Claim">The token that claiming answered with.</param>
public sealed record ReleaseInput(string? Claim);

/// <param name="Amount">Of all lines together, whatever became of them.</param>
/// <param name="ExpiresAt">When the claim's lease ends; null unless the batch is claimed.</param>
public sealed record BatchView(
    string Id, string Period, BatchStatus Status, MoneyView Amount, long LineCount, long PaidCount, long FailedCount, string? ExpiresAt, string CreatedAt, string UpdatedAt)
{
    /// <summary>Tells the tenant's webhooks what has become of a batch, as it stands after.</summary>
    internal static void Tell(EventLog events, string type, BatchRow after, Company company) => events.Tell(
        type, after.Id, new { after.Id, Period = company.Calendar.MonthByNo(after.Month)!.Id }, () => Of(after, company));

    public static BatchView Of(BatchRow row, Company company) => new(
        row.Id,
        company.Calendar.MonthByNo(row.Month)!.Id,
        row.Status,
        MoneyView.Of(row.Minor, company.Currency),
        row.Lines,
        row.Paid,
        row.Failed,
        row.Status == BatchStatus.Claimed ? Wire.Instant(row.LeaseUntil) : null,
        Wire.Instant(row.CreatedAt),
        Wire.Instant(row.UpdatedAt));
}

/// <param name="Status">open, paid or failed.</param>
public sealed record LineView(string Id, string Payout, RepRef Rep, MoneyView Amount, string Status, string? Reference, string? Reason)
{
    public static LineView Of(LineRow row, Company company) => new(
        row.Id,
        Ids.ForPayout(company.Tenant, row.Rep, row.Month),
        TransactionViews.Rep(company, row.Rep),
        MoneyView.Of(row.Minor, Currency.Parse(row.Currency)),
        row.Outcome is { } outcome ? EnumNames.Of(outcome) : "open",
        row.Reference,
        row.Reason);
}

/// <param name="Lines">Those not acknowledged yet: what is to be paid under this claim.</param>
public sealed record ClaimView(string Claim, string ExpiresAt, IReadOnlyList<LineView> Lines);
