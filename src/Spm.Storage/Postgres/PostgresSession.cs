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
    private string _condition = "select 1";
    private readonly Pipeline _pipeline;
    private readonly HashSet<(string, int)> _parts = [];

    public PostgresSession(string connectionString)
    {
        _connection = new NpgsqlConnection(connectionString);
        _pipeline = new Pipeline(_connection);
        _connection.Open();
    }

    public override Dialect Dialect => PostgresDialect.One;

    public override void WriteOnlyWhere(string condition) => _condition = $"select 1 where {condition}";

    public override bool IsHeld(long number) => Long($"select case when pg_try_advisory_xact_lock({HoldKey}) then 0 else 1 end", number) == 1;

    internal override bool HasHost =>
        Long("select count(to_regclass('host'))") == 1 && Query("select no from host where gone = 0", r => r.GetInt64(0)).Exists(IsHeld);

    /// <summary>A number that no process was given before, held until this session ends.</summary>
    public long Hold()
    {
        // A machine that is cut off is noticed within some ten seconds; a process that ends, at once.
        Send("set tcp_keepalives_idle = 5");
        Send("set tcp_keepalives_interval = 2");
        Send("set tcp_keepalives_count = 3");
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
        _connection.Dispose();
    }

    protected override Statement NewStatement(string sql) => new PostgresStatement(_connection, _pipeline, sql);

    public override int Execute(string sql, params ReadOnlySpan<object?> arguments) => _pipeline.Execute([Command(sql, arguments)])[0];

    public override void Send(string sql, params ReadOnlySpan<object?> arguments) => _pipeline.Add(Command(sql, arguments));

    public override Func<List<T>> Ask<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<object?> arguments)
    {
        List<T>? rows = null;
        _pipeline.Ask(Command(sql, arguments), reader =>
        {
            List<T> read = [];
            while (reader.Read())
            {
                read.Add(map(reader));
            }
            rows = read;
        });
        return () =>
        {
            if (rows is null)
            {
                _pipeline.Flush();
            }
            return rows ?? throw new InvalidOperationException("The rows are of work that was undone.");
        };
    }

    public override List<List<T>> QueryEach<T>(string sql, Func<DbDataReader, T> map, IReadOnlyList<object?[]> arguments)
    {
        List<List<T>> each = [.. arguments.Select(_ => new List<T>())];
        if (each.Count == 0)
        {
            return each;
        }
        var columns = Column.Of(arguments);
        var command = new NpgsqlBatchCommand(StatementText.OfEach(sql, columns));
        Array.ForEach(columns, c => command.Parameters.Add(c.All()));
        using var reader = _pipeline.Read([command]);
        var place = reader.FieldCount - 1;
        while (reader.Read())
        {
            each[(int)reader.GetInt64(place) - 1].Add(map(reader));
        }
        return each;
    }

    protected override DbDataReader Read(string sql, ReadOnlySpan<object?> arguments) => _pipeline.Read([Command(sql, arguments)]);

    private static NpgsqlBatchCommand Command(string sql, ReadOnlySpan<object?> arguments)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var argument in arguments)
        {
            // One type for all numbers: a statement is prepared once and not once for each size.
            command.Parameters.Add(argument switch
            {
                null => new NpgsqlParameter { Value = DBNull.Value },
                int number => new NpgsqlParameter<long> { TypedValue = number },
                long number => new NpgsqlParameter<long> { TypedValue = number },
                string text => new NpgsqlParameter<string> { TypedValue = text },
                var value => new NpgsqlParameter { Value = value },
            });
        }
        return command;
    }

    /// <summary>
    /// Goes with the first statement of the work, whose results count for nothing where the condition does not hold. The condition is asked by a statement
    /// of its own, which sees what was committed before the lock was had.
    /// </summary>
    internal override void BeginWrite(Durability durability) => _pipeline.Begin(
        (durability == Durability.Durable ? (string[])["begin", Lock, _condition] : ["begin", "set local synchronous_commit = off", Lock, _condition]).Select(sql => Command(sql, [])),
        reader =>
        {
            if (!reader.NextResult() || !reader.Read())
            {
                throw new StoreLostException("Another host has taken the place of this one, which did not answer for too long.");
            }
        });

    /// <summary>A transaction that has failed would be rolled back by `commit` without a word; a question to it fails aloud.</summary>
    internal override void Commit()
    {
        Send("select 1");
        base.Commit();
    }

    internal override void BeginPart() => _pipeline.BeginPart(Command("savepoint work", []));

    /// <summary>What still waits is sent, so that its errors are this part's.</summary>
    internal override void EndPart()
    {
        var release = Command("release savepoint work", []);
        if (_pipeline.IsEmpty)
        {
            _pipeline.Add(release);
        }
        else
        {
            _pipeline.Execute([release]);
        }
    }

    internal override void BeginSnapshot() => Execute("begin isolation level repeatable read read only");

    internal override void Rollback()
    {
        _parts.Clear();
        _pipeline.Clear();
        base.Rollback();
    }

    internal override void UndoPart()
    {
        _parts.Clear();
        Forget();
        if (_pipeline.UndoPart())
        {
            base.UndoPart();
        }
    }

    internal override void CopyIn(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        _pipeline.Flush();
        BinaryCopy.Into(_connection, $"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)", copy =>
        {
            foreach (var row in rows)
            {
                copy.BeginRow(row.Length);
                foreach (var value in row)
                {
                    switch (value)
                    {
                        case null:
                            copy.WriteNull();
                            break;
                        case long number:
                            copy.Write(number);
                            break;
                        case string text:
                            copy.Write(text);
                            break;
                        case byte[] bytes:
                            copy.Write(bytes);
                            break;
                        default:
                            throw new StoreException($"{table} has a value that is neither number, text nor bytes.");
                    }
                }
            }
        });
    }

    /// <summary>After rows came with their numbers: new ones are numbered after them.</summary>
    internal void CountOnFrom()
    {
        var identities = Query(
            "select table_name, column_name from information_schema.columns where table_schema = current_schema() and is_identity = 'YES'", r => (Table: r.GetString(0), Column: r.GetString(1)));
        foreach (var (table, column) in identities)
        {
            Execute($"select setval(pg_get_serial_sequence('{table}', '{column}'), coalesce((select max({column}) from {table}), 0) + 1, false)");
        }
        Execute("select setval('posting_no', coalesce((select max(no) from posting), 0) + 1, false)");
    }

    internal override void ExecuteScript(string script)
    {
        _pipeline.Flush();
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
