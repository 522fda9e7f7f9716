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
    /// <param name="listed">Asked before they were written.</param>
    /// <returns>Those of them whose deal is not here.</returns>
    public static IReadOnlySet<TransactionRow> Note(SqlSession session, int tenant, IReadOnlyList<(long Seq, TransactionRow Row)> written, Func<List<bool>> listed)
    {
        (long Seq, TransactionRow Row)[] about = [.. written.Where(w => Of(w.Row) is not null)];
        (long Seq, TransactionRow Row)[] unknown = [.. about.Zip(AreHere(session, about)).Where(a => !a.Second).Select(a => a.First)];
        TransactionTable.InsertProblems(session, tenant, [.. unknown.Select(u => (u.Seq, u.Row, Problem(u.Row)))]);
        TransactionRow[] taken = [.. written.Select(w => w.Row).Where(row => row.Deleted)];
        Insert(session, tenant, taken);
        if (written.Count > taken.Length && (unknown.Length > 0 || taken.Length > 0 || listed().Count > 0))
        {
            Forget(session, [.. written.Select(w => w.Row).Where(row => !row.Deleted)]);
        }
        return unknown.Select(u => u.Row).ToHashSet<TransactionRow>(ReferenceEqualityComparer.Instance);
    }

    /// <summary>Has a row where the list has any of the tenant's transactions.</summary>
    public static Func<List<bool>> AskListed(SqlSession session, int tenant) =>
        session.Ask("select 1 from problem where tenant = $1 and code = $2 limit 1", _ => true, tenant, Unknown);

    public static CreditProblem Problem(TransactionRow row) => new(Unknown, row.Rep, row.Amount);

    /// <summary>The other transaction that this one is about; null where it is about none.</summary>
    private static string? Of(TransactionRow row) =>
        row.Kind is TransactionKind.Payment or TransactionKind.Refund or TransactionKind.Cancellation && !row.Deleted && row.Deal != row.ExternalId ? row.Deal : null;

    /// <summary>Of each, whether its deal is.</summary>
    private static IEnumerable<bool> AreHere(SqlSession session, IReadOnlyList<(long Seq, TransactionRow Row)> about) => session.QueryEach(
        $"select seq from txn where source = $1 and external_id = $2 and ended_at is null and flags & {(int)TransactionFlags.Deleted} = 0", r => r.GetInt64(0),
        [.. about.Select(a => new object?[] { a.Row.Source, Of(a.Row) })]).Select(found => found.Count > 0);

    /// <summary>What is about these has its deal.</summary>
    private static void Forget(SqlSession session, IReadOnlyList<TransactionRow> deals)
    {
        var delete = session.Prepare("delete from problem where no = ?");
        foreach (var no in session.QueryEach(
            "select p.no from txn t join problem p on p.txn = t.seq where t.source = $1 and t.deal = $2 and t.deal is not null and t.ended_at is null and p.txn > 0 "
            + $"and p.code = '{Unknown}'",
            r => r.GetInt64(0),
            [.. deals.Select(deal => new object?[] { deal.Source, deal.ExternalId })]).SelectMany(found => found))
        {
            delete.Bind(no).Add();
        }
        delete.Send();
    }

    /// <summary>These deals are taken back: what is about them, and was written before, is about nothing.</summary>
    private static void Insert(SqlSession session, int tenant, IReadOnlyList<TransactionRow> deals)
    {
        TransactionRow[] about = [.. deals.GroupBy(deal => deal.Source, deal => deal.ExternalId)
            .SelectMany(of => TransactionTable.Of(session, of.Key, [.. of])).SelectMany(rows => rows).Where(row => Of(row) is not null)];
        var listed = session.QueryEach($"select no from problem where txn = $1 and txn > 0 and code = '{Unknown}'", r => r.GetInt64(0), [.. about.Select(row => new object?[] { row.Seq })]);
        TransactionTable.InsertProblems(session, tenant, [.. about.Zip(listed).Where(a => a.Second.Count == 0).Select(a => (a.First.Seq, a.First, Problem(a.First)))]);
    }
}
