using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Spm.Storage.Sqlite;

/// <summary>A query of SQLite, prepared once, that is asked with many sets of arguments one after the other.</summary>
internal sealed class SqliteQuery : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _places;
    private readonly SqliteRow _row;

    /// <param name="arguments">How many there are: $1, $2, …</param>
    public SqliteQuery(sqlite3 connection, string sql, int arguments)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _places = [.. Enumerable.Range(1, arguments).Select(no => raw.sqlite3_bind_parameter_index(_statement, $"${no}"))];
        _row = new SqliteRow(_statement);
    }

    public List<T> Read<T>(Func<DbDataReader, T> map, object?[] arguments)
    {
        List<T> rows = [];
        try
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                Bind(_places[i], arguments[i]);
            }
            for (var result = raw.sqlite3_step(_statement); result != raw.SQLITE_DONE; result = raw.sqlite3_step(_statement))
            {
                Check(result, raw.SQLITE_ROW);
                rows.Add(map(_row));
            }
            return rows;
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    public void Dispose()
    {
        _row.Dispose();
        _statement.Dispose();
    }

    private void Bind(int place, object? value) => Check(value switch
    {
        null => raw.sqlite3_bind_null(_statement, place),
        string text => SqliteText.Bind(_statement, place, text),
        int number => raw.sqlite3_bind_int64(_statement, place, number),
        long number => raw.sqlite3_bind_int64(_statement, place, number),
        _ => throw new NotSupportedException($"Numbers and texts are asked for, and this is a {value.GetType().Name}."),
    });

    private void Check(int result, int expected = raw.SQLITE_OK)
    {
        if (result != expected)
        {
            throw new SqliteException(raw.sqlite3_errmsg(_connection).utf8_to_string(), result);
        }
    }
}
