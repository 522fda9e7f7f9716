using System.Data.Common;
using Spm.Compensation.Ledger;
using Spm.Compensation.PayRuns;
using Spm.Platform.Kernel;
using Spm.Platform.Periods;
using Spm.Storage;

namespace Spm.Platform.Ledger;

/// <summary>Postings in the store: appended, never changed. A posting that is already there is not written again.</summary>
internal static class LedgerTable
{
    private const string Insert =
        "insert into posting (tenant, id, kind, debit, credit, minor, currency, rep, month, origin_month, plan, component, line, recorded_at) "
        + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    /// <returns>True when the posting is new.</returns>
    public static bool Append(SqlSession session, int tenant, Posting posting, long now) => Append(session, tenant, [posting], now).Count == 1;

    /// <returns>Those that are new.</returns>
    public static IReadOnlyList<Posting> Append(SqlSession session, int tenant, IReadOnlyList<Posting> postings, long now)
    {
        if (postings.Count == 0)
        {
            return [];
        }
        var (insert, last) = (session.Prepare(Insert), postings.Count > 1 ? LastNo(session) : 0);
        foreach (var posting in postings)
        {
            session.EnsurePart("posting", posting.Month);
        }
        var added = insert.Write(postings.Count, i =>
        {
            var posting = postings[i];
            insert.Bind(tenant).Bind(posting.Id).Bind((int)posting.Kind).Bind(posting.Debit).Bind(posting.Credit).Bind(posting.Minor).Bind(posting.Currency)
                .Bind(posting.Rep).Bind(posting.Month).Bind(posting.OriginMonth).Bind(posting.Plan).Bind(posting.Component).Bind((int)posting.Line).Bind(now)
                .Add();
        });
        if (added == postings.Count || added == 0)
        {
            return added == 0 ? [] : postings;
        }
        // Some were sent before a crash, and the others were not.
        var ids = session.Query("select id from posting where no > $1", r => r.GetString(0), last).ToHashSet(StringComparer.Ordinal);
        return [.. postings.Where(p => ids.Contains(p.Id))];
    }

    /// <summary>Whether anything was ever posted in months that begin on these days.</summary>
    public static bool AnyBetween(SqlSession session, int tenant, int fromDay, int toDay) =>
        session.Long("select 1 from posting where tenant = $1 and (month >= $2 and month < $3 or origin_month >= $2 and origin_month < $3) limit 1", tenant, fromDay, toDay) == 1;

    /// <summary>Each posting twice, once on either side; by currency and account.</summary>
    /// <param name="asOf">Only what was recorded up to this instant, in Unix milliseconds; null for all.</param>
    public static List<AccountSums> Balances(SqlSession session, int tenant, MonthSpan? months, long? asOf) => session.Query(
        "with entry (currency, account, debit, credit) as ("
        + "select currency, debit, minor, 0 from posting where tenant = $1 and ((month >= $2 and month < $3) or $2 is null) and (recorded_at <= $4 or $4 is null) union all "
        + "select currency, credit, 0, minor from posting where tenant = $1 and ((month >= $2 and month < $3) or $2 is null) and (recorded_at <= $4 or $4 is null)) "
        + "select currency, account, sum(debit), sum(credit) from entry group by currency, account order by currency, account",
        r => new AccountSums(r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3)),
        tenant,
        months?.From,
        months?.To,
        asOf);

    private const string Columns = "no, id, kind, debit, credit, minor, currency, rep, month, origin_month, plan, component, line, recorded_at";

    private const string Asked = "tenant = $1 and (rep = $2 or $2 is null) and ((month >= $3 and month < $4) or $3 is null) and (recorded_at <= $5 or $5 is null)";

    public static List<PostingRow> Page(SqlSession session, int tenant, AskedPostings asked, Seek<long> seek) => session.Query(
        $"select {Columns} from posting where {Asked} and no {seek.Beyond} $6 order by no{seek.Order} limit $7",
        Map, tenant, asked.Rep, asked.Months?.From, asked.Months?.To, asked.AsOf, seek.From, seek.Count);

    public static long Count(SqlSession session, int tenant, AskedPostings asked) =>
        session.Long($"select count(*) from posting where {Asked}", tenant, asked.Rep, asked.Months?.From, asked.Months?.To, asked.AsOf);

    /// <summary>All postings of a rep, in the order they were made.</summary>
    public static List<PostingRow> OfRep(SqlSession session, int tenant, int rep) =>
        session.Query($"select {Columns} from posting where tenant = $1 and rep = $2 order by no", Map, tenant, rep);

    private static PostingRow Map(DbDataReader r) => new(
        r.GetInt64(0),
        new Posting(
            r.GetString(1), (PostingKind)r.GetInt32(2), r.GetString(3), r.GetString(4), r.GetInt64(5), r.GetString(6), r.GetInt32(7), r.GetInt32(8),
            r.GetInt32(9), r.GetString(10), r.GetString(11), (PayLineKind)r.GetInt32(12)),
        r.GetInt64(13));

    public static long LastNo(SqlSession session) => session.Long("select max(no) from posting");

    /// <summary>What a plan's incentives have come to, by the month they were earned in. Debits of expense add, credits take off.</summary>
    public static List<(int Month, long Minor)> ByPlan(SqlSession session, int tenant, string plan) => session.Query(
        "select origin_month, sum(case when debit = $3 then minor else -minor end) from posting where tenant = $1 and plan = $2 and kind <= 1 group by origin_month",
        r => (r.GetInt32(0), r.GetInt64(1)),
        tenant,
        plan,
        LedgerAccounts.CommissionExpense);
}
