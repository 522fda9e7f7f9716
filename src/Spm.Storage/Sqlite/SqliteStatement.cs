using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Spm.Storage.Sqlite;

/// <summary>A prepared statement of SQLite, which keeps what is bound from run to run: only what changed is bound again. Rows are written as they are added.</summary>
internal sealed class SqliteStatement : Statement
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly Value[] _bound;
    private int _next;
    private int _changed;

    public SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _bound = new Value[raw.sqlite3_bind_parameter_count(_statement) + 1];
    }

    public override Statement Bind(long value)
    {
        ref var bound = ref Bound();
        if (bound.Kind != Kind.Number || bound.Number != value)
        {
            Check(raw.sqlite3_bind_int64(_statement, _next, value));
            bound = new Value(Kind.Number, value, null);
        }
        return this;
    }

    public override Statement Bind(long? value) => value is { } number ? Bind(number) : Bind((string?)null);

    public override Statement Bind(string? value)
    {
        ref var bound = ref Bound();
        if (bound.Kind != Kind.Text || bound.Text != value)
        {
            Check(value is null ? raw.sqlite3_bind_null(_statement, _next) : SqliteText.Bind(_statement, _next, value));
            bound = new Value(Kind.Text, 0, value);
        }
        return this;
    }

    public override Statement Bind(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return Bind((string?)null);
        }
        Bound() = default;
        Check(raw.sqlite3_bind_text(_statement, _next, text));
        return this;
    }

    public override Statement BindBytes(byte[] value)
    {
        Bound() = default;
        Check(raw.sqlite3_bind_blob(_statement, _next, value));
        return this;
    }

    public override void Add()
    {
        try
        {
            var result = raw.sqlite3_step(_statement);
            if (result != raw.SQLITE_DONE)
            {
                Check(result);
            }
            _changed += raw.sqlite3_changes(_connection);
        }
        finally
        {
            raw.sqlite3_reset(_statement);
            _next = 0;
        }
    }

    public override int Flush()
    {
        var changed = _changed;
        _changed = 0;
        return changed;
    }

    public override void Send() => _changed = 0;

    public override void Dispose() => _statement.Dispose();

    internal override void Forget() => (_next, _changed) = (0, 0);

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

    /// <summary>What a parameter is bound to.</summary>
    private readonly record struct Value(Kind Kind, long Number, string? Text);
}
