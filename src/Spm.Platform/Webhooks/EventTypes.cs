using Spm.Compensation.Payouts;
using Spm.Platform.Imports;
using Spm.Platform.PayoutBatches;

namespace Spm.Platform.Webhooks;

/// <summary>Every type an event can have, and what it tells. A type is never renamed or given another meaning; docs/webhooks.md shows this table.</summary>
public static class EventTypes
{
    public const string BatchCreated = "payout_batch.created";
    public const string BatchReleased = "payout_batch.released";
    public const string BatchExpired = "payout_batch.expired";
    public const string BatchAcknowledged = "payout_batch.acknowledged";
    public const string PeriodClosed = "period.closed";
    public const string PeriodReopened = "period.reopened";
    public const string PlanPublished = "plan.published";
    public const string AlarmRaised = "alarm.raised";
    public const string AlarmCleared = "alarm.cleared";
    public const string Test = "webhook.test";

    private const string ImportSucceeded = "import.succeeded";
    private const string ImportFailed = "import.failed";

    public static IReadOnlyList<(string Type, string About)> All { get; } =
    [
        ("payout.submitted", "A payout went into review, by itself or in a batch."),
        ("payout.approved", "A payout is approved: it is owed."),
        ("payout.rejected", "A payout in review is calculated again."),
        ("payout.claimed", "Payroll holds the payout under a lease."),
        ("payout.released", "Payroll gave the payout back, its lease ran out, or it could not be paid."),
        ("payout.paid", "Payroll has paid the payout."),
        (BatchCreated, "Payouts were gathered into a batch."),
        ("payout_batch.approved", "A batch is approved: payroll may claim it."),
        ("payout_batch.rejected", "A batch was taken apart."),
        ("payout_batch.claimed", "Payroll holds the batch under a lease."),
        (BatchReleased, "Payroll gave the batch back."),
        (BatchExpired, "A lease ran out: the batch may be claimed again."),
        (BatchAcknowledged, "Payroll said what became of lines of the batch."),
        ("payout_batch.paid", "Every line of the batch is acknowledged."),
        (PeriodClosed, "A month is closed: its payouts are final."),
        (PeriodReopened, "The month that was closed last is open again."),
        (PlanPublished, "A plan document was put, by itself or by an import."),
        (ImportSucceeded, "Every row of an import has an outcome."),
        (ImportFailed, "An import ended as a whole."),
        (AlarmRaised, "A proof found a figure that does not follow from its sources: the code says whether ledger or payout."),
        (AlarmCleared, "A later proof found it sound again."),
        (Test, "Somebody asked for a test."),
    ];

    public static bool Knows(string type) => All.Any(t => t.Type == type);

    public static string Of(PayoutMove move) => move switch
    {
        PayoutMove.Submit => "payout.submitted",
        PayoutMove.Approve => "payout.approved",
        PayoutMove.Reject => "payout.rejected",
        PayoutMove.Claim => "payout.claimed",
        PayoutMove.Release => "payout.released",
        PayoutMove.Pay => "payout.paid",
        _ => throw new ArgumentOutOfRangeException(nameof(move), move, null),
    };

    /// <summary>Of a batch that has come to this status.</summary>
    public static string Of(BatchStatus status) => status switch
    {
        BatchStatus.InReview => BatchCreated,
        BatchStatus.Approved => "payout_batch.approved",
        BatchStatus.Rejected => "payout_batch.rejected",
        BatchStatus.Claimed => "payout_batch.claimed",
        BatchStatus.Paid => "payout_batch.paid",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static string Of(ImportStatus finished) => finished == ImportStatus.Succeeded ? ImportSucceeded : ImportFailed;
}
