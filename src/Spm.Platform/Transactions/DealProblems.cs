using Spm.Compensation.Crediting;
using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <summary>
/// A payment, refund or cancellation of a deal that is not here is counted by itself: it releases, caps and claws back nothing of the deal. That is a
/// problem until the deal comes. Whichever of the two comes first, the list is the same.
/// </summary>
internal static class DealProblems
{
    public const string Unknown = "deal_unknown";

    /// <summary>Call after all transactions of a commit are written.</summary>
    /// <param name="written">Current versions that this commit brought, with their places in the log.</param>
    /// <returns>Those of them whose deal is not here.</returns>
    public static IReadOnlySet<TransactionRow> Note(SqlSession session, int tenant, IReadOnlyList<(long Seq, TransactionRow Row)> written)
    {
        HashSet<TransactionRow> unknown = new(ReferenceEqualityComparer.Instance);
        foreach (var (seq, row) in written)
        {
            if (Of(row) is { } deal && !IsHere(session, row.Source, deal))
            {
                TransactionTable.InsertProblem(session, tenant, seq, row, Problem(row));
                unknown.Add(row);
            }
        }
        bool? listed = null;
        foreach (var (_, row) in written)
        {
            if (row.Deleted)
            {
                Insert(session, tenant, row.Source, row.ExternalId);
                listed = true;
            }
            else if (listed ??= Any(session, tenant))
            {
                session.Send(
                    "delete from problem where txn > 0 and code = $3 and txn in (select seq from txn where source = $1 and deal = $2 and deal is not null and ended_at is null)",
                    row.Source, row.ExternalId, Unknown);
            }
        }
        return unknown;
    }

    public static CreditProblem Problem(TransactionRow row) => new(Unknown, row.Rep, row.Amount);

    /// <summary>The other transaction that this one is about; null where it is about none.</summary>
    private static string? Of(TransactionRow row) =>
        row.Kind is TransactionKind.Payment or TransactionKind.Refund or TransactionKind.Cancellation && !row.Deleted && row.Deal != row.ExternalId ? row.Deal : null;

    private static bool Any(SqlSession session, int tenant) => session.Long("select 1 from problem where tenant = $1 and code = $2 limit 1", tenant, Unknown) == 1;

    private static bool IsHere(SqlSession session, int source, string externalId) => session.Long(
        "select 1 from txn where source = $1 and external_id = $2 and ended_at is null and flags & $3 = 0", source, externalId, (int)TransactionFlags.Deleted) == 1;

    /// <summary>The deal is taken back: what is about it, and was written before, is about nothing.</summary>
    private static void Insert(SqlSession session, int tenant, int source, string externalId)
    {
        foreach (var row in TransactionTable.Of(session, source, externalId))
        {
            if (Of(row) is not null && !TransactionTable.Problems(session, row.Seq).Exists(p => p.Code == Unknown))
            {
                TransactionTable.InsertProblem(session, tenant, row.Seq, row, Problem(row));
            }
        }
    }
}
