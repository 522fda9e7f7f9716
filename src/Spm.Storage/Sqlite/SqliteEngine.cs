using Microsoft.Data.Sqlite;

namespace Spm.Storage.Sqlite;

/// <summary>One SQLite file in WAL mode, for one process at a time.</summary>
internal sealed class SqliteEngine : StoreEngine
{
    private readonly FileStream _lock;
    private readonly string _connectionString;

    public SqliteEngine(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        // Live state is in memory: two processes on one file would each answer with half of the truth.
        _lock = Lock(file);
        // Our own sessions are the pool: they keep their prepared statements.
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ToString();
    }

    public override int MaxReaders => int.MaxValue;

    public override SqlSession OpenWriter()
    {
        var session = new SqliteSession(_connectionString);
        try
        {
            session.Execute("pragma journal_mode = wal");
            session.Execute("pragma synchronous = full");
            session.Execute("pragma cache_size = -131072");
            session.Execute("pragma wal_autocheckpoint = 50000");
            session.Execute("pragma temp_store = memory");
            Migrator.Migrate(session, "Sqlite");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public override SqlSession OpenReader()
    {
        var session = new SqliteSession(_connectionString);
        session.Execute("pragma query_only = 1");
        session.Execute("pragma mmap_size = 268435456");
        return session;
    }

    public override void Dispose() => _lock.Dispose();

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
}
