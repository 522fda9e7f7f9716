using System.Data.Common;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Webhooks;

public enum DeliveryStatus : byte
{
    Waiting,

    /// <summary>Answered with a status of 2xx.</summary>
    Delivered,

    /// <summary>Given up after the last attempt, or because the webhook is gone.</summary>
    Failed,
}

/// <summary>An event on its way to a webhook.</summary>
/// <param name="NextAt">It is not tried before this instant, nor before those of the same subject that wait before it.</param>
public sealed record DeliveryRow(EventRow Event, DeliveryStatus Status, int Attempts, long NextAt, long UpdatedAt)
{
    public const string Columns = $"{EventRow.Columns}, d.status, d.attempts, d.next_at, d.updated_at";

    public static DeliveryRow Map(DbDataReader r) => new(EventRow.Map(r), (DeliveryStatus)r.GetInt32(8), r.GetInt32(9), r.GetInt64(10), r.GetInt64(11));
}

/// <param name="Answer">The HTTP status; null where no answer came.</param>
/// <param name="Detail">Why no answer came, or how the answer begins.</param>
public sealed record DeliveryAttempt(int No, long At, long Took, int? Answer, string? Detail);

internal static class DeliveryTable
{
    /// <summary>To be sent as soon as those of the same subject before it are; anew where it was sent or given up before.</summary>
    public static void Queue(SqlSession session, long webhook, long seq, string subject, long now) => session.Send(
        "insert into delivery (webhook, event, subject, status, attempts, next_at, updated_at) values ($1, $2, $3, 0, 0, $4, $4) "
        + "on conflict (webhook, event) do update set status = 0, attempts = 0, next_at = excluded.next_at, updated_at = excluded.updated_at",
        webhook, seq, subject, now);

    /// <summary>What may be sent now: of each subject the first one that waits, if its time has come.</summary>
    public static List<DeliveryRow> Due(SqlSession session, long webhook, long now, int limit) => session.Query(
        $"select {DeliveryRow.Columns} from delivery d join event e on e.seq = d.event where d.webhook = $1 and d.status = 0 and d.next_at <= $2 "
        + "and not exists (select 1 from delivery b where b.webhook = d.webhook and b.subject = d.subject and b.status = 0 and b.event < d.event) order by d.event limit $3",
        DeliveryRow.Map, webhook, now, limit);

    public static DeliveryRow? Find(SqlSession session, long webhook, int tenant, string id) => session.First(
        $"select {DeliveryRow.Columns} from delivery d join event e on e.seq = d.event where d.webhook = $1 and e.tenant = $2 and e.id = $3", DeliveryRow.Map, webhook, tenant, id);

    /// <summary>The newest first, before the one of that number.</summary>
    public static List<DeliveryRow> Page(SqlSession session, long webhook, DeliveryStatus? status, string? type, string? subject, long before, int limit) => session.Query(
        $"select {DeliveryRow.Columns} from delivery d join event e on e.seq = d.event where d.webhook = $1 and (d.status = $2 or $2 is null) and (e.type = $3 or $3 is null) "
        + "and (d.subject = $4 or $4 is null) and d.event < $5 order by d.event desc limit $6",
        DeliveryRow.Map, webhook, status is { } one ? (int)one : null, type, subject, before, limit);

    public static List<DeliveryAttempt> Attempts(SqlSession session, long webhook, long seq) => session.Query(
        "select no, at, took, answer, detail from delivery_attempt where webhook = $1 and event = $2 order by no",
        r => new DeliveryAttempt(r.GetInt32(0), r.GetInt64(1), r.GetInt64(2), r.IsDBNull(3) ? null : r.GetInt32(3), r.IsDBNull(4) ? null : r.GetString(4)), webhook, seq);

    /// <summary>
    /// Notes what came of an attempt. Where the delivery was queued anew meanwhile, or its webhook deleted, only the log grows, or nothing does.
    /// </summary>
    public static void Note(SqlSession session, long webhook, DeliveryRow tried, DeliveryStatus status, long nextAt, DeliveryAttempt attempt)
    {
        session.Execute(
            "insert into delivery_attempt (webhook, event, no, at, took, answer, detail) select $1, $2, coalesce((select max(a.no) from delivery_attempt a where a.webhook = $1 and a.event = $2), 0) + 1, "
            + "$3, $4, cast($5 as bigint), cast($6 as text) where exists (select 1 from delivery d where d.webhook = $1 and d.event = $2)",
            webhook, tried.Event.Seq, attempt.At, attempt.Took, attempt.Answer, attempt.Detail);
        session.Execute(
            "update delivery set status = $4, attempts = attempts + 1, next_at = $5, updated_at = $6 where webhook = $1 and event = $2 and status = 0 and attempts = $3",
            webhook, tried.Event.Seq, tried.Attempts, (int)status, nextAt, attempt.At);
    }

    /// <summary>Whether anything has got through since an instant.</summary>
    public static bool AnyDelivered(SqlSession session, long webhook, long since) =>
        session.Long("select 1 from delivery where webhook = $1 and status = 1 and updated_at >= $2 limit 1", webhook, since) == 1;
}
