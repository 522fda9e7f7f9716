using Spm.Compensation.Amounts;
using Spm.Compensation.Ledger;
using Spm.Compensation.PayRuns;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Transactions;

namespace Spm.Platform.Ledger;

/// <param name="Balanced">Debits and credits are equal in every currency.</param>
public sealed record TrialBalanceView(IReadOnlyList<CurrencySumsView> Currencies, IReadOnlyList<AccountSumsView> Accounts, bool Balanced)
{
    internal static TrialBalanceView Of(IReadOnlyList<AccountSums> accounts)
    {
        static string Text(long minor, string currency) => MoneyView.Of(minor, Currency.Parse(currency)).Amount;
        var currencies = accounts.GroupBy(a => a.Currency, StringComparer.Ordinal)
            .Select(g => (Currency: g.Key, Debits: g.Sum(a => a.Debits), Credits: g.Sum(a => a.Credits)))
            .ToList();
        return new TrialBalanceView(
            [.. currencies.Select(c => new CurrencySumsView(c.Currency, Text(c.Debits, c.Currency), Text(c.Credits, c.Currency), Text(c.Debits - c.Credits, c.Currency)))],
            [.. accounts.Select(a => new AccountSumsView(a.Account, a.Currency, Text(a.Debits, a.Currency), Text(a.Credits, a.Currency), Text(a.Debits - a.Credits, a.Currency)))],
            currencies.TrueForAll(c => c.Debits == c.Credits));
    }
}

public sealed record CurrencySumsView(string Currency, string Debits, string Credits, string Difference);

/// <param name="Account">commission_expense, payroll_clearing, or accrued: or payable: and the rep's id.</param>
/// <param name="Balance">Debits less credits: what is owed to a rep stands negative.</param>
public sealed record AccountSumsView(string Account, string Currency, string Debits, string Credits, string Balance);

/// <param name="Period">The month it is paid in.</param>
/// <param name="OriginPeriod">The month it was earned in: another one for a prior-period adjustment.</param>
public sealed record PostingView(
    string Id, PostingKind Kind, string Debit, string Credit, MoneyView Amount, RepRef Rep, string Period, string OriginPeriod, string? Plan, string? Component, PayLineKind? Line, string RecordedAt)
{
    internal static PostingView Of(PostingRow row, Company company)
    {
        var posting = row.Posting;
        return new PostingView(
            posting.Id,
            posting.Kind,
            posting.Debit,
            posting.Credit,
            MoneyView.Of(posting.Minor, Currency.Parse(posting.Currency)),
            TransactionViews.Rep(company, posting.Rep),
            company.Calendar.MonthByNo(posting.Month)!.Id,
            company.Calendar.MonthByNo(posting.OriginMonth)!.Id,
            posting.Plan.Length == 0 ? null : posting.Plan,
            posting.Component.Length == 0 ? null : posting.Component,
            posting.Plan.Length == 0 ? null : posting.Line,
            Wire.Instant(row.RecordedAt));
    }
}
