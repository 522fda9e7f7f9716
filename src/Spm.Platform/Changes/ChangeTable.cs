using Spm.Storage;

namespace Spm.Platform.Changes;

/// <summary>
/// What was written or taken away, told in the commit that did it. Numbers are counted by the tenant under the write lock of the store, of which there is
/// one for all hosts: whoever has seen a number has seen, or can read, every lower one.
/// </summary>
internal static class ChangeTable
{
    private const string Insert =
        "insert into change (tenant, no, at, kind, subject, removed, first_txn, last_txn) select $1, coalesce(max(no), 0) + 1, $2, $3, $4, $5, $6, $7 from change where tenant = $1";

    /// <summary>Call inside the write.</summary>
    public static void Written(SqlSession session, int tenant, string kind, string subject, long now) => session.Send(Insert, tenant, now, kind, subject, 0, 0, 0);

    /// <summary>Call inside the write.</summary>
    public static void Removed(SqlSession session, int tenant, string kind, string subject, long now) => session.Send(Insert, tenant, now, kind, subject, 1, 0, 0);

    /// <summary>The same of many at once, in this order.</summary>
    public static void Tell(SqlSession session, int tenant, IReadOnlyList<(string Kind, string Subject, bool IsRemoved)> changes, long now)
    {
        if (changes.Count == 1)
        {
            session.Send(Insert, tenant, now, changes[0].Kind, changes[0].Subject, changes[0].IsRemoved ? 1 : 0, 0, 0);
            return;
        }
        var insert = session.Prepare("insert into change (tenant, no, at, kind, subject, removed, first_txn, last_txn) values (?, ?, ?, ?, ?, ?, ?, ?)");
        var no = changes.Count == 0 ? 0 : Last(session, tenant);
        foreach (var (kind, subject, isRemoved) in changes)
        {
            insert.Bind(tenant).Bind(++no).Bind(now).Bind(kind).Bind(subject).Bind(isRemoved ? 1 : 0).Bind(0).Bind(0).Add();
        }
        insert.Send();
    }

    /// <summary>All transactions of the tenant with these numbers, both included.</summary>
    public static void Written(SqlSession session, int tenant, long firstTransaction, long lastTransaction, long now) =>
        session.Send(Insert, tenant, now, ChangeKinds.Transaction, "", 0, firstTransaction, lastTransaction);

    /// <summary>From a number on, itself included.</summary>
    public static List<ChangeRow> From(SqlSession session, int tenant, long no, int limit) =>
        session.Query($"select {ChangeRow.Columns} from change where tenant = $1 and no >= $2 order by no limit $3", ChangeRow.Map, tenant, no, limit);

    /// <summary>The newest number; 0 where nothing was told yet.</summary>
    public static long Last(SqlSession session, int tenant) => session.Long("select no from change where tenant = $1 order by no desc limit 1", tenant);

    /// <summary>Null where nothing was told yet.</summary>
    public static ChangeRow? Newest(SqlSession session, int tenant) =>
        session.First($"select {ChangeRow.Columns} from change where tenant = $1 order by no desc limit 1", ChangeRow.Map, tenant);

    /// <summary>
    /// Forgets what was told before an instant, the oldest first and nothing behind a younger one, so that no gap comes to be. The newest of a tenant stays:
    /// whoever stands there has missed nothing, however long ago it was.
    /// </summary>
    public static void Sweep(SqlSession session, long before)
    {
        foreach (var tenant in session.Query("select no from tenant", r => r.GetInt32(0)))
        {
            var kept = session.Long("select no from change where tenant = $1 and at >= $2 order by no limit 1", tenant, before);
            if (kept == 0)
            {
                kept = Last(session, tenant);
            }
            session.Execute("delete from change where tenant = $1 and no < $2", tenant, kept);
        }
    }
}
