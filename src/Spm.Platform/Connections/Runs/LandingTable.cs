using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

internal static class LandingTable
{
    private const string Insert =
        "insert into connection_landing (connection, no, stream, full_read, body) select ?, ?, ?, ?, ? where exists (select 1 from connection where no = ? and status <> 'deleted')";

    /// <summary>Of a connection that was deleted meanwhile nothing is kept: no run would ever take it.</summary>
    public static void Put(SqlSession session, long connection, LandedPart part, byte[] body)
    {
        var put = session.Prepare(Insert);
        put.Bind(connection).Bind(part.No).Bind(part.Stream).Bind(part.FullRead).Bind(body).Bind(connection).Add();
        put.Send();
    }

    /// <summary>The first part after a number; null where there is none.</summary>
    /// <param name="entityOf">What the records of a stream are; null of a stream that there is no more, and then there are none.</param>
    public static LandedPart? Next(SqlSession session, long connection, long after, Func<string, Type?> entityOf) => session.First(
        "select no, stream, full_read, body from connection_landing where connection = $1 and no > $2 order by no limit 1",
        r => LandedPart.Read(r.GetInt64(0), r.GetString(1), ConnectionRow.Text(r, 2), r.GetString(3), entityOf(r.GetString(1))),
        connection, after);

    /// <summary>In the commit that has taken them, and all before them.</summary>
    public static void Take(SqlSession session, long connection, long upTo) => session.Send("delete from connection_landing where connection = $1 and no <= $2", connection, upTo);

    public static void Drop(SqlSession session, long connection) => session.Execute("delete from connection_landing where connection = $1", connection);
}
