using System.Data.Common;
using System.Text.Json;
using Spm.Connectors;
using Spm.Platform.Kernel;
using Spm.Platform.Reconciliation;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>What became of a record of a source. Numbers as they are stored.</summary>
public enum RecordState : byte
{
    Accepted = 0,

    /// <summary>It counts for nothing: a deal that is not won.</summary>
    Ignored = 1,

    /// <summary>Read, and refused by a rule of the platform.</summary>
    Rejected = 2,

    /// <summary>It came and could not be read.</summary>
    Quarantined = 3,

    /// <summary>The source no longer has it.</summary>
    Gone = 4,
}

/// <summary>A record of a source and what became of it.</summary>
internal sealed record RecordRow(string Stream, string Key, RecordState State)
{
    public const string Columns = "stream, key, state, changed_at, amount, currency, external_id, deal, body, errors, rejected_in";

    /// <summary>By the source, in Unix milliseconds; null where it does not say.</summary>
    public long? ChangedAt { get; init; }

    /// <summary>In signed ten-thousandths; null where none is known.</summary>
    public long? Amount { get; init; }

    public string? Currency { get; init; }

    /// <summary>Of the transaction or rep that it became.</summary>
    public string? ExternalId { get; init; }

    /// <summary>External id of what it is about: of a payment or refund the bill or payment that it names, where it names one, else the deal.</summary>
    public string? Deal { get; init; }

    /// <summary>As it came, of those that are kept.</summary>
    public string? Body { get; init; }

    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>The run that has rejected it as it was read; null where none has.</summary>
    public long? RejectedIn { get; init; }

    /// <summary>Whether what is known came after a record that arrives now. Of what is gone, a record of the same instant is what it was before.</summary>
    public bool IsNewerThan(SourceRecord record) => IsNewer(ChangedAt, State == RecordState.Gone, record);

    public static bool IsNewer(long? changedAt, bool gone, SourceRecord record) =>
        record.UpdatedAt?.ToUnixTimeMilliseconds() is { } at && (at < changedAt || (at == changedAt && gone && !record.Deleted));

    public static RecordRow Map(DbDataReader r) => new(r.GetString(0), r.GetString(1), (RecordState)r.GetInt32(2))
    {
        ChangedAt = r.IsDBNull(3) ? null : r.GetInt64(3),
        Amount = r.IsDBNull(4) ? null : r.GetInt64(4),
        Currency = ConnectionRow.Text(r, 5),
        ExternalId = ConnectionRow.Text(r, 6),
        Deal = ConnectionRow.Text(r, 7),
        Body = ConnectionRow.Text(r, 8),
        Errors = ConnectionRow.Text(r, 9) is { } errors ? JsonSerializer.Deserialize<List<FieldError>>(errors, Json.Stored)! : [],
        RejectedIn = r.IsDBNull(10) ? null : r.GetInt64(10),
    };
}

/// <summary>An amount of one currency: null where a record says none.</summary>
internal readonly record struct StateSum(string Stream, RecordState State, string? Currency, long Count, decimal Amount);

internal static class RecordTable
{
    private static readonly string Upsert =
        "insert into connection_record (connection, stream, key, state, changed_at, amount, currency, external_id, deal, body, errors, rejected_in, seen) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        + $"on conflict (connection, stream, key) do update set state = excluded.state, {string.Join(", ", ((string[])["changed_at", "amount", "currency", "external_id", "deal"]).Select(Kept))}, "
        + "body = excluded.body, errors = excluded.errors, rejected_in = excluded.rejected_in, seen = coalesce(excluded.seen, connection_record.seen)";

    /// <summary>A row that cannot be read says nothing about what became of its record before: the transaction stands until a row comes that can be read.</summary>
    private static string Kept(string column) => $"{column} = case when excluded.state = 3 then coalesce(excluded.{column}, connection_record.{column}) else excluded.{column} end";

    /// <param name="fullRead">The full read that has shown them; null in between.</param>
    public static void Put(SqlSession session, long connection, IReadOnlyList<RecordRow> rows, string? fullRead)
    {
        if (rows.Count == 0)
        {
            return;
        }
        var put = session.Prepare(Upsert);
        foreach (var row in rows)
        {
            put.Bind(connection).Bind(row.Stream).Bind(row.Key).Bind((int)row.State).Bind(row.ChangedAt).Bind(row.Amount).Bind(row.Currency).Bind(row.ExternalId).Bind(row.Deal)
                .Bind(row.Body).Bind(row.Errors.Count == 0 ? null : JsonSerializer.Serialize(row.Errors, Json.Stored)).Bind(row.RejectedIn).Bind(fullRead).Add();
        }
        put.Send();
    }

    public static void See(SqlSession session, long connection, string stream, string key, string fullRead) =>
        session.Send("update connection_record set seen = $4 where connection = $1 and stream = $2 and key = $3", connection, stream, key, fullRead);

    public static RecordRow? Find(SqlSession session, long connection, string stream, string key) => Find(session, connection, stream, [key])[0];

    /// <summary>Of each key; null where nothing is known.</summary>
    public static IReadOnlyList<RecordRow?> Find(SqlSession session, long connection, string stream, IReadOnlyList<string> keys) => [
        .. session.QueryEach(
            $"select {RecordRow.Columns} from connection_record where connection = $1 and stream = $2 and key = $3", RecordRow.Map, [.. keys.Select(key => new object?[] { connection, stream, key })])
            .Select(rows => rows.SingleOrDefault())];

    /// <summary>Everything that is known of a stream, with what is kept of it: for streams of people, who are few.</summary>
    public static List<RecordRow> Of(SqlSession session, long connection, string stream) => session.Query(
        $"select {RecordRow.Columns} from connection_record where connection = $1 and stream = $2", RecordRow.Map, connection, stream);

    /// <summary>Rejected rows and rows in quarantine.</summary>
    public static List<RecordRow> Waiting(SqlSession session, long connection, RecordState? state, Seek<(string Stream, string Key)> seek) => session.Query(
        $"select {RecordRow.Columns} from connection_record where connection = $1 and state in (2, 3) and (state = $2 or $2 is null) "
        + $"and (stream {seek.Beyond} $3 or (stream = $3 and key {seek.Beyond} $4)) order by stream{seek.Order}, key{seek.Order} limit $5",
        RecordRow.Map, connection, state is { } one ? (int)one : null, seek.From.Stream, seek.From.Key, seek.Count);

    /// <summary>Streams with rows that only their connector can read again: rows in quarantine, and rejected ones that are not kept.</summary>
    public static List<string> ToReadAnew(SqlSession session, long connection) => session.Query(
        "select distinct stream from connection_record where connection = $1 and state in (2, 3) and (state = 3 or body is null)", r => r.GetString(0), connection);

    /// <summary>What a full read that is over has not shown.</summary>
    public static List<string> Unseen(SqlSession session, long connection, string stream, string fullRead, int limit) => session.Query(
        "select key from connection_record where connection = $1 and stream = $2 and state <> 4 and (seen is null or seen <> $3) limit $4", r => r.GetString(0), connection, stream, fullRead, limit);

    /// <summary>How many records of a stream are there, and how many of them a full read has not shown.</summary>
    public static (long All, long Unseen) CountUnseen(SqlSession session, long connection, string stream, string fullRead) => session.Query(
        "select count(*), coalesce(sum(case when seen is null or seen <> $3 then 1 else 0 end), 0) from connection_record where connection = $1 and stream = $2 and state <> 4",
        r => (r.GetInt64(0), r.GetInt64(1)), connection, stream, fullRead)[0];

    /// <summary>Of what is gone because it was not shown nobody knows when it went: as soon as the source shows it again, as it was, it is back.</summary>
    public static void ForgetChange(SqlSession session, long connection, string stream, IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            session.Send("update connection_record set changed_at = null where connection = $1 and stream = $2 and key = $3 and state = 4", connection, stream, key);
        }
    }

    public static List<StateSum> Sums(SqlSession session, long connection) => session.Query(
        "select stream, state, currency, count(*), coalesce(sum(amount / 10000), 0), coalesce(sum(amount % 10000), 0) from connection_record where connection = $1 and state <> 4 "
        + "group by stream, state, currency order by stream, state, currency",
        r => new StateSum(r.GetString(0), (RecordState)r.GetInt32(1), ConnectionRow.Text(r, 2), r.GetInt64(3), ReconciliationTable.Whole(r.GetInt64(4), r.GetInt64(5))),
        connection);

    /// <summary>A row without a key of its own is known by what it says.</summary>
    public static string KeyOf(string? key, string raw) => key is { Length: > 0 and <= Limits.IdLength }
        ? RecordBody.Storable(key)
        : $"row:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(raw)))[..24]}";
}
