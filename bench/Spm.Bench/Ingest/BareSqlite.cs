using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Spm.Bench.Ingest;

/// <summary>The peer: the same rows with the same columns and the same unique key, put into SQLite by nothing but prepared inserts.</summary>
internal static class BareSqlite
{
    private const int PerTransaction = 64_000;

    public static TimeSpan InsertAll(string file, IEnumerable<IngestRow> rows)
    {
        using var connection = Open(file);
        using var insert = Insert(connection);
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        Execute(connection, "begin immediate");
        foreach (var row in rows)
        {
            Add(insert, row);
            if (++count % PerTransaction == 0)
            {
                Execute(connection, "commit");
                Execute(connection, "begin immediate");
            }
        }
        Execute(connection, "commit");
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Rows by the page, each page one durable commit.</summary>
    public static async Task KeepAllAsync(string file, IAsyncEnumerable<IEnumerable<IngestRow>> pages)
    {
        using var connection = Open(file);
        using var insert = Insert(connection);
        await foreach (var page in pages)
        {
            Execute(connection, "begin immediate");
            foreach (var row in page)
            {
                Add(insert, row);
            }
            Execute(connection, "commit");
        }
    }

    /// <summary>One row, one durable commit, again and again.</summary>
    public static double[] CommitMicroseconds(string file, int times)
    {
        using var connection = Open(file);
        using var insert = Insert(connection);
        var took = new double[times];
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            Execute(connection, "begin immediate");
            Add(insert, new IngestRow(i, i % 5000, new DateOnly(2025, 1, 1), 12345));
            Execute(connection, "commit");
            took[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }
        return took;
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "pragma journal_mode = wal");
        Execute(connection, "pragma synchronous = full");
        Execute(connection, "pragma cache_size = -131072");
        Execute(connection, "pragma wal_autocheckpoint = 50000");
        Execute(connection, "create table txn (seq integer primary key, tenant integer not null, source integer not null, external_id text not null, version integer not null, kind integer not null, day integer not null, month integer not null, amount integer not null, currency text not null, quantity integer not null, margin integer not null, rep integer not null, account integer not null, territory integer not null, product text, recorded_at integer not null)");
        Execute(connection, "create unique index txn_key on txn (source, external_id)");
        return connection;
    }

    private static SqliteCommand Insert(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = "insert into txn (tenant, source, external_id, version, kind, day, month, amount, currency, quantity, margin, rep, account, territory, product, recorded_at) values (1, 1, $id, 1, 0, $day, $month, $amount, 'USD', 0, 0, $rep, -1, -1, null, 1764000000000)";
        foreach (var name in new[] { "$id", "$day", "$month", "$amount", "$rep" })
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }
        return command;
    }

    private static void Add(SqliteCommand insert, IngestRow row)
    {
        insert.Parameters[0].Value = "T" + row.No;
        insert.Parameters[1].Value = row.Date.DayNumber;
        insert.Parameters[2].Value = row.Date.DayNumber - row.Date.Day + 1;
        insert.Parameters[3].Value = row.Cents * 100;
        insert.Parameters[4].Value = row.Rep;
        insert.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
