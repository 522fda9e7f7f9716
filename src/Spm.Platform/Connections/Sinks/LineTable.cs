using System.Data.Common;
using Spm.Connectors;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Connections.Sinks;

/// <summary>A payout line that a connection was told to hand to payroll, and what is known of it.</summary>
/// <param name="State">Unknown from the moment before it is sent until its sink has told what became of it.</param>
internal sealed record SentLine(string Line, string Batch, LineState State, string? Reference, string? Detail)
{
    public const string Columns = "line, batch, state, reference, detail";

    public static SentLine Map(DbDataReader r) => new(
        r.GetString(0), r.GetString(1), ConnectionRow.Of<LineState>(r.GetString(2)), ConnectionRow.Text(r, 3), ConnectionRow.Text(r, 4));
}

/// <param name="Minor">Of all of them, in minor units.</param>
internal readonly record struct UnknownLines(string Batch, long Lines, long Minor, string Currency);

internal static class LineTable
{
    public static void Put(SqlSession session, long connection, SentLine line, long now) => session.Send(
        "insert into connection_line (connection, line, batch, state, reference, detail, at) values ($1, $2, $3, $4, $5, $6, $7) "
        + "on conflict (connection, line) do update set state = excluded.state, reference = excluded.reference, detail = excluded.detail, at = excluded.at",
        connection, line.Line, line.Batch, EnumNames.Of(line.State), line.Reference, line.Detail, now);

    public static List<SentLine> Of(SqlSession session, long connection, string batch) => session.Query(
        $"select {SentLine.Columns} from connection_line where connection = $1 and batch = $2 order by line", SentLine.Map, connection, batch);

    /// <summary>Batches with lines of which nobody knows what became of them: payroll has not said it, and no person has acknowledged them.</summary>
    public static List<UnknownLines> Unknown(SqlSession session, long connection) => session.Query(
        "select c.batch, count(*), sum(l.minor), l.currency from connection_line c join payout_line l on l.id = c.line where c.connection = $1 and c.state = 'unknown' "
        + "and not exists (select 1 from line_result r where r.line = c.line) "
        + "group by c.batch, l.currency order by c.batch",
        r => new UnknownLines(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetString(3)), connection);
}
