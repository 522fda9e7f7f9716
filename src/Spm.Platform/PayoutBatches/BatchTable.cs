using Spm.Platform.Changes;
using Spm.Platform.Kernel;
using Spm.Platform.Payouts;
using Spm.Storage;

namespace Spm.Platform.PayoutBatches;

/// <summary>Batches, their lines and what payroll made of them in the store. Lines and results are only ever added.</summary>
internal static class BatchTable
{
    private const string Lines = "from payout_line l left join line_result r on r.line = l.id where l.tenant = $1 and l.batch = $2";

    public static BatchRow? Find(SqlSession session, int tenant, string id) =>
        session.First($"select {BatchRow.Columns} from payout_batch b where b.id = $2 and b.tenant = $1", BatchRow.Map, tenant, id);

    public static List<BatchRow> Page(SqlSession session, int tenant, string? status, Seek<long> seek) => session.Query(
        $"select {BatchRow.Columns} from payout_batch b where b.tenant = $1 and b.no {seek.Beyond} $2 and (b.status = $3 or $3 is null) order by b.no{seek.Order} limit $4",
        BatchRow.Map, tenant, seek.From, status, seek.Count);

    /// <summary>In the order of when they changed last.</summary>
    public static List<BatchRow> Updated(SqlSession session, int tenant, string? status, long since, Seek<(long At, long No)> seek) => session.Query(
        $"select {BatchRow.Columns} from payout_batch b where b.tenant = $1 and (b.status = $2 or $2 is null) and b.updated_at >= $3 and (b.updated_at, b.no) {seek.Beyond} ($4, $5) order by b.updated_at{seek.Order}, b.no{seek.Order} limit $6",
        BatchRow.Map, tenant, status, since, seek.From.At, seek.From.No, seek.Count);

    /// <summary>Those with these ids.</summary>
    public static List<BatchRow> Find(SqlSession session, int tenant, IReadOnlyList<string> ids) => ids.Count == 0 ? [] : Of(session, tenant, SqlList.Padded(ids));

    private static List<BatchRow> Of(SqlSession session, int tenant, IReadOnlyList<string> ids) => session.Query(
        $"select {BatchRow.Columns} from payout_batch b where b.tenant = $1 and b.id in ({SqlList.Places(ids.Count, 2)})", BatchRow.Map, [tenant, .. ids]);

    /// <summary>How many batches are in each status.</summary>
    public static List<(BatchStatus Status, long Count)> Statuses(SqlSession session, int tenant, string? status) => session.Query(
        "select status, count(*) from payout_batch where tenant = $1 and (status = $2 or $2 is null) group by status", r => (BatchRow.StatusOf(r.GetString(0)), r.GetInt64(1)), tenant, status);

    public static List<BatchRow> Expired(SqlSession session, int tenant, long now) => session.Query(
        $"select {BatchRow.Columns} from payout_batch b where b.tenant = $1 and b.status = 'claimed' and b.lease_until <= $2 order by b.no", BatchRow.Map, tenant, now);

    public static bool AnyExpired(SqlSession session, int tenant, long now) =>
        session.Long("select 1 from payout_batch where tenant = $1 and status = 'claimed' and lease_until <= $2 limit 1", tenant, now) == 1;

    public static void Insert(SqlSession session, int tenant, string id, int month, IReadOnlyList<PayoutRow> payouts, long now)
    {
        session.Execute(
            "insert into payout_batch (tenant, id, month, status, version, created_at, updated_at) values ($1, $2, $3, $4, 1, $5, $5)",
            tenant, id, month, EnumNames.Of(BatchStatus.InReview), now);
        ChangeTable.Written(session, tenant, ChangeKinds.PayoutBatch, id, now);
        for (var no = 1; no <= payouts.Count; no++)
        {
            var payout = payouts[no - 1];
            session.Execute(
                "insert into payout_line (tenant, batch, no, id, rep, month, minor, currency) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                tenant, id, no, Ids.ForLine(id, no), payout.Rep, payout.Month, payout.Due, payout.Currency);
        }
    }

    /// <summary>Moves a batch from the version it was read in. Throws when it has moved meanwhile, which inside one write it cannot.</summary>
    public static void Move(SqlSession session, int tenant, BatchRow from, BatchStatus to, string? claim, string? claimedBy, long? leaseUntil, long now) => Moved(session, tenant, from, now, session.Execute(
        "update payout_batch set status = $4, claim = $5, claimed_by = $6, lease_until = $7, version = version + 1, updated_at = $8 where tenant = $1 and id = $2 and version = $3",
        tenant, from.Id, from.Version, EnumNames.Of(to), claim, claimedBy, leaseUntil, now));

    /// <summary>The claim stays with the batch: lines acknowledged under it can be acknowledged again.</summary>
    public static void Move(SqlSession session, int tenant, BatchRow from, BatchStatus to, long now) => Moved(session, tenant, from, now, session.Execute(
        "update payout_batch set status = $4, version = version + 1, updated_at = $5 where tenant = $1 and id = $2 and version = $3",
        tenant, from.Id, from.Version, EnumNames.Of(to), now));

    private static void Moved(SqlSession session, int tenant, BatchRow from, long now, int moved)
    {
        if (moved != 1)
        {
            throw new InvalidOperationException($"Batch {from.Id} is no longer at version {from.Version}.");
        }
        ChangeTable.Written(session, tenant, ChangeKinds.PayoutBatch, from.Id, now);
    }

    public static List<LineRow> LinesOf(SqlSession session, int tenant, string batch) => LinesOf(session, tenant, batch, new Seek<long>(0, int.MaxValue));

    public static List<LineRow> LinesOf(SqlSession session, int tenant, string batch, Seek<long> seek) =>
        session.Query($"select {LineRow.Columns} {Lines} and l.no {seek.Beyond} $3 order by l.no{seek.Order} limit $4", LineRow.Map, tenant, batch, seek.From, seek.Count);

    public static void InsertResult(SqlSession session, int tenant, string line, LineOutcome outcome, string? reference, string? reason, long now) => session.Execute(
        "insert into line_result (line, tenant, result, reference, reason, recorded_at) values ($1, $2, $3, $4, $5, $6)",
        line, tenant, EnumNames.Of(outcome), reference, reason, now);
}
