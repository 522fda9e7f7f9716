using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Spm.Storage;

/// <summary>
/// The embedded store: one SQLite file in WAL mode, one writer, any number of readers that each see a whole commit or none of it.
/// </summary>
public sealed class SpmStore : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _connectionString;
    private readonly ConcurrentBag<SqlSession> _readers = [];
    private bool _disposed;

    private SpmStore(FileStream @lock, string connectionString, SqlSession writer)
    {
        _lock = @lock;
        _connectionString = connectionString;
        Writer = new StoreWriter(writer);
    }

    public StoreWriter Writer { get; }

    /// <summary>Opens or creates the file and brings its schema up to date. Throws <see cref="StoreException"/> when it cannot be used.</summary>
    public static SpmStore Open(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        // Live state is in memory: two processes on one file would each answer with half of the truth.
        var @lock = Lock(file);
        try
        {
            return Open(@lock, file);
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    private static FileStream Lock(string file)
    {
        try
        {
            return new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StoreException($"Another process has {file} open: a store has one host at a time.");
        }
    }

    private static SpmStore Open(FileStream @lock, string file)
    {
        // Our own sessions are the pool: they keep their prepared statements.
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ToString();
        var session = new SqlSession(connectionString);
        try
        {
            session.Execute("pragma journal_mode = wal");
            session.Execute("pragma synchronous = full");
            session.Execute("pragma cache_size = -131072");
            session.Execute("pragma wal_autocheckpoint = 50000");
            session.Execute("pragma temp_store = memory");
            Migrator.Migrate(session);
            return new SpmStore(@lock, connectionString, session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Reads outside any transaction: each statement sees the last commit.</summary>
    public T Read<T>(Func<SqlSession, T> read)
    {
        var session = Rent();
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

    /// <summary>All statements of <paramref name="read"/> see the same commit.</summary>
    public T ReadSnapshot<T>(Func<SqlSession, T> read) => Read(session =>
    {
        session.Execute("begin");
        var result = read(session);
        session.Execute("commit");
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
        _lock.Dispose();
    }

    private SqlSession Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_readers.TryTake(out var session))
        {
            return session;
        }
        session = new SqlSession(_connectionString);
        session.Execute("pragma query_only = 1");
        session.Execute("pragma mmap_size = 268435456");
        return session;
    }

    private void Return(SqlSession session)
    {
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
