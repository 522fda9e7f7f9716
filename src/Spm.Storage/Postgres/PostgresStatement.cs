using Npgsql;

namespace Spm.Storage.Postgres;

/// <summary>
/// A write that gathers its rows in columns and sends them together: many new rows by COPY, others as arrays in one statement. One row is a
/// statement of its own. Where it is known that many rows come, they go into the COPY as they are bound.
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

    /// <summary>Takes what is bound, in the place of the columns.</summary>
    private BinaryCopy? _copy;

    public PostgresStatement(NpgsqlConnection connection, Pipeline pipeline, string sql)
    {
        (_connection, _pipeline) = (connection, pipeline);
        _text = StatementText.Parse(sql);
        _columns = [.. Enumerable.Range(0, _text.Parameters).Select(_ => new Column())];
    }

    public override Statement Bind(long value)
    {
        if (_copy is not null)
        {
            _copy.Write(value);
            return this;
        }
        _columns[_next++].Add(value);
        return this;
    }

    public override Statement Bind(long? value)
    {
        if (_copy is not null)
        {
            _copy.Write(value);
            return this;
        }
        _columns[_next++].Add(value);
        return this;
    }

    public override Statement Bind(string? value)
    {
        if (_copy is not null)
        {
            _copy.Write(value);
            return this;
        }
        _columns[_next++].Add(value);
        return this;
    }

    public override Statement Bind(ReadOnlySpan<byte> text)
    {
        if (_copy is not null)
        {
            _copy.WriteText(text);
            return this;
        }
        _columns[_next++].AddText(text);
        return this;
    }

    public override Statement BindBytes(byte[] value)
    {
        if (_copy is not null)
        {
            _copy.Write(value);
            return this;
        }
        _columns[_next++].Add(value);
        return this;
    }

    public override void Add()
    {
        if (_copy is not null)
        {
            return;
        }
        _next = 0;
        _rows++;
    }

    public override int Flush() => Fitting(() => _rows == 0 ? 0 : IsMany(_rows) && TryCopy(Copy) ? _rows : Together());

    public override int Write(int rows, Action<int> bind)
    {
        if (_rows > 0 || !IsMany(rows))
        {
            return base.Write(rows, bind);
        }
        if (Fitting(() => TryCopy(() => Copy(rows, bind)) ? rows : 0) > 0)
        {
            return rows;
        }
        // Copied once more they would be refused once more.
        for (var row = 0; row < rows; row++)
        {
            bind(row);
        }
        return Fitting(Together);
    }

    public override void Send()
    {
        if (_rows > 0 && !(IsMany(_rows) && TryCopy(Copy)))
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

    private bool IsMany(int rows) => rows >= ManyRows && _text.CanCopy;

    private int Together() => _pipeline.Execute([.. Commands()]).Sum();

    private int Fitting(Func<int> write)
    {
        try
        {
            return write();
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
    private bool TryCopy(Action copy)
    {
        if (!_text.PassesOver)
        {
            _pipeline.Flush();
            copy();
            return true;
        }
        _pipeline.Add(new NpgsqlBatchCommand("savepoint copy"));
        _pipeline.Flush();
        var copied = true;
        try
        {
            copy();
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

    private void Copy(int rows, Action<int> bind) => BinaryCopy.Into(_connection, _text.Copy, copy =>
    {
        _copy = copy;
        try
        {
            for (var row = 0; row < rows; row++)
            {
                copy.BeginRow(_columns.Length);
                bind(row);
            }
        }
        finally
        {
            _copy = null;
        }
    });
}
