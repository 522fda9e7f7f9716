using System.Data.Common;
using System.Text.Json;
using Spm.Connectors;
using Spm.Connectors.Hosting.Sync;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>Whether a stream is read.</summary>
public enum StreamCondition : byte
{
    Fine,

    /// <summary>The last run did not come to its end; the next one goes on.</summary>
    Failing,

    /// <summary>Its fields have changed: a person looks, and lets the connection go on.</summary>
    Paused,
}

/// <summary>A stream of a connection as it is stored.</summary>
/// <param name="Hinted">A webhook has said that something is new.</param>
internal sealed record StreamRow(string Stream, StreamState State, StreamCondition Condition, string? ReasonKind, string? Reason, bool Hinted, long? CompletedAt)
{
    public const string Columns = "stream, checkpoint, full_read, fields, status, reason_kind, reason, hinted, completed_at";

    public static StreamRow New(string stream) => new(stream, StreamState.New, StreamCondition.Fine, null, null, false, null);

    public static StreamRow Map(DbDataReader r) => new(
        r.GetString(0),
        new StreamState
        {
            Checkpoint = ConnectionRow.Text(r, 1) is { } text ? new Checkpoint(text) : null,
            FullRead = ConnectionRow.Text(r, 2),
            Fields = ConnectionRow.Text(r, 3) is { } fields ? JsonSerializer.Deserialize<List<DiscoveredField>>(fields) : null,
        },
        ConnectionRow.Of<StreamCondition>(r.GetString(4)),
        ConnectionRow.Text(r, 5),
        ConnectionRow.Text(r, 6),
        r.GetInt32(7) == 1,
        r.IsDBNull(8) ? null : r.GetInt64(8));
}

internal static class StreamTable
{
    public static List<StreamRow> Of(SqlSession session, long connection) => Of(session, [connection])[0];

    /// <summary>Those of each connection, in the same order.</summary>
    public static List<List<StreamRow>> Of(SqlSession session, IReadOnlyList<long> connections) => session.QueryEach(
        $"select {StreamRow.Columns} from connection_stream where connection = $1 order by stream", StreamRow.Map, [.. connections.Select(c => new object?[] { c })]);

    /// <summary>In the commit of the records that the checkpoint covers. Where somebody has asked meanwhile to start over, that stands.</summary>
    /// <param name="fullRead">The full read that was under way when the run last knew; null where none was.</param>
    public static void PutState(SqlSession session, long connection, string stream, StreamState state, string? fullRead) => session.Send(
        "insert into connection_stream (connection, stream, checkpoint, full_read, fields, status) values ($1, $2, $3, $4, $5, 'fine') "
        + "on conflict (connection, stream) do update set checkpoint = excluded.checkpoint, full_read = excluded.full_read, fields = excluded.fields "
        + "where coalesce(connection_stream.full_read, '') = $6",
        connection, stream, state.Checkpoint?.Text, state.FullRead, state.Fields is null ? null : JsonSerializer.Serialize(state.Fields), fullRead ?? "");

    /// <summary>The next run reads everything.</summary>
    public static void StartOver(SqlSession session, long connection, string stream, string fullRead) => session.Send(
        "insert into connection_stream (connection, stream, full_read, status) values ($1, $2, $3, 'fine') "
        + "on conflict (connection, stream) do update set checkpoint = null, full_read = excluded.full_read",
        connection, stream, fullRead);

    public static void SetCondition(SqlSession session, long connection, string stream, StreamCondition condition, string? kind, string? reason, long? completedAt) => session.Send(
        "insert into connection_stream (connection, stream, status, reason_kind, reason, completed_at) values ($1, $2, $3, $4, $5, $6) "
        + "on conflict (connection, stream) do update set status = excluded.status, reason_kind = excluded.reason_kind, reason = excluded.reason, "
        + "completed_at = coalesce(excluded.completed_at, connection_stream.completed_at)",
        connection, stream, Kernel.EnumNames.Of(condition), kind, reason, completedAt);

    /// <summary>Fields are agreed to as they are now, and every stream is read again.</summary>
    public static void Agree(SqlSession session, long connection) => session.Execute(
        "update connection_stream set fields = case when status = 'paused' then null else fields end, status = 'fine', reason_kind = null, reason = null where connection = $1", connection);

    public static void Hint(SqlSession session, long connection, string stream) => session.Send(
        "insert into connection_stream (connection, stream, status, hinted) values ($1, $2, 'fine', 1) on conflict (connection, stream) do update set hinted = 1", connection, stream);

    /// <summary>Hints that came before a run are seen to by it.</summary>
    public static void TakeHints(SqlSession session, long connection) => session.Execute("update connection_stream set hinted = 0 where connection = $1 and hinted = 1", connection);
}
