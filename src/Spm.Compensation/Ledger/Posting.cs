using Spm.Compensation.PayRuns;

namespace Spm.Compensation.Ledger;

public enum PostingKind : byte
{
    /// <summary>An incentive of an open month: expense to what is accrued for the rep.</summary>
    Earning,

    /// <summary>The difference that a change causes in a closed month, in the first open one.</summary>
    PriorPeriodAdjustment,

    /// <summary>A payout is approved: accrued becomes payable.</summary>
    Approval,

    /// <summary>Payroll has paid a line: payable is settled.</summary>
    Payment,
}

/// <summary>
/// A double-entry transfer: one amount above zero leaves the credited account and enters the debited one, so that every posting sums
/// to zero by its shape: an amount of zero or less, or one account on both sides, cannot be constructed. Postings are never changed;
/// a mistake is corrected by another posting.
/// </summary>
/// <param name="Id">Deterministic: the same posting sent twice is one posting.</param>
/// <param name="Month">The fiscal month (number) it is paid in.</param>
/// <param name="Component">Empty where the line is of the payout as a whole.</param>
/// <param name="OriginMonth">The month it was earned in; the same but for adjustments.</param>
public sealed record Posting(
    string Id,
    PostingKind Kind,
    string Debit,
    string Credit,
    long Minor,
    string Currency,
    int Rep,
    int Month,
    int OriginMonth,
    string Plan,
    string Component,
    PayLineKind Line = PayLineKind.Incentive)
{
    public long Minor { get; init => field = AboveZero(value); } = AboveZero(Minor);

    public string Credit { get; init => field = Other(value, Debit); } = Other(Credit, Debit);

    private static long AboveZero(long minor) =>
        minor > 0
            ? minor
            : throw new ArgumentOutOfRangeException(nameof(minor), minor, "A posting moves an amount above zero; the other direction swaps the accounts.");

    private static string Other(string credit, string debit) =>
        credit != debit ? credit : throw new ArgumentException($"A posting from {debit} to itself moves nothing.", nameof(credit));
}

/// <summary>The chart of accounts. Accounts of a rep end in its id.</summary>
public static class LedgerAccounts
{
    public const string CommissionExpense = "commission_expense";

    public const string PayrollClearing = "payroll_clearing";

    /// <summary>Earned and not yet approved.</summary>
    public static string Accrued(string rep) => $"accrued:{rep}";

    /// <summary>Approved and not yet paid.</summary>
    public static string Payable(string rep) => $"payable:{rep}";
}
