using Spm.Platform.Companies;

namespace Spm.Platform.Changes;

/// <summary>What the feed tells of, and the scope without which a caller is not told.</summary>
public static class ChangeKinds
{
    public const string Transaction = "transaction";
    public const string Payout = "payout";
    public const string PayoutBatch = "payout_batch";

    public static IReadOnlyDictionary<string, string> Scopes { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [RecordKinds.Company] = Kernel.Scopes.CalendarRead,
        [RecordKinds.Year] = Kernel.Scopes.CalendarRead,
        [RecordKinds.Period] = Kernel.Scopes.CalendarRead,
        [RecordKinds.Measure.Name] = Kernel.Scopes.ConfigurationRead,
        [RecordKinds.Plan.Name] = Kernel.Scopes.PlansRead,
        [RecordKinds.Rep.Name] = Kernel.Scopes.RepsRead,
        [RecordKinds.Territory.Name] = Kernel.Scopes.ConfigurationRead,
        [RecordKinds.Account.Name] = Kernel.Scopes.ConfigurationRead,
        [RecordKinds.Quota] = Kernel.Scopes.RepsRead,
        [RecordKinds.FxRate] = Kernel.Scopes.ConfigurationRead,
        [Transaction] = Kernel.Scopes.TransactionsRead,
        [Payout] = Kernel.Scopes.PayoutsRead,
        [PayoutBatch] = Kernel.Scopes.PayoutBatchesRead,
    };

    /// <summary>True for what a company holds in memory.</summary>
    public static bool IsRecord(string kind) => kind is not (Transaction or Payout or PayoutBatch);
}
