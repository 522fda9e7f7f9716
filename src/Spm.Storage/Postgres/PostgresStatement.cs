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
    private readonly Pipeline _pipeline;
    private int _next;
    private int _rows;

    public PostgresStatement(NpgsqlConnection connection, Pipeline pipeline, string sql)
    {
        (_connection, _pipeline) = (connection, pipeline);
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

    public override Statement Bind(ReadOnlySpan<byte> text)
    {
        _columns[_next++].AddText(text);
        return this;
    }

    public override Statement BindBytes(byte[] value)
    {
        _columns[_next++].Add(value);
        return this;
    }

    public override void Add()
    {
        _next = 0;
        _rows++;
    }

    public override int Flush()
    {
        try
        {
            return _rows == 0 ? 0 : IsMany && TryCopy() ? _rows : _pipeline.Execute([.. Commands()]).Sum();
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

    public override void Send()
    {
        if (_rows > 0 && !(IsMany && TryCopy()))
        {
            foreach (var command in Commands())
            {
                _pipeline.Add(command);
            }
        }
        Forget();
    }

    public override void Dispose()
    {
    }

    internal override void Forget()
    {
        (_next, _rows) = (0, 0);
        Array.ForEach(_columns, c => c.Clear());
    }

    private bool IsMany => _rows >= ManyRows && _text.CanCopy;

    /// <summary>One for all rows, else one for each.</summary>
    private IEnumerable<NpgsqlBatchCommand> Commands() =>
        _rows > 1 && _text.TakesMany ? [Command(_text.ManyRows(_columns), column => column.All())]
        : Enumerable.Range(0, _rows).Select(row => Command(_text.OneRow, column => column.At(row)));

    private NpgsqlBatchCommand Command(string sql, Func<Column, NpgsqlParameter> parameter)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in _columns)
        {
            command.Parameters.Add(parameter(column));
        }
        return command;
    }

    /// <summary>False where a key is there already that is to be passed over, which copying cannot: nothing is written then.</summary>
    private bool TryCopy()
    {
        if (!_text.PassesOver)
        {
            _pipeline.Flush();
            Copy();
            return true;
        }
        _pipeline.Add(new NpgsqlBatchCommand("savepoint copy"));
        _pipeline.Flush();
        var copied = true;
        try
        {
            Copy();
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            _pipeline.Add(new NpgsqlBatchCommand("rollback to savepoint copy"));
            copied = false;
        }
        _pipeline.Add(new NpgsqlBatchCommand("release savepoint copy"));
        return copied;
    }

    private void Copy() => BinaryCopy.Into(_connection, _text.Copy, copy =>
    {
        for (var row = 0; row < _rows; row++)
        {
            copy.BeginRow(_columns.Length);
            foreach (var column in _columns)
            {
                column.Write(copy, row);
            }
        }
    });
}
