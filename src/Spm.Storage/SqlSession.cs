using System.Data.Common;

namespace Spm.Storage;

/// <summary>One connection with its prepared statements. Not safe for two threads at once. Parameters are $1, $2, … in order.</summary>
public abstract class SqlSession : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    public abstract Dialect Dialect { get; }

    /// <summary>Statements that were read since the session was taken.</summary>
    internal int Reads { get; set; }

    /// <returns>The number of rows changed.</returns>
    public abstract int Execute(string sql, params ReadOnlySpan<object?> arguments);

    /// <summary>The same where nobody asks how many: a store on the other side of a wire gets it together with what comes next. Call inside a write.</summary>
    public abstract void Send(string sql, params ReadOnlySpan<object?> arguments);

    public List<T> Query<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Counted(sql, arguments);
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(map(reader));
        }
        return rows;
    }

    /// <summary>The first row, or null when there is none.</summary>
    public T? First<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<object?> arguments)
        where T : class
    {
        using var reader = Counted(sql, arguments);
        return reader.Read() ? map(reader) : null;
    }

    /// <summary>The first number of the first row; 0 where there is none.</summary>
    public long Long(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Counted(sql, arguments);
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetInt64(0) : 0;
    }

    /// <summary>
    /// A query that is asked now and whose rows are looked at later: a store on the other side of a wire gets it together with what comes next, and
    /// answers what stood when it was asked. Call inside a write, and look at the rows in the same piece of it.
    /// </summary>
    public virtual Func<List<T>> Ask<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<object?> arguments)
    {
        var rows = Query(sql, map, arguments);
        return () => rows;
    }

    /// <summary>Calls <paramref name="row"/> for each row without keeping any. The session is busy meanwhile.</summary>
    public void ForEach(string sql, Action<DbDataReader> row, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Counted(sql, arguments);
        while (reader.Read())
        {
            row(reader);
        }
    }

    /// <summary>One query for many sets of arguments, numbers or texts, in one statement: the rows of each, in the same order.</summary>
    public virtual List<List<T>> QueryEach<T>(string sql, Func<DbDataReader, T> map, IReadOnlyList<object?[]> arguments) =>
        [.. arguments.Select(a => Query(sql, map, a))];

    /// <summary>Row by row, each as its values: numbers, texts, bytes and nulls. The session is busy meanwhile.</summary>
    internal IEnumerable<object?[]> Rows(string sql)
    {
        using var reader = Read(sql, []);
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }
            yield return row;
        }
    }

    /// <summary>Writes many rows into a table. Call inside a write.</summary>
    internal abstract void CopyIn(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows);

    /// <summary>A statement for a hot path, prepared once for this session. Its parameters are `?`.</summary>
    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements.Add(sql, statement = NewStatement(sql));
        }
        return statement;
    }

    /// <summary>From now on this session writes only where a condition holds, which is asked once nobody else can write: see <see cref="StoreLostException"/>.</summary>
    public virtual void WriteOnlyWhere(string condition)
    {
    }

    /// <summary>Whether some session of any process holds this number (<see cref="SpmStore.Hold"/>). Call inside a write.</summary>
    public virtual bool IsHeld(long number) => false;

    /// <summary>Whether a host of another process uses the store. Call inside a write.</summary>
    internal virtual bool HasHost => false;

    /// <summary>Sees to it that rows of a table that is kept in parts have a part to go to. Call inside a write.</summary>
    public virtual void EnsurePart(string table, int key)
    {
    }

    public virtual void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    protected abstract DbDataReader Read(string sql, ReadOnlySpan<object?> arguments);

    protected abstract Statement NewStatement(string sql);

    /// <summary>From here on nobody else writes until the commit or rollback.</summary>
    internal abstract void BeginWrite(Durability durability);

    /// <summary>From here on every statement sees the same commit.</summary>
    internal abstract void BeginSnapshot();

    /// <summary>
    /// One statement, whatever a commit is besides: of several that go to PostgreSQL together all but the first are sent by a thread of the pool, and those
    /// may all be waiting to read.
    /// </summary>
    internal void EndSnapshot() => Execute("commit");

    internal virtual void Commit() => Execute("commit");

    /// <summary>Also where no transaction is open. Throws when it cannot be known what became of the transaction.</summary>
    internal virtual void Rollback()
    {
        Forget();
        Execute("rollback");
    }

    /// <summary>A failed statement has taken back the whole transaction, whatever part of it failed.</summary>
    internal virtual bool IsUndone => false;

    internal virtual void BeginPart() => Execute("savepoint work");

    internal virtual void EndPart() => Execute("release savepoint work");

    internal virtual void UndoPart()
    {
        Forget();
        Execute("rollback to savepoint work");
        Execute("release savepoint work");
    }

    internal abstract void ExecuteScript(string script);

    private DbDataReader Counted(string sql, ReadOnlySpan<object?> arguments)
    {
        Reads++;
        return Read(sql, arguments);
    }

    /// <summary>Rows that were added to statements and not written: they belong to what is undone.</summary>
    protected void Forget()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Forget();
        }
    }
}
