using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Spm.Storage;

/// <summary>
/// A prepared write for hot paths: values are bound without boxing and without asking for their type. Bind every parameter in order,
/// then run; binding starts again at the first after that.
/// </summary>
public sealed class Statement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly Value[] _bound;
    private int _next;

    internal Statement(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _bound = new Value[raw.sqlite3_bind_parameter_count(_statement) + 1];
    }

    public Statement Bind(long value)
    {
        ref var bound = ref Bound();
        if (bound.Kind != Kind.Number || bound.Number != value)
        {
            Check(raw.sqlite3_bind_int64(_statement, _next, value));
            bound = new Value(Kind.Number, value, null);
        }
        return this;
    }

    public Statement Bind(long? value) => value is { } number ? Bind(number) : Bind((string?)null);

    public Statement Bind(string? value)
    {
        ref var bound = ref Bound();
        if (bound.Kind != Kind.Text || bound.Text != value)
        {
            Check(value is null ? raw.sqlite3_bind_null(_statement, _next) : raw.sqlite3_bind_text(_statement, _next, value));
            bound = new Value(Kind.Text, 0, value);
        }
        return this;
    }

    /// <summary>Text that is UTF-8 already; null when it is empty.</summary>
    public Statement Bind(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return Bind((string?)null);
        }
        Bound() = default;
        Check(raw.sqlite3_bind_text(_statement, _next, text));
        return this;
    }

    /// <returns>The number of rows changed.</returns>
    public int Run()
    {
        try
        {
            var result = raw.sqlite3_step(_statement);
            if (result != raw.SQLITE_DONE)
            {
                Check(result);
            }
            return raw.sqlite3_changes(_connection);
        }
        finally
        {
            raw.sqlite3_reset(_statement);
            _next = 0;
        }
    }

    public void Dispose() => _statement.Dispose();

    private ref Value Bound() => ref _bound[++_next];

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(_connection).utf8_to_string(), result);
        }
    }

    private enum Kind : byte
    {
        Unknown,
        Number,
        Text,
    }

    /// <summary>What a parameter is bound to: SQLite keeps it from run to run, so that only what changed need be bound again.</summary>
    private readonly record struct Value(Kind Kind, long Number, string? Text);
}
