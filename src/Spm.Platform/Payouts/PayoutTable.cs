using Spm.Compensation.Payouts;
using Spm.Platform.Changes;
using Spm.Platform.Kernel;
using Spm.Platform.Periods;
using Spm.Storage;

namespace Spm.Platform.Payouts;

/// <summary>Payouts in the store. Figures come from the rep's grain alone; status and batch move by the lifecycle.</summary>
internal static class PayoutTable
{
    private const string UpsertFigures =
        "insert into payout (tenant, rep, month, incentives, adjustments, carried_in, carried_out, due, currency, lines, final, status, version, updated_at) "
        + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 1, ?) on conflict (tenant, rep, month) do update set incentives = excluded.incentives, "
        + "adjustments = excluded.adjustments, carried_in = excluded.carried_in, carried_out = excluded.carried_out, due = excluded.due, "
        + "currency = excluded.currency, lines = excluded.lines, final = excluded.final, version = payout.version + 1, updated_at = excluded.updated_at";

    /// <summary>Of each rep.</summary>
    public static List<List<PayoutRow>> OfReps(SqlSession session, int tenant, IReadOnlyList<int> reps) => session.QueryEach(
        $"select {PayoutRow.Columns} from payout where tenant = $1 and rep = $2 order by month", PayoutRow.Map, [.. reps.Select(rep => new object?[] { tenant, rep })]);

    public static PayoutRow? Find(SqlSession session, int tenant, int rep, int month) =>
        session.First($"select {PayoutRow.Columns} from payout where tenant = $1 and month = $2 and rep = $3", PayoutRow.Map, tenant, month, rep);

    /// <summary>Null also for an id that no payout could have.</summary>
    public static PayoutRow? ById(SqlSession session, int tenant, string id) => Ids.Payout(tenant, id) is var (rep, month) ? Find(session, tenant, rep, month) : null;

    private const string Asked = "tenant = $1 and ((month >= $2 and month < $3) or $2 is null) and (rep = $4 or $4 is null) and (status = $5 or $5 is null)";

    public static List<PayoutRow> Page(SqlSession session, int tenant, AskedPayouts asked, Seek<(int Month, int Rep)> seek) => session.Query(
        $"select {PayoutRow.Columns} from payout where {Asked} and (month, rep) {seek.Beyond} ($6, $7) order by month{seek.Order}, rep{seek.Order} limit $8",
        PayoutRow.Map, tenant, asked.Months?.From, asked.Months?.To, asked.Rep, (int?)asked.Status, seek.From.Month, seek.From.Rep, seek.Count);

    /// <summary>In the order of when they changed last.</summary>
    public static List<PayoutRow> Updated(SqlSession session, int tenant, AskedPayouts asked, long since, Seek<(long At, int Month, int Rep)> seek) => session.Query(
        $"select {PayoutRow.Columns} from payout where {Asked} and updated_at >= $6 and (updated_at, month, rep) {seek.Beyond} ($7, $8, $9) order by updated_at{seek.Order}, month{seek.Order}, rep{seek.Order} limit $10",
        PayoutRow.Map, tenant, asked.Months?.From, asked.Months?.To, asked.Rep, (int?)asked.Status, since, seek.From.At, seek.From.Month, seek.From.Rep, seek.Count);

    /// <summary>By what is due. Reads every payout that is asked for.</summary>
    public static List<PayoutRow> ByDue(SqlSession session, int tenant, AskedPayouts asked, Seek<(long Due, int Month, int Rep)> seek) => session.Query(
        $"select {PayoutRow.Columns} from payout where {Asked} and (due, month, rep) {seek.Beyond} ($6, $7, $8) order by due{seek.Order}, month{seek.Order}, rep{seek.Order} limit $9",
        PayoutRow.Map, tenant, asked.Months?.From, asked.Months?.To, asked.Rep, (int?)asked.Status, seek.From.Due, seek.From.Month, seek.From.Rep, seek.Count);

    public static long Count(SqlSession session, int tenant, AskedPayouts asked) =>
        session.Long($"select count(*) from payout where {Asked}", tenant, asked.Months?.From, asked.Months?.To, asked.Rep, (int?)asked.Status);

    /// <summary>Those of these reps and months.</summary>
    public static List<PayoutRow> Find(SqlSession session, int tenant, IReadOnlyList<(int Rep, int Month)> keys) => keys.Count == 0 ? [] : Of(session, tenant, SqlList.Padded(keys));

    private static List<PayoutRow> Of(SqlSession session, int tenant, IReadOnlyList<(int Rep, int Month)> keys) => session.Query(
        $"select {PayoutRow.Columns} from payout where tenant = $1 and ({string.Join(" or ", keys.Select((_, i) => $"(month = ${(2 * i) + 2} and rep = ${(2 * i) + 3})"))})",
        PayoutRow.Map, [tenant, .. keys.SelectMany(k => (object[])[k.Month, k.Rep])]);

    /// <summary>Of reps from one number to another, both included.</summary>
    public static List<PayoutRow> OfReps(SqlSession session, int tenant, MonthSpan? months, int firstRep, int lastRep) => session.Query(
        $"select {PayoutRow.Columns} from payout where tenant = $1 and ((month >= $2 and month < $3) or $2 is null) and rep between $4 and $5 order by rep, month",
        PayoutRow.Map, tenant, months?.From, months?.To, firstRep, lastRep);

    /// <summary>Writes figures, and only where they differ; a final row is never touched but to be reopened.</summary>
    public static void PutFigures(SqlSession session, int tenant, IEnumerable<PayoutRow> rows, long now)
    {
        var upsert = session.Prepare(UpsertFigures);
        List<(string, string, bool)> written = [];
        foreach (var row in rows)
        {
            Bind(upsert, tenant, row, now).Add();
            written.Add((ChangeKinds.Payout, Ids.ForPayout(tenant, row.Rep, row.Month), false));
        }
        upsert.Send();
        ChangeTable.Tell(session, tenant, written, now);
    }

    private static Statement Bind(Statement upsert, int tenant, PayoutRow row, long now) =>
        upsert.Bind(tenant).Bind(row.Rep).Bind(row.Month).Bind(row.Incentives).Bind(row.Adjustments).Bind(row.CarriedIn).Bind(row.CarriedOut).Bind(row.Due)
            .Bind(row.Currency).Bind(row.Lines).Bind(row.Final ? 1 : 0).Bind(now);

    /// <summary>Only while nobody has decided on it.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool Forget(SqlSession session, int tenant, int rep, int month, long now)
    {
        var isGone = session.Execute("delete from payout where tenant = $1 and rep = $2 and month = $3 and status = 0 and batch is null", tenant, rep, month) == 1;
        if (isGone)
        {
            ChangeTable.Removed(session, tenant, ChangeKinds.Payout, Ids.ForPayout(tenant, rep, month), now);
        }
        return isGone;
    }

    /// <summary>Moves a payout from the status and version it was read in. False when it has moved meanwhile.</summary>
    public static bool TryMove(SqlSession session, int tenant, PayoutRow from, PayoutStatus to, string? batch, long now)
    {
        var moved = session.Execute(
            "update payout set status = $5, batch = $6, version = version + 1, updated_at = $7 where tenant = $1 and month = $2 and rep = $3 and version = $4",
            tenant, from.Month, from.Rep, from.Version, (int)to, batch, now) == 1;
        if (moved)
        {
            ChangeTable.Written(session, tenant, ChangeKinds.Payout, from.Id, now);
        }
        return moved;
    }

    public static bool AnyMoved(SqlSession session, int tenant, int month) =>
        session.Long("select 1 from payout where tenant = $1 and month = $2 and (status > 0 or batch is not null) limit 1", tenant, month) == 1;

    public static List<PayoutRow> WaitingForBatch(SqlSession session, int tenant, int month) => session.Query(
        $"select {PayoutRow.Columns} from payout where tenant = $1 and month = $2 and final = 1 and batch is null and due > 0 and status <= 2 order by rep",
        PayoutRow.Map, tenant, month);

    public static List<PayoutRow> InBatch(SqlSession session, int tenant, int month, string batch) => session.Query(
        $"select {PayoutRow.Columns} from payout where tenant = $1 and month = $2 and batch = $3 order by rep", PayoutRow.Map, tenant, month, batch);
}
