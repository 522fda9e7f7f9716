using System.Data.Common;
using System.Globalization;
using Spm.Compensation.Crediting;
using Spm.Compensation.Periods;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <summary>Transactions, credits and problems in the store.</summary>
internal static class TransactionTable
{
    private const string Columns =
        "seq, source, external_id, version, kind, day, month, amount, currency, quantity, margin, rep, account, territory, product, splits, flags, case when ended_at is null then credits end, import, import_row, recorded_at, deal, facts, credited_as";

    private const string InsertTransaction =
        "insert into txn (seq, tenant, source, external_id, version, kind, day, month, amount, currency, quantity, margin, rep, account, territory, product, splits, flags, credits, credited, import, import_row, recorded_at, deal, facts, credited_as) "
        + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    /// <summary>Inserts transactions under numbers from <paramref name="first"/> on. Of those with one key the first is inserted, and none where the key is there already.</summary>
    /// <returns>Which were inserted, by their numbers; null for all of them.</returns>
    public static HashSet<long>? Insert(SqlSession session, int tenant, IReadOnlyList<CreditedTransaction> transactions, long first, long now)
    {
        var insert = session.Prepare(InsertTransaction);
        return insert.Write(transactions.Count, i => Add(insert, tenant, transactions[i], first + i, now)) == transactions.Count
            ? null
            : [.. session.Query("select seq from txn where seq >= $1", r => r.GetInt64(0), first)];
    }

    /// <summary>Inserts transactions under these numbers; of those whose key is there already nothing.</summary>
    /// <returns>How many were inserted.</returns>
    public static int Insert(SqlSession session, int tenant, IReadOnlyList<(CreditedTransaction Transaction, long Seq)> transactions, long now)
    {
        var insert = session.Prepare(InsertTransaction);
        foreach (var (transaction, seq) in transactions)
        {
            Add(insert, tenant, transaction, seq, now);
        }
        return insert.Flush();
    }

    private static void Add(Statement insert, int tenant, in CreditedTransaction transaction, long seq, long now)
    {
        var row = transaction.Row;
        insert.Bind(seq).Bind(tenant).Bind(row.Source).Bind(row.ExternalId).Bind(row.Version).Bind((int)row.Kind).Bind(row.Date.DayNumber).Bind(row.Month)
            .Bind(row.Amount).Bind(row.Currency).Bind(row.Quantity).Bind(row.Margin).Bind(row.Rep).Bind(row.Account).Bind(row.Territory).Bind(row.Product)
            .Bind(SplitsText(row.Splits)).Bind((int)row.Flags).Bind(transaction.CreditsText).Bind(transaction.Credited)
            .Bind(row.Import).Bind(row.ImportRow).Bind(now).Bind(row.Deal).Bind(row.Facts).Bind(row.FollowsDeal ? row.CreditedAs : null)
            .Add();
    }

    /// <summary>In this order.</summary>
    /// <param name="problems">With the numbers of the transactions that they are of.</param>
    public static void InsertProblems(SqlSession session, int tenant, IReadOnlyList<(long Seq, TransactionRow Row, CreditProblem Problem)> problems)
    {
        if (problems.Count == 0)
        {
            return;
        }
        var insert = session.Prepare("insert into problem (tenant, code, txn, rep, month, day, amount, currency) values (?, ?, ?, ?, ?, ?, ?, ?)");
        foreach (var (seq, row, problem) in problems)
        {
            insert.Bind(tenant).Bind(problem.Code).Bind(seq).Bind(problem.Rep).Bind(row.Month).Bind(row.Date.DayNumber).Bind(problem.AmountAtStake).Bind(row.Currency).Add();
        }
        insert.Send();
    }

    /// <summary>Nobody is credited any more, and what was odd about the crediting is forgotten.</summary>
    public static void Uncredit(SqlSession session, int tenant, TransactionRow row)
    {
        CreditingRows.Remove(session, tenant, row);
        session.Send("delete from problem where txn = $1 and txn > 0 and code <> $2", row.Seq, DealProblems.Unknown);
    }

    /// <summary>The version is not the current one any more: it credits and troubles nobody.</summary>
    public static void End(SqlSession session, int tenant, TransactionRow row, long now)
    {
        CreditingRows.Remove(session, tenant, row);
        session.Send("delete from problem where txn = $1 and txn > 0", row.Seq);
        session.Send("update txn set ended_at = $2 where seq = $1", row.Seq, now);
    }

    /// <summary>Puts other credits in the place of a transaction's own, which are kept.</summary>
    public static void Recredit(SqlSession session, in CreditedTransaction transaction, long now)
    {
        var row = transaction.Row;
        session.Send(
            "insert into credits_past (txn, no, credits, ended_at) select seq, (select count(*) from credits_past where txn = $1), credits, $2 from txn where seq = $1",
            row.Seq, now);
        var update = session.Prepare("update txn set credits = ?, credited = ?, credited_as = ? where seq = ?");
        update.Bind(transaction.CreditsText).Bind(transaction.Credited).Bind(row.FollowsDeal ? row.CreditedAs : null).Bind(row.Seq).Add();
        update.Send();
    }

    public static TransactionRow? Current(SqlSession session, int source, string externalId) =>
        session.First($"select {Columns} from txn where source = $1 and external_id = $2 and ended_at is null", Map, source, externalId);

    /// <summary>Those with these keys.</summary>
    public static List<TransactionRow> Current(SqlSession session, IReadOnlyList<(int Source, string ExternalId)> keys) => keys.Count == 0 ? [] : Of(session, SqlList.Padded(keys));

    private static List<TransactionRow> Of(SqlSession session, IReadOnlyList<(int Source, string ExternalId)> keys) => session.Query(
        $"select {Columns} from txn where ended_at is null and ({string.Join(" or ", keys.Select((_, i) => $"(source = ${(2 * i) + 1} and external_id = ${(2 * i) + 2})"))})",
        Map, [.. keys.SelectMany(k => (object[])[k.Source, k.ExternalId])]);

    /// <summary>Of each external id; null where there is none.</summary>
    public static IReadOnlyList<TransactionRow?> Current(SqlSession session, int source, IReadOnlyList<string> externalIds) => [
        .. session.QueryEach(
            $"select {Columns} from txn where source = $1 and external_id = $2 and ended_at is null", Map, [.. externalIds.Select(id => new object?[] { source, id })])
            .Select(rows => rows.SingleOrDefault())];

    /// <summary>Of each key the current version; null where it is not here.</summary>
    public static Dictionary<(int Source, string ExternalId), TransactionRow?> Here(SqlSession session, IEnumerable<(int Source, string ExternalId)> keys) =>
        keys.Distinct().GroupBy(k => k.Source, k => k.ExternalId)
            .SelectMany(of => of.Zip(Current(session, of.Key, [.. of]), (id, row) => (Key: (of.Key, id), Row: row)))
            .ToDictionary(k => k.Key, k => k.Row);

    /// <summary>Those of each deal that are credited as it is, or would be if it were here or named somebody.</summary>
    public static List<TransactionRow> Following(SqlSession session, IReadOnlyList<(int Source, string ExternalId)> deals) => [.. session.QueryEach(
        $"select {Columns} from txn where source = $1 and deal = $2 and deal is not null and ended_at is null and credited_as is not null order by seq", Map,
        [.. deals.Select(deal => new object?[] { deal.Source, deal.ExternalId })]).SelectMany(rows => rows)];

    /// <summary>The same of those that wait for their deals.</summary>
    public static List<TransactionRow> Waiting(SqlSession session, int tenant, IReadOnlyList<(int Source, string ExternalId)> deals) => [.. session.QueryEach(
        $"select {Columns} from txn where tenant = $1 and source = $2 and deal = $3 and credited_as = '' and ended_at is null order by seq", Map,
        [.. deals.Select(deal => new object?[] { tenant, deal.Source, deal.ExternalId })]).SelectMany(rows => rows)];

    /// <summary>Has a row where any of the tenant's transactions waits for its deal.</summary>
    public static Func<List<bool>> AskWaiting(SqlSession session, int tenant) =>
        session.Ask("select 1 from txn where tenant = $1 and credited_as = '' and ended_at is null limit 1", _ => true, tenant);

    /// <summary>Current transactions that name each of these deals of the same source, in the same order.</summary>
    public static List<List<TransactionRow>> Of(SqlSession session, int source, IReadOnlyList<string> deals) => session.QueryEach(
        $"select {Columns} from txn where source = $1 and deal = $2 and deal is not null and ended_at is null order by seq", Map, [.. deals.Select(deal => new object?[] { source, deal })]);

    public static TransactionRow? BySeq(SqlSession session, int tenant, long seq) =>
        session.First($"select {Columns} from txn where seq = $1 and tenant = $2", Map, seq, tenant);

    public static void ForEachCurrent(SqlSession session, int tenant, Action<TransactionRow> row) =>
        session.ForEach($"select {Columns} from txn where tenant = $1 and ended_at is null", r => row(Map(r)), tenant);

    /// <summary>Current transactions in other currencies than the company's.</summary>
    public static void ForEachInOtherCurrency(SqlSession session, int tenant, Action<TransactionRow> row) =>
        session.ForEach($"select {Columns} from txn where tenant = $1 and flags & 8 <> 0 and ended_at is null", r => row(Map(r)), tenant);

    /// <summary>Those of one of them, and of some days.</summary>
    public static void ForEachInOtherCurrency(SqlSession session, int tenant, string currency, DateRange days, Action<TransactionRow> row) => session.ForEach(
        $"select {Columns} from txn where tenant = $1 and flags & 8 <> 0 and ended_at is null and currency = $2 and day >= $3 and day < $4",
        r => row(Map(r)),
        tenant,
        currency,
        days.From.DayNumber,
        days.To?.DayNumber ?? int.MaxValue);

    private const string Asked = "tenant = $1 and ended_at is null and (source = $2 or $2 is null) and (month = $3 or $3 is null)";

    /// <summary>Current transactions in the order they were recorded.</summary>
    public static List<TransactionRow> Page(SqlSession session, int tenant, int? source, int? month, Seek<long> seek) => session.Query(
        $"select {Columns} from txn where {Asked} and seq {seek.Beyond} $4 order by seq{seek.Order} limit $5", Map, tenant, source, month, seek.From, seek.Count);

    /// <summary>Current ones with numbers from one to another, both included.</summary>
    public static List<TransactionRow> Between(SqlSession session, int tenant, long first, long last, int limit) => session.Query(
        $"select {Columns} from txn where tenant = $1 and ended_at is null and seq between $2 and $3 order by seq limit $4", Map, tenant, first, last, limit);

    /// <summary>
    /// Of those asked for, those recorded at an instant or later, in the order of their numbers: instants do not go back, so that is the order of when they
    /// were recorded.
    /// </summary>
    public static List<TransactionRow> Updated(SqlSession session, int tenant, int? source, int? month, long since, Seek<(long At, long Seq)> seek) => session.Query(
        $"select {Columns} from txn where {Asked} and recorded_at >= $4 and seq >= $5 and seq {seek.Beyond} $6 order by seq{seek.Order} limit $7",
        Map, tenant, source, month, since, InstantTable.First(session, tenant, since), seek.From.Seq, seek.Count);

    public static long Count(SqlSession session, int tenant, int? source, int? month) =>
        session.Long($"select count(*) from txn where {Asked}", tenant, source, month);

    /// <summary>Current transactions of a month that credit a rep, or did before they were credited anew; each once, oldest first.</summary>
    public static void ForEachCrediting(SqlSession session, int tenant, int rep, int month, Action<TransactionRow> row) => session.ForEach(
        $"select {Columns} from txn where seq in (select txn from crediting where tenant = $1 and rep = $2 and month = $3 "
        + $"union all select l.value from crediting_many m, {session.Dialect.NumbersIn("m.txns", "$3")} l where m.tenant = $1 and m.rep = $2) and ended_at is null order by seq",
        r => row(Map(r)),
        tenant,
        rep,
        month);

    public static bool Any(SqlSession session, int tenant) => session.Long("select 1 from txn where tenant = $1 limit 1", tenant) == 1;

    public static bool AnyBetween(SqlSession session, int tenant, int fromDay, int toDay) =>
        session.Long("select 1 from txn where tenant = $1 and day >= $2 and day < $3 limit 1", tenant, fromDay, toDay) == 1;

    /// <summary>In the order of crediting, and what is odd about the deal last: crediting anew writes only the former anew.</summary>
    public static List<CreditProblem> Problems(SqlSession session, long seq) => session.Query(
        "select code, rep, amount from problem where txn = $1 and txn > 0 order by code = $2, no",
        r => new CreditProblem(r.GetString(0), r.GetInt32(1), r.GetInt64(2)),
        seq,
        DealProblems.Unknown);

    /// <summary>The same of several transactions.</summary>
    public static List<(long Transaction, CreditProblem Problem)> Problems(SqlSession session, IReadOnlyList<long> seqs) => seqs.Count == 0 ? [] : ProblemsOf(session, SqlList.Padded(seqs));

    private static List<(long Transaction, CreditProblem Problem)> ProblemsOf(SqlSession session, IReadOnlyList<long> seqs) => session.Query(
        $"select txn, code, rep, amount from problem where txn in ({SqlList.Places(seqs.Count, 2)}) and txn > 0 order by txn, code = $1, no",
        r => (r.GetInt64(0), new CreditProblem(r.GetString(1), r.GetInt32(2), r.GetInt64(3))),
        [DealProblems.Unknown, .. seqs]);

    public static TransactionRow Map(DbDataReader r) => new()
    {
        Seq = r.GetInt64(0),
        Source = r.GetInt32(1),
        ExternalId = r.GetString(2),
        Version = r.GetInt64(3),
        Kind = (TransactionKind)r.GetInt32(4),
        Date = Wire.Day(r.GetInt32(5)),
        Month = r.GetInt32(6),
        Amount = r.GetInt64(7),
        Currency = r.GetString(8),
        Quantity = r.GetInt64(9),
        Margin = r.GetInt64(10),
        Rep = r.GetInt32(11),
        Account = r.GetInt32(12),
        Territory = r.GetInt32(13),
        Product = r.IsDBNull(14) ? null : r.GetString(14),
        Splits = r.IsDBNull(15) ? [] : Splits(r.GetString(15)),
        Flags = (TransactionFlags)r.GetInt32(16),
        Credits = r.IsDBNull(17) ? [] : CreditsText.Read(r.GetString(17)),
        Import = r.GetInt64(18),
        ImportRow = r.GetInt64(19),
        RecordedAt = r.GetInt64(20),
        Deal = r.IsDBNull(21) ? null : r.GetString(21),
        Facts = r.IsDBNull(22) ? null : r.GetString(22),
        CreditedAs = r.IsDBNull(23) ? "" : r.GetString(23),
    };

    /// <summary>"3:600000,7:400000": rep numbers and millionths.</summary>
    internal static string? SplitsText(IReadOnlyList<SplitPart> splits) =>
        splits.Count == 0 ? null : string.Join(',', splits.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Rep}:{s.Millionths}")));

    internal static SplitPart[] Splits(string text) =>
        [.. text.Split(',').Select(p => p.Split(':')).Select(p => new SplitPart(int.Parse(p[0], CultureInfo.InvariantCulture), int.Parse(p[1], CultureInfo.InvariantCulture)))];
}
