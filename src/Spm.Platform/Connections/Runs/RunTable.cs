using System.Data.Common;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

public enum RunState : byte
{
    Running,
    Complete,

    /// <summary>Some streams have come to their end and some have not.</summary>
    Partial,
    Failed,

    /// <summary>Cut off by the end of its host; another run has gone on.</summary>
    Interrupted,
}

/// <summary>Rows of a stream in a run, by what became of them.</summary>
public readonly record struct RunCounts(long Read, long Created, long Corrected, long Unchanged, long Ignored, long Rejected, long Quarantined)
{
    public static RunCounts operator +(RunCounts one, RunCounts other) => new(
        one.Read + other.Read, one.Created + other.Created, one.Corrected + other.Corrected, one.Unchanged + other.Unchanged, one.Ignored + other.Ignored,
        one.Rejected + other.Rejected, one.Quarantined + other.Quarantined);
}

/// <summary>A run as it is stored.</summary>
/// <param name="Reason">Why it ended before its streams did; null where it did not.</param>
internal sealed record RunRow(long No, long Connection, string Id, RunCause Cause, RunState State, long StartedAt, long? EndedAt, string? AtStake, string? ReasonKind, string? Reason)
{
    public const string Columns = "no, connection, id, cause, status, started_at, ended_at, at_stake, reason_kind, reason";

    public static RunRow Map(DbDataReader r) => new(
        r.GetInt64(0), r.GetInt64(1), r.GetString(2), ConnectionRow.Of<RunCause>(r.GetString(3)), ConnectionRow.Of<RunState>(r.GetString(4)), r.GetInt64(5),
        r.IsDBNull(6) ? null : r.GetInt64(6), ConnectionRow.Text(r, 7), ConnectionRow.Text(r, 8), ConnectionRow.Text(r, 9));
}

/// <summary>A stream of a run as it is stored.</summary>
internal sealed record RunStreamRow(string Stream, string Status, string? ReasonKind, string? Reason, RunCounts Counts)
{
    public const string Reading = "reading";

    public static RunStreamRow Map(DbDataReader r) => new(
        r.GetString(0), r.GetString(1), ConnectionRow.Text(r, 2), ConnectionRow.Text(r, 3),
        new RunCounts(r.GetInt64(4), r.GetInt64(5), r.GetInt64(6), r.GetInt64(7), r.GetInt64(8), r.GetInt64(9), r.GetInt64(10)));
}

internal static class RunTable
{
    public static RunRow Insert(SqlSession session, long connection, string id, RunCause cause, long now)
    {
        session.Execute(
            "insert into connection_run (connection, id, cause, mode, status, started_at) values ($1, $2, $3, $4, $5, $6)",
            connection, id, EnumNames.Of(cause), cause == RunCause.Backfill ? "full" : "incremental", EnumNames.Of(RunState.Running), now);
        return Find(session, connection, id)!;
    }

    public static RunRow? Find(SqlSession session, long connection, string id) =>
        session.First($"select {RunRow.Columns} from connection_run where connection = $1 and id = $2", RunRow.Map, connection, id);

    /// <summary>Newest first.</summary>
    public static List<RunRow> Page(SqlSession session, long connection, Seek<long> seek) => session.Query(
        $"select {RunRow.Columns} from connection_run where connection = $1 and no {seek.BeyondNewest} $2 order by no{seek.OrderNewest} limit $3",
        RunRow.Map, connection, seek.From, seek.Count);

    /// <summary>How the newest run that has ended did; null where none has.</summary>
    public static RunState? Last(SqlSession session, long connection) => session.Query(
        "select status from connection_run where connection = $1 and status <> 'running' order by no desc limit 1", r => ConnectionRow.Of<RunState>(r.GetString(0)), connection) is [var state] ? state : null;

    public static List<RunStreamRow> Streams(SqlSession session, long run) => Streams(session, [run])[0];

    /// <summary>Those of each run, in the same order.</summary>
    public static List<List<RunStreamRow>> Streams(SqlSession session, IReadOnlyList<long> runs) => session.QueryEach(
        "select stream, status, reason_kind, reason, rows_read, rows_created, rows_corrected, rows_unchanged, rows_ignored, rows_rejected, rows_quarantined from connection_run_stream "
        + "where run = $1 order by stream",
        RunStreamRow.Map, [.. runs.Select(r => new object?[] { r })]);

    /// <summary>In the commit of the rows that are counted.</summary>
    public static void Count(SqlSession session, long run, string stream, RunCounts added) => session.Send(
        "insert into connection_run_stream (run, stream, status, rows_read, rows_created, rows_corrected, rows_unchanged, rows_ignored, rows_rejected, rows_quarantined) "
        + "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (run, stream) do update set rows_read = connection_run_stream.rows_read + $4, "
        + "rows_created = connection_run_stream.rows_created + $5, rows_corrected = connection_run_stream.rows_corrected + $6, rows_unchanged = connection_run_stream.rows_unchanged + $7, "
        + "rows_ignored = connection_run_stream.rows_ignored + $8, rows_rejected = connection_run_stream.rows_rejected + $9, rows_quarantined = connection_run_stream.rows_quarantined + $10",
        run, stream, RunStreamRow.Reading, added.Read, added.Created, added.Corrected, added.Unchanged, added.Ignored, added.Rejected, added.Quarantined);

    public static void EndStream(SqlSession session, long run, string stream, string status, string? kind, string? reason) => session.Send(
        "insert into connection_run_stream (run, stream, status, reason_kind, reason) values ($1, $2, $3, $4, $5) "
        + "on conflict (run, stream) do update set status = excluded.status, reason_kind = excluded.reason_kind, reason = excluded.reason",
        run, stream, status, kind, reason);

    /// <summary>Streams of which nothing was read, and rejected records were taken.</summary>
    public static void EndTried(SqlSession session, long run) =>
        session.Execute("update connection_run_stream set status = 'complete' where run = $1 and status = $2", run, RunStreamRow.Reading);

    /// <param name="kind">Of the reason why it ended before its streams did; null where it did not.</param>
    public static void End(SqlSession session, long run, RunState state, string? atStake, long now, string? kind = null, string? reason = null) => session.Execute(
        "update connection_run set status = $2, at_stake = $3, ended_at = $4, reason_kind = $5, reason = $6 where no = $1", run, EnumNames.Of(state), atStake, now, kind, reason);

    /// <summary>Runs of a tenant that are under way though nobody runs them: their host has ended.</summary>
    /// <returns>The connections they are of.</returns>
    public static List<long> Interrupt(SqlSession session, int tenant, long now)
    {
        var connections = session.Query(
            "select distinct r.connection from connection_run r join connection c on c.no = r.connection where c.tenant = $1 and r.status = 'running'", r => r.GetInt64(0), tenant);
        connections.ForEach(c => Interrupt(session, c, now));
        return connections;
    }

    /// <summary>Nobody runs what is under way of a connection.</summary>
    /// <returns>Whether anything was.</returns>
    public static bool Interrupt(SqlSession session, long connection, long now) =>
        session.Execute("update connection_run set status = 'interrupted', ended_at = $2 where connection = $1 and status = 'running'", connection, now) > 0;
}
