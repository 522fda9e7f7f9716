using Npgsql;

namespace Spm.Storage.Postgres;

/// <summary>
/// A write that gathers its rows in columns and sends them together: many new rows by COPY, others as arrays in one statement. One row is a
/// statement of its own.
/// </summary>
internal sealed class PostgresStatement : Statement
{
    /// <summary>From so many rows on it pays to begin a COPY.</summary>
    private const int ManyRows = 200;

    private readonly NpgsqlConnection _connection;
    private readonly StatementText _text;
    private readonly Column[] _columns;
    private readonly Dictionary<string, NpgsqlCommand> _commands = new(StringComparer.Ordinal);
    private int _next;
    private int _rows;

    public PostgresStatement(NpgsqlConnection connection, string sql)
    {
        _connection = connection;
        _text = StatementText.Parse(sql);
        _columns = [.. Enumerable.Range(0, _text.Parameters).Select(_ => new Column())];
    }

    public override Statement Bind(long value)
    {
        _columns[_next++].Add(value);
        return this;
    }

    public override Statement Bind(long? value)
    {
        _columns[_next++].Add(value);
        return this;
    }

    public override Statement Bind(string? value)
    {
        _columns[_next++].Add(value);
        return this;
    }

    public override Statement Bind(ReadOnlySpan<byte> text) => Bind(text.IsEmpty ? null : System.Text.Encoding.UTF8.GetString(text));

    public override void Add()
    {
        _next = 0;
        _rows++;
    }

    public override int Flush()
    {
        try
        {
            return _rows == 0 ? 0
                : _rows == 1 ? One(0)
                : !_text.IsInsert ? OneByOne()
                : _rows >= ManyRows && _text.CanCopy && TryCopy() ? _rows
                : Together();
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.NumericValueOutOfRange)
        {
            throw new OverflowException(failure.MessageText, failure);
        }
        finally
        {
            Forget();
        }
    }

    public override void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }
    }

    internal override void Forget()
    {
        (_next, _rows) = (0, 0);
        Array.ForEach(_columns, c => c.Clear());
    }

    private int One(int row) => Run(_text.OneRow, column => column.At(row));

    private int OneByOne()
    {
        var changed = 0;
        for (var row = 0; row < _rows; row++)
        {
            changed += One(row);
        }
        return changed;
    }

    private int Together() => Run(_text.ManyRows(_columns), column => column.All());

    private int Run(string sql, Func<Column, NpgsqlParameter> parameter)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            _commands.Add(sql, command = new NpgsqlCommand(sql, _connection));
        }
        command.Parameters.Clear();
        foreach (var column in _columns)
        {
            command.Parameters.Add(parameter(column));
        }
        return command.ExecuteNonQuery();
    }

    /// <summary>False where a key is there already that is to be passed over, which copying cannot: nothing is written then.</summary>
    private bool TryCopy()
    {
        if (!_text.PassesOver)
        {
            Copy();
            return true;
        }
        Execute("savepoint copy");
        var copied = true;
        try
        {
            Copy();
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            Execute("rollback to savepoint copy");
            copied = false;
        }
        Execute("release savepoint copy");
        return copied;
    }

    private void Copy()
    {
        using var writer = _connection.BeginBinaryImport(_text.Copy);
        for (var row = 0; row < _rows; row++)
        {
            writer.StartRow();
            foreach (var column in _columns)
            {
                column.Write(writer, row);
            }
        }
        writer.Complete();
    }

    private void Execute(string sql)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            _commands.Add(sql, command = new NpgsqlCommand(sql, _connection));
        }
        command.ExecuteNonQuery();
    }
}
