using System.Data.Common;
using System.Text.Json;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.AuditTrail;

/// <summary>Which entries are asked for; null does not narrow. Instants in Unix milliseconds, `To` not included.</summary>
public sealed record AuditFilter(string? Actor, string? Action, string? Subject, long? From, long? To);

/// <summary>The audit trail in the store. Entries are appended in the commit of what they tell; the store refuses to change or delete one.</summary>
internal static class AuditTable
{
    /// <summary>The actor of what no request asked for: closings taken up after a crash, leases that have run out.</summary>
    public const string Platform = "platform";

    private const string Columns = "no, at, actor, action, subject, request, state_before, state_after, hash, erased";

    /// <summary>Call inside the write itself: both are in the store or neither.</summary>
    public static void Append(SqlSession session, Caller caller, string action, string subject, object? before, object? after, long now) =>
        Append(session, caller.Tenant, caller.Credential, action, subject, caller.Request, Text(before), Text(after), now);

    public static void Append(SqlSession session, int tenant, string actor, string action, string subject, string request, string? before, string? after, long now) =>
        Append(session, tenant, [new AuditNote(actor, action, subject, request, before, after)], now);

    /// <summary>In this order.</summary>
    public static void Append(SqlSession session, int tenant, IReadOnlyList<AuditNote> notes, long now) => Append(session, tenant, notes, now, AskEnd(session, tenant));

    /// <param name="end">Asked earlier in the same piece of the write, which has appended nothing to the trail since.</param>
    public static void Append(SqlSession session, int tenant, IReadOnlyList<AuditNote> notes, long now, Func<List<Link>> end)
    {
        if (notes.Count == 0)
        {
            return;
        }
        var last = end() is [var found] ? found : new Link(0, AuditEntry.Start);
        var insert = session.Prepare("insert into audit (tenant, no, at, actor, action, subject, request, state_before, state_after, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        foreach (var note in notes)
        {
            var entry = new AuditEntry(last.No + 1, now, note.Actor, note.Action, note.Subject, note.Request, note.Before, note.After, []);
            last = new Link(entry.No, entry.HashAfter(last.Hash, tenant));
            insert.Bind(tenant).Bind(entry.No).Bind(now).Bind(entry.Actor).Bind(entry.Action).Bind(entry.Subject).Bind(entry.Request).Bind(entry.Before).Bind(entry.After).BindBytes(last.Hash).Add();
        }
        insert.Send();
    }

    /// <summary>The last entry of the tenant's trail, for what is appended later in the same piece of the write.</summary>
    public static Func<List<Link>> AskEnd(SqlSession session, int tenant) =>
        session.Ask("select no, hash from audit where tenant = $1 order by no desc limit 1", r => new Link(r.GetInt64(0), (byte[])r[1]), tenant);

    /// <summary>Who sent the job, or tried its rows again last: a job's rows are written long after that request.</summary>
    public static JobAuthor AuthorOf(SqlSession session, int tenant, string job) => session.First(
        "select actor, request from audit where tenant = $1 and subject = $2 and action in ('import.start', 'import.retry') order by no desc limit 1",
        r => new JobAuthor(r.GetString(0), job, r.GetString(1)),
        tenant,
        job) ?? new JobAuthor(Platform, job, "");

    private const string Asked =
        "tenant = $1 and (actor = $2 or $2 is null) and (action = $3 or $3 is null) and (subject = $4 or $4 is null) and (at >= $5 or $5 is null) and (at < $6 or $6 is null)";

    public static List<AuditEntry> Page(SqlSession session, int tenant, AuditFilter filter, Seek<long> seek) => session.Query(
        $"select {Columns} from audit where {Asked} and no {seek.Beyond} $7 order by no{seek.Order} limit $8",
        Map,
        tenant, filter.Actor, filter.Action, filter.Subject, filter.From, filter.To, seek.From, seek.Count);

    public static long Count(SqlSession session, int tenant, AuditFilter filter) =>
        session.Long($"select count(*) from audit where {Asked}", tenant, filter.Actor, filter.Action, filter.Subject, filter.From, filter.To);

    /// <param name="condition">Of the entries asked for; $1 is the tenant, $2 the value.</param>
    public static List<AuditEntry> Where(SqlSession session, int tenant, string condition, string value) =>
        session.Query($"select {Columns} from audit where tenant = $1 and {condition} order by no", Map, tenant, value);

    public static string? Text(object? state) => state switch
    {
        null => null,
        string json => json,
        // Zeros and first values are said too: an order is an order, and not a transaction without a kind.
        _ => JsonSerializer.Serialize(state, Json.Document),
    };

    private static AuditEntry Map(DbDataReader r) => new(
        r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6),
        r.IsDBNull(7) ? null : r.GetString(7), (byte[])r[8])
    {
        Erased = r.GetInt64(9) == 1,
    };

    /// <summary>What the next entry follows.</summary>
    internal sealed record Link(long No, byte[] Hash);
}
