using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using Spm.Bench.Ingest;

namespace Spm.Bench.Postgres;

/// <summary>The peer: the same rows by binary COPY into a table with a primary key; and single rows, each with its commit, from many connections at once.</summary>
internal static class BarePostgres
{
    private const int PerTransaction = 64_000;

    private const string Columns = "(source, external_id, version, kind, day, month, amount, currency, quantity, margin, rep, account, territory, product, recorded_at)";

    public static TimeSpan CopyAll(string store, string table, IEnumerable<IngestRow> rows)
    {
        using var connection = Open(store, table);
        var started = Stopwatch.GetTimestamp();
        foreach (var chunk in rows.Chunk(PerTransaction))
        {
            using var writer = connection.BeginBinaryImport($"copy {table} {Columns} from stdin (format binary)");
            foreach (var row in chunk)
            {
                writer.StartRow();
                foreach (var value in Values(row))
                {
                    switch (value)
                    {
                        case long number:
                            writer.Write(number, NpgsqlDbType.Bigint);
                            break;
                        case string text:
                            writer.Write(text, NpgsqlDbType.Text);
                            break;
                        default:
                            writer.WriteNull();
                            break;
                    }
                }
            }
            writer.Complete();
        }
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>How many rows are committed each second, and the median and p99 of one commit in microseconds.</summary>
    public static Rates Commits(string store, int clients, TimeSpan time)
    {
        const string table = "bare_commits";
        using (Open(store, table))
        {
        }
        return Rates.Of(clients, time, client =>
        {
            var connection = Open(store, table: null);
            var insert = new NpgsqlCommand($"insert into {table} {Columns} values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)", connection);
            return i =>
            {
                insert.Parameters.Clear();
                foreach (var value in Values(new IngestRow((client * 100_000_000) + i, i % 5000, new DateOnly(2025, 1, 1), 12345)))
                {
                    insert.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
                }
                insert.ExecuteNonQuery();
                return Task.CompletedTask;
            };
        });
    }

    private static object?[] Values(IngestRow row) =>
    [
        1L, "T" + row.No, 1L, 0L, (long)row.Date.DayNumber, (long)(row.Date.DayNumber - row.Date.Day + 1), row.Cents * 100, "USD", 0L, 0L, (long)row.Rep, -1L, -1L, null, 1764000000000L,
    ];

    private static NpgsqlConnection Open(string store, string? table)
    {
        var connection = new NpgsqlConnection(store + ";Max Auto Prepare=10;Auto Prepare Min Usages=2");
        connection.Open();
        if (table is not null)
        {
            using var command = new NpgsqlCommand(
                $"create table {table} (source bigint not null, external_id text collate \"C\" not null, version bigint not null, kind bigint not null, day bigint not null, month bigint not null, "
                + "amount bigint not null, currency text not null, quantity bigint not null, margin bigint not null, rep bigint not null, account bigint not null, territory bigint not null, "
                + "product text, recorded_at bigint not null, primary key (source, external_id))", connection);
            command.ExecuteNonQuery();
        }
        return connection;
    }
}
