using System.Data.Common;
using Spm.Storage;

namespace Spm.Platform.Webhooks;

/// <summary>Something that happened, as it is stored.</summary>
/// <param name="Seq">Grows in the order in which things happened.</param>
/// <param name="Subject">The id of what it is about.</param>
/// <param name="Brief">What a thin payload says, JSON; <paramref name="Data"/>: a full one.</param>
public sealed record EventRow(long Seq, int Tenant, string Id, string Type, string Subject, long At, string Brief, string Data)
{
    public const string Columns = "e.seq, e.tenant, e.id, e.type, e.subject, e.at, e.brief, e.data";

    public static EventRow Map(DbDataReader r) =>
        new(r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt64(5), r.GetString(6), r.GetString(7));
}

internal static class EventTable
{
    /// <summary>Call inside a write: nobody else counts on meanwhile.</summary>
    public static long LastSeq(SqlSession session) => session.Long("select max(seq) from event");

    public static void Append(SqlSession session, EventRow row) => session.Send(
        "insert into event (seq, tenant, id, type, subject, at, brief, data) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.Seq, row.Tenant, row.Id, row.Type, row.Subject, row.At, row.Brief, row.Data);

    public static EventRow? Find(SqlSession session, int tenant, string id) =>
        session.First($"select {EventRow.Columns} from event e where e.tenant = $1 and e.id = $2", EventRow.Map, tenant, id);

    public static List<EventRow> Since(SqlSession session, int tenant, long at, long after, int limit) => session.Query(
        $"select {EventRow.Columns} from event e where e.tenant = $1 and e.at >= $2 and e.seq > $3 order by e.seq limit $4", EventRow.Map, tenant, at, after, limit);

    /// <summary>Forgets what happened before an instant, delivered or not.</summary>
    public static void Sweep(SqlSession session, long before)
    {
        session.Send("delete from delivery_attempt where event in (select seq from event where at < $1)", before);
        session.Send("delete from delivery where event in (select seq from event where at < $1)", before);
        session.Execute("delete from event where at < $1", before);
    }
}
