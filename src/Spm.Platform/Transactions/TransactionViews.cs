using System.Text.Json;
using Spm.Compensation.Amounts;
using Spm.Compensation.Crediting;
using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;
using Spm.Platform.Problems;
using Spm.Platform.Tenants;

namespace Spm.Platform.Transactions;

/// <summary>An amount as the source sent it, at up to four decimals; a refund's is negative here.</summary>
public sealed record AmountView(string Amount, string Currency);

/// <param name="Margin">Null when the source gave none.</param>
public sealed record TransactionView(
    string Id,
    string Source,
    string ExternalId,
    long Version,
    TransactionKind Kind,
    DateOnly Date,
    string Period,
    AmountView Amount,
    string Quantity,
    string? Margin,
    string? Rep,
    string? Account,
    string? Territory,
    string? Product,
    string? Deal,
    JsonElement? Facts,
    IReadOnlyList<SplitView> Splits,
    bool House,
    bool Deleted,
    string RecordedAt) : INode;

public sealed record SplitView(string Rep, string Percent);

public sealed record RepRef(string Id, string ExternalId, string Name, string? Title) : INode;

/// <param name="Amount">In the company's currency, as is the margin.</param>
/// <param name="Margin">Null when the source gave none.</param>
public sealed record CreditView(RepRef Rep, CreditKind Kind, string Percent, AmountView Amount, string Quantity, string? Margin);

/// <param name="AmountAtStake">In the transaction's own currency.</param>
public sealed record TransactionProblemView(string Code, string Detail, string? Rep, string AmountAtStake);

/// <param name="CreditedAs">The deal as which it is credited, since it leads to nobody itself; null where it leads to somebody, and where there is no such deal.</param>
/// <param name="Conversion">How its amounts became the company's currency; null where they are in it, or no rate is known.</param>
public sealed record CreditsView(string Transaction, string? CreditedAs, ConversionView? Conversion, IReadOnlyList<CreditView> Credits, IReadOnlyList<TransactionProblemView> Problems)
{
    internal static CreditsView Of(TransactionRow row, IReadOnlyList<CreditProblem> problems, Company company) => new(
        Ids.ForTransaction(row.Source, row.ExternalId),
        TransactionViews.CreditedAs(row, company),
        ConversionView.Of(row, company),
        [.. row.Credits.Select(c => TransactionViews.Of(c, row, company))],
        [.. problems.Select(p => TransactionViews.Of(p, company))]);
}

/// <param name="Result">created, corrected, or unchanged when this version was already here.</param>
/// <param name="CreditedAs">The deal as which it is credited, since it leads to nobody itself; null where it leads to somebody, and where there is no such deal.</param>
/// <param name="Conversion">How its amounts became the company's currency; null where they are in it, or no rate is known.</param>
public sealed record PostedView(
    TransactionOutcome Result, TransactionView Transaction, string? CreditedAs, ConversionView? Conversion, IReadOnlyList<CreditView> Credits, IReadOnlyList<TransactionProblemView> Problems)
{
    internal static PostedView Of(PostedTransaction posted, TenantRuntime tenant, TenantDirectory tenants)
    {
        var ((row, credits, _, _, problems), company) = (posted.Transaction, posted.Company);
        return new PostedView(
            posted.Outcome,
            TransactionViews.Of(row, tenant, tenants),
            TransactionViews.CreditedAs(row, company),
            ConversionView.Of(row, company),
            [.. credits.Select(c => TransactionViews.Of(c, row, company))],
            [.. problems.Select(p => TransactionViews.Of(p, company))]);
    }
}

internal static class TransactionViews
{
    public static TransactionView Of(TransactionRow row, TenantRuntime tenant, TenantDirectory tenants)
    {
        var company = tenant.Company;
        return new TransactionView(
            Ids.ForTransaction(row.Source, row.ExternalId),
            tenants.SourceName(tenant, row.Source) ?? "",
            row.ExternalId,
            row.Version,
            row.Kind,
            row.Date,
            company.Calendar.MonthByNo(row.Month)?.Id ?? "",
            new AmountView(Wire.Amount(row.Amount), row.Currency),
            Wire.Amount(row.Quantity),
            row.Flags.HasFlag(TransactionFlags.NoMargin) ? null : Wire.Amount(row.Margin),
            row.Rep < 0 ? null : company.Reps[row.Rep].Id,
            row.Account < 0 ? null : company.Accounts[row.Account].Id,
            row.Territory < 0 ? null : company.Territories[row.Territory].Id,
            row.Product,
            row.Deal,
            row.Facts is null ? null : JsonElement.Parse(row.Facts),
            [.. row.Splits.Select(s => new SplitView(company.Reps[s.Rep].Id, Wire.Percent(Share.ToPercent(s.Millionths))))],
            row.Flags.HasFlag(TransactionFlags.House),
            row.Deleted,
            Wire.Instant(row.RecordedAt));
    }

    public static string? CreditedAs(TransactionRow row, Company company)
    {
        var facts = row.ForCrediting(company);
        return ReferenceEquals(company.Roster.Named(facts), facts) ? null : Ids.ForTransaction(row.Source, row.Deal!);
    }

    public static CreditView Of(Credit credit, TransactionRow row, Company company) => new(
        Rep(company, credit.Rep),
        credit.Kind,
        Wire.Percent(Share.ToPercent(credit.Millionths)),
        new AmountView(Wire.Amount(credit.Amount), company.Settings.Currency),
        Wire.Amount(credit.Quantity),
        row.Flags.HasFlag(TransactionFlags.NoMargin) ? null : Wire.Amount(credit.Margin));

    public static TransactionProblemView Of(CreditProblem problem, Company company) => new(
        problem.Code, ProblemCodes.Detail(problem.Code), problem.Rep < 0 ? null : company.Reps[problem.Rep].Id, Wire.Amount(problem.AmountAtStake));

    public static RepRef Rep(Company company, int rep)
    {
        var entry = company.Reps[rep];
        return new RepRef(entry.Id, entry.ExternalId, entry.Doc.Name, entry.Doc.Title);
    }
}
