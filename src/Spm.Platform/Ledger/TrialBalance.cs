using Spm.Storage;

namespace Spm.Platform.Ledger;

/// <summary>Debits less credits of a whole ledger.</summary>
public static class TrialBalance
{
    /// <summary>What does not balance, by currency, in minor units. Empty, or something is wrong.</summary>
    public static IReadOnlyList<(string Currency, long Minor)> Differences(SqlSession session, int tenant) =>
    [
        .. LedgerTable.Balances(session, tenant, months: null, asOf: null).GroupBy(a => a.Currency, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Sum(a => a.Debits - a.Credits))).Where(c => c.Item2 != 0),
    ];
}
