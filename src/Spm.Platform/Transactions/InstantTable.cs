using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <summary>
/// Where in the log a tenant's transactions of an instant begin: a row a commit, where an index would have an entry a transaction. An instant that goes back
/// all the same counts as the one before it, so that whoever asks since an instant misses nothing.
/// </summary>
internal static class InstantTable
{
    /// <summary>Call inside the write.</summary>
    /// <param name="first">The lowest number of the commit's transactions.</param>
    public static void Written(SqlSession session, int tenant, long first, long now) => session.Send(
        "insert into txn_time (tenant, at, first) select $1, case when max(at) > $2 then max(at) else $2 end, $3 from txn_time where tenant = $1 on conflict do nothing",
        tenant,
        now,
        first);

    /// <summary>Every transaction recorded since has this number or a higher one; no transaction has it where none was.</summary>
    public static long First(SqlSession session, int tenant, long since) =>
        session.Query("select first from txn_time where tenant = $1 and at >= $2 order by at limit 1", r => r.GetInt64(0), tenant, since) is [var first] ? first : long.MaxValue;
}
