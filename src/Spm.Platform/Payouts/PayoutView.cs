using System.Text.Json.Serialization;
using Spm.Compensation.Amounts;
using Spm.Compensation.Payouts;
using Spm.GraphQL.Authoring;
using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;
using Spm.Platform.Transactions;

namespace Spm.Platform.Payouts;

/// <param name="Trial">True while the period is open: the figures still move.</param>
/// <param name="CarriedIn">A rest that earlier periods left to recover; zero or negative.</param>
/// <param name="Amount">What is paid: incentives, adjustments and what is carried in, but never below zero.</param>
/// <param name="CarriedOut">What this period leaves to recover; zero or negative.</param>
public sealed record PayoutView(
    string Id,
    RepRef Rep,
    string Period,
    PayoutStatus Status,
    bool Trial,
    MoneyView Incentives,
    MoneyView Adjustments,
    MoneyView CarriedIn,
    MoneyView Amount,
    MoneyView CarriedOut,
    string? Batch,
    string UpdatedAt) : INode
{
    /// <summary>Of the payout as it stands here: its moves ask for it, and are refused where it has changed since.</summary>
    [JsonIgnore]
    [GraphQLName("etag")]
    public string ETag { get; init; } = "";

    public static PayoutView Of(PayoutRow row, Company company)
    {
        var currency = Currency.Parse(row.Currency);
        return new PayoutView(
            row.Id,
            TransactionViews.Rep(company, row.Rep),
            company.Calendar.MonthByNo(row.Month)!.Id,
            row.Status,
            !row.Final,
            MoneyView.Of(row.Incentives, currency),
            MoneyView.Of(row.Adjustments, currency),
            MoneyView.Of(row.CarriedIn, currency),
            MoneyView.Of(row.Due, currency),
            MoneyView.Of(row.CarriedOut, currency),
            row.Batch,
            Wire.Instant(row.UpdatedAt))
        {
            ETag = row.ETag,
        };
    }
}
