using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Spm.Storage.Sqlite;

/// <summary>A connection to the embedded store.</summary>
internal sealed class SqliteSession : SqlSession
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteQuery> _queries = new(StringComparer.Ordinal);
    private Durability _mode = Durability.Durable;

    public SqliteSession(string connectionString)
        : this(new SqliteConnection(connectionString)) => _connection.Open();

    /// <summary>On a connection that is disposed of together with the session.</summary>
    public SqliteSession(SqliteConnection connection) => _connection = connection;

    public override Dialect Dialect => SqliteDialect.One;

    public override void Dispose()
    {
        base.Dispose();
        foreach (var query in _queries.Values)
        {
            query.Dispose();
        }
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }
        _connection.Dispose();
    }

    public override List<List<T>> QueryEach<T>(string sql, Func<DbDataReader, T> map, IReadOnlyList<object?[]> arguments)
    {
        if (arguments.Count == 0)
        {
            return [];
        }
        if (!_queries.TryGetValue(sql, out var query))
        {
            // Commands wait for a lock by themselves; SQLite has to be told.
            raw.sqlite3_busy_timeout(_connection.Handle!, _connection.DefaultTimeout * 1000);
            _queries.Add(sql, query = new SqliteQuery(_connection.Handle!, sql, arguments[0].Length));
        }
        Reads += arguments.Count;
        return [.. arguments.Select(a => query.Read(map, a))];
    }

    protected override Statement NewStatement(string sql) => new SqliteStatement(_connection.Handle!, sql);

    public override int Execute(string sql, params ReadOnlySpan<object?> arguments) => Command(sql, arguments).ExecuteNonQuery();

    public override void Send(string sql, params ReadOnlySpan<object?> arguments) => Execute(sql, arguments);

    protected override DbDataReader Read(string sql, ReadOnlySpan<object?> arguments) => Command(sql, arguments).ExecuteReader();

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < arguments.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + (i + 1) });
            }
            _prepared.Add(sql, command);
        }
        for (var i = 0; i < arguments.Length; i++)
        {
            command.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        }
        return command;
    }

    // SQLite rolls back by itself where it finds no room or no memory.
    internal override bool IsUndone => raw.sqlite3_get_autocommit(_connection.Handle!) != 0;

    internal override void BeginWrite(Durability durability)
    {
        if (_mode != durability)
        {
            Execute(durability == Durability.Durable ? "pragma synchronous = full" : "pragma synchronous = normal");
            _mode = durability;
        }
        Execute("begin immediate");
    }

    internal override void BeginSnapshot() => Execute("begin");

    internal override void Rollback()
    {
        try
        {
            base.Rollback();
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == 1)
        {
            // No transaction is open: SQLite has already rolled back by itself, or `begin` was what failed.
            Debug.Assert(failure.Message.Contains("no transaction", StringComparison.Ordinal));
        }
    }

    internal override void CopyIn(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        var insert = $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select((_, i) => $"${i + 1}"))})";
        foreach (var row in rows)
        {
            Execute(insert, row);
        }
    }

    internal override void ExecuteScript(string script)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = script;
        command.ExecuteNonQuery();
    }

    private sealed class SqliteDialect : Dialect
    {
        public static readonly SqliteDialect One = new();

        public override string Fits(string sum) => $"typeof({sum}) = 'integer'";

        public override string NumbersIn(string json, string key) => $"json_each({json}, '$.\"' || {key} || '\"')";
    }
}
