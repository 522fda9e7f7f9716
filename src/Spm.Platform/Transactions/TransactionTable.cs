using System.Globalization;
using Microsoft.Data.Sqlite;
using Spm.Compensation.Crediting;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <summary>Transactions, credits and problems in the store.</summary>
internal static class TransactionTable
{
    private const string Columns =
        "seq, source, external_id, version, kind, day, month, amount, currency, quantity, margin, rep, account, territory, product, splits, flags, credit_from, credit_count, import, import_row, recorded_at";

    private const string InsertTransaction =
        "insert into txn (seq, tenant, source, external_id, version, kind, day, month, amount, currency, quantity, margin, rep, account, territory, product, splits, flags, credit_from, credit_count, import, import_row, recorded_at) "
        + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    private const string InsertOneCredit =
        "insert into credit (no, tenant, txn, rep, month, kind, share, amount, quantity, margin, deals) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    public static Statement PrepareInsert(SqlSession session) => session.Prepare(InsertTransaction);

    /// <returns>False when the key is already there; nothing is written then.</returns>
    public static bool TryInsert(Statement insert, int tenant, TransactionRow row, long seq, long creditFrom, int creditCount, long now) =>
        insert.Bind(seq).Bind(tenant).Bind(row.Source).Bind(row.ExternalId).Bind(row.Version).Bind((int)row.Kind).Bind(row.Date.DayNumber).Bind(row.Month)
            .Bind(row.Amount).Bind(row.Currency).Bind(row.Quantity).Bind(row.Margin).Bind(row.Rep).Bind(row.Account).Bind(row.Territory).Bind(row.Product)
            .Bind(SplitsText(row.Splits)).Bind((int)row.Flags).Bind(creditFrom).Bind(creditCount).Bind(row.Import).Bind(row.ImportRow).Bind(now)
            .Run() == 1;

    public static Statement PrepareInsertCredit(SqlSession session) => session.Prepare(InsertOneCredit);

    public static void InsertCredit(Statement insert, int tenant, long no, long seq, int month, in Credit credit) =>
        insert.Bind(no).Bind(tenant).Bind(seq).Bind(credit.Rep).Bind(month).Bind((int)credit.Kind).Bind(credit.Millionths).Bind(credit.Amount)
            .Bind(credit.Quantity).Bind(credit.Margin).Bind(credit.Count)
            .Run();

    public static void InsertProblem(SqlSession session, int tenant, long seq, TransactionRow row, in CreditProblem problem) =>
        session.Execute(
            "insert into problem (tenant, code, txn, rep, month, day, amount, currency) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            tenant, problem.Code, seq, problem.Rep, row.Month, row.Date.DayNumber, problem.AmountAtStake, row.Currency);

    public static void EndCreditsAndProblems(SqlSession session, TransactionRow row, long now)
    {
        if (row.CreditCount > 0)
        {
            session.Execute("update credit set ended_at = $3 where no >= $1 and no < $2 and ended_at is null", row.CreditFrom, row.CreditFrom + row.CreditCount, now);
        }
        session.Execute("delete from problem where txn = $1 and txn > 0", row.Seq);
    }

    public static void End(SqlSession session, TransactionRow row, long now) =>
        session.Execute("update txn set ended_at = $2 where seq = $1", row.Seq, now);

    public static void PointAtCredits(SqlSession session, long seq, long creditFrom, int creditCount) =>
        session.Execute("update txn set credit_from = $2, credit_count = $3 where seq = $1", seq, creditFrom, creditCount);

    public static TransactionRow? Current(SqlSession session, int source, string externalId) =>
        session.First($"select {Columns} from txn where source = $1 and external_id = $2 and ended_at is null", Map, source, externalId);

    public static TransactionRow? BySeq(SqlSession session, int tenant, long seq) =>
        session.First($"select {Columns} from txn where seq = $1 and tenant = $2", Map, seq, tenant);

    public static void ForEachCurrent(SqlSession session, int tenant, Action<TransactionRow> row) =>
        session.ForEach($"select {Columns} from txn where tenant = $1 and ended_at is null", r => row(Map(r)), tenant);

    /// <summary>Current transactions after a position in the log, oldest first.</summary>
    public static List<TransactionRow> Page(SqlSession session, int tenant, int? source, int? month, long after, int limit) =>
        session.Query(
            $"select {Columns} from txn where tenant = $1 and ended_at is null and seq > $2 and ($3 is null or source = $3) and ($4 is null or month = $4) order by seq limit $5",
            Map, tenant, after, source, month, limit);

    /// <summary>Current transactions of a month that credit a rep, each once, oldest first.</summary>
    public static void ForEachCrediting(SqlSession session, int tenant, int rep, int month, Action<TransactionRow> row) => session.ForEach(
        $"select {Columns} from txn where seq in (select txn from credit where tenant = $1 and rep = $2 and month = $3 and ended_at is null) and ended_at is null order by seq",
        r => row(Map(r)),
        tenant,
        rep,
        month);

    public static bool Any(SqlSession session, int tenant) => session.Long("select 1 from txn where tenant = $1 limit 1", tenant) == 1;

    public static bool AnyBetween(SqlSession session, int tenant, int fromDay, int toDay) =>
        session.Long("select 1 from txn where tenant = $1 and day >= $2 and day < $3 limit 1", tenant, fromDay, toDay) == 1;

    public static List<Credit> Credits(SqlSession session, TransactionRow row) => session.Query(
        "select rep, kind, share, amount, quantity, margin, deals from credit where no >= $1 and no < $2 and ended_at is null order by no",
        r => new Credit(r.GetInt32(0), (CreditKind)r.GetInt32(1), r.GetInt32(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5)) { Count = r.GetInt64(6) },
        row.CreditFrom,
        row.CreditFrom + row.CreditCount);

    public static List<CreditProblem> Problems(SqlSession session, long seq) => session.Query(
        "select code, rep, amount from problem where txn = $1 and txn > 0 order by no",
        r => new CreditProblem(r.GetString(0), r.GetInt32(1), r.GetInt64(2)),
        seq);

    public static TransactionRow Map(SqliteDataReader r) => new()
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
        CreditFrom = r.GetInt64(17),
        CreditCount = r.GetInt32(18),
        Import = r.GetInt64(19),
        ImportRow = r.GetInt64(20),
        RecordedAt = r.GetInt64(21),
    };

    /// <summary>"3:600000,7:400000": rep numbers and millionths.</summary>
    private static string? SplitsText(IReadOnlyList<SplitPart> splits) =>
        splits.Count == 0 ? null : string.Join(',', splits.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Rep}:{s.Millionths}")));

    private static SplitPart[] Splits(string text) =>
        [.. text.Split(',').Select(p => p.Split(':')).Select(p => new SplitPart(int.Parse(p[0], CultureInfo.InvariantCulture), int.Parse(p[1], CultureInfo.InvariantCulture)))];
}
