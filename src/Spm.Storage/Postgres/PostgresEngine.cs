using Npgsql;

namespace Spm.Storage.Postgres;

/// <summary>A database of a PostgreSQL server, which other processes may use too.</summary>
internal sealed class PostgresEngine : StoreEngine
{
    private readonly string _connectionString;

    public PostgresEngine(string store)
    {
        var builder = PostgresAddress.Read(store);
        // Our own sessions are the pool: they keep their prepared statements.
        builder.Pooling = false;
        builder.MaxAutoPrepare = 512;
        builder.AutoPrepareMinUsages = 2;
        builder.KeepAlive = 15;
        // A bulk load may keep others waiting for long.
        builder.CommandTimeout = 600;
        builder.ApplicationName ??= "spm";
        _connectionString = builder.ToString();
        // Who reads waits for the server on a thread of the pool, which is slow to make new ones.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, MaxReaders + 16), ports);
    }

    public override int MaxReaders => 24;

    public override bool IsShared => true;

    public override StoreHold Hold()
    {
        var session = new PostgresSession(_connectionString);
        return new StoreHold(session, session.Hold());
    }

    public override SqlSession OpenWriter()
    {
        try
        {
            var session = new PostgresSession(_connectionString);
            try
            {
                Migrator.Migrate(session, "Postgres");
                return session;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (NpgsqlException failure)
        {
            throw new StoreException($"PostgreSQL cannot be used: {failure.Message}");
        }
    }

    public override SqlSession OpenReader()
    {
        var session = new PostgresSession(_connectionString);
        session.Execute("set default_transaction_read_only = on");
        return session;
    }

    public override void Dispose()
    {
    }
}
