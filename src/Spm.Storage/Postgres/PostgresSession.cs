using System.Data.Common;
using Npgsql;

namespace Spm.Storage.Postgres;

/// <summary>A connection to PostgreSQL.</summary>
internal sealed class PostgresSession : SqlSession
{
    /// <summary>The lock that whoever writes holds until the end of the transaction: of all processes over one schema one writes at a time.</summary>
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended('spm.' || current_schema(), 0))";

    private const string HoldKey = "hashtextextended('spm.host.' || current_schema() || '.' || $1::text, 0)";

    private readonly NpgsqlConnection _connection;
    private string _begin = Lock;
    private readonly Dictionary<string, NpgsqlCommand> _commands = new(StringComparer.Ordinal);
    private readonly HashSet<(string, int)> _parts = [];

    public PostgresSession(string connectionString)
    {
        _connection = new NpgsqlConnection(connectionString);
        _connection.Open();
    }

    public override Dialect Dialect => PostgresDialect.One;

    public override void WriteOnlyWhere(string condition) => _begin = $"{Lock}; select 1 where {condition}";

    public override bool IsHeld(long number) => Long($"select case when pg_try_advisory_xact_lock({HoldKey}) then 0 else 1 end", number) == 1;

    /// <summary>A number that no process was given before, held until this session ends.</summary>
    public long Hold()
    {
        // A machine that is cut off is noticed within some ten seconds; a process that ends, at once.
        Execute("set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3");
        var number = Long("select nextval('host_no')");
        Execute($"select pg_advisory_lock({HoldKey})", number);
        return number;
    }

    public override void EnsurePart(string table, int key)
    {
        if (!_parts.Contains((table, key)))
        {
            Execute($"select {table}_part($1)", key);
            _parts.Add((table, key));
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }
        _connection.Dispose();
    }

    protected override Statement NewStatement(string sql) => new PostgresStatement(_connection, sql);

    protected override DbCommand Command(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = new NpgsqlCommand(sql, _connection);
            for (var i = 0; i < arguments.Length; i++)
            {
                command.Parameters.Add(new NpgsqlParameter());
            }
            _commands.Add(sql, command);
        }
        for (var i = 0; i < arguments.Length; i++)
        {
            // One type for all numbers: a statement is prepared once and not once for each size.
            command.Parameters[i].Value = arguments[i] switch
            {
                null => DBNull.Value,
                int number => (long)number,
                var value => value,
            };
        }
        return command;
    }

    internal override void BeginWrite(Durability durability)
    {
        // One round trip. The condition is asked by a statement of its own, which sees what was committed before the lock was had.
        using var reader = Command((durability == Durability.Durable ? "begin; " : "begin; set local synchronous_commit = off; ") + _begin, []).ExecuteReader();
        if (reader.NextResult() && !reader.Read())
        {
            throw new StoreLostException("Another host has taken the place of this one, which did not answer for too long.");
        }
    }

    internal override void BeginSnapshot() => Execute("begin isolation level repeatable read read only");

    internal override void Rollback()
    {
        _parts.Clear();
        base.Rollback();
    }

    internal override void UndoPart()
    {
        _parts.Clear();
        base.UndoPart();
    }

    internal override void ExecuteScript(string script)
    {
        using var command = new NpgsqlCommand(script, _connection);
        command.ExecuteNonQuery();
    }

    private sealed class PostgresDialect : Dialect
    {
        public static readonly PostgresDialect One = new();

        /// <summary>PostgreSQL refuses such a sum by itself.</summary>
        public override string Fits(string sum) => "true";

        public override string NumbersIn(string json, string key) => $"lateral (select value::bigint from json_array_elements_text({json}::json -> {key}::text))";
    }
}
