using System.Collections.Concurrent;
using Spm.Storage.Postgres;
using Spm.Storage.Sqlite;

namespace Spm.Storage;

/// <summary>The store: one writer in this process, any number of readers that each see a whole commit or none of it.</summary>
public sealed class SpmStore : IDisposable
{
    private readonly StoreEngine _engine;
    private readonly SemaphoreSlim? _places;
    private readonly ConcurrentBag<SqlSession> _readers = [];
    private long _statementsRead;
    private bool _disposed;

    private SpmStore(StoreEngine engine, SqlSession writer)
    {
        _engine = engine;
        _places = engine.MaxReaders == int.MaxValue ? null : new SemaphoreSlim(engine.MaxReaders);
        Writer = new StoreWriter(writer);
    }

    public StoreWriter Writer { get; }

    /// <summary>Statements that readers have had answered so far.</summary>
    public long StatementsRead => Interlocked.Read(ref _statementsRead);

    /// <summary>Opens the store, creates the file where there is none, and brings the schema up to date.</summary>
    /// <param name="store">A file for SQLite, or a connection string of PostgreSQL: <c>Host=…;Database=…</c> or <c>postgres://…</c>.</param>
    /// <exception cref="StoreException">It cannot be used as it is.</exception>
    public static SpmStore Open(string store) => Open(PostgresAddress.IsOne(store) ? new PostgresEngine(store) : new SqliteEngine(store));

    /// <summary>The connection string of a store that several processes can share, in the form that its driver reads; null of the embedded one.</summary>
    public static string? SharedConnection(string store) => PostgresAddress.IsOne(store) ? PostgresAddress.Read(store).ConnectionString : null;

    /// <summary>False where <see cref="Open(string)"/> would make a new file.</summary>
    public static bool Exists(string store) => PostgresAddress.IsOne(store) || File.Exists(store);

    private static SpmStore Open(StoreEngine engine)
    {
        try
        {
            return new SpmStore(engine, engine.OpenWriter());
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Whether other processes may have the store open too.</summary>
    public bool IsShared => _engine.IsShared;

    /// <summary>A number for this process among those over the store, held until it is disposed of or the process ends. Only of a shared store.</summary>
    public StoreHold Hold() => _engine.Hold();

    /// <summary>Reads outside any transaction: each statement sees the last commit.</summary>
    public T Read<T>(Func<SqlSession, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _places?.Wait();
        try
        {
            var session = _readers.TryTake(out var idle) ? idle : _engine.OpenReader();
            try
            {
                var result = read(session);
                Return(session);
                return result;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        finally
        {
            _places?.Release();
        }
    }

    /// <summary>All statements of <paramref name="read"/> see the same commit.</summary>
    public T ReadSnapshot<T>(Func<SqlSession, T> read) => Read(session =>
    {
        session.BeginSnapshot();
        var result = read(session);
        session.EndSnapshot();
        return result;
    });

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        Writer.Dispose();
        while (_readers.TryTake(out var session))
        {
            session.Dispose();
        }
        _engine.Dispose();
    }

    private void Return(SqlSession session)
    {
        Interlocked.Add(ref _statementsRead, session.Reads);
        session.Reads = 0;
        if (_disposed)
        {
            session.Dispose();
        }
        else
        {
            _readers.Add(session);
        }
    }
}
