using Microsoft.Data.Sqlite;

namespace Spm.Storage;

/// <summary>One connection with its prepared statements. Not safe for two threads at once. Parameters are $1, $2, … in order.</summary>
public sealed class SqlSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    internal SqlSession(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
    }

    /// <returns>The number of rows changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments) => Command(sql, arguments).ExecuteNonQuery();

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Command(sql, arguments).ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(map(reader));
        }
        return rows;
    }

    /// <summary>The first row, or null when there is none.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> arguments)
        where T : class
    {
        using var reader = Command(sql, arguments).ExecuteReader();
        return reader.Read() ? map(reader) : null;
    }

    public long Long(string sql, params ReadOnlySpan<object?> arguments) => Command(sql, arguments).ExecuteScalar() is long value ? value : 0;

    /// <summary>Calls <paramref name="row"/> for each row without keeping any.</summary>
    public void ForEach(string sql, Action<SqliteDataReader> row, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Command(sql, arguments).ExecuteReader();
        while (reader.Read())
        {
            row(reader);
        }
    }

    /// <summary>A statement for a hot path, prepared once for this session.</summary>
    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements.Add(sql, statement = new Statement(_connection.Handle!, sql));
        }
        return statement;
    }

    internal void ExecuteScript(string script)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = script;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }
        _connection.Dispose();
    }

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
}
