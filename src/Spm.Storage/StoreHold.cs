using System.Diagnostics;

namespace Spm.Storage;

/// <summary>A number that was never given before and is held by this process as long as it lives: the database notices when it ends, however it ends.</summary>
public sealed class StoreHold : IDisposable
{
    private readonly SqlSession _session;
    private long _heardAt = Stopwatch.GetTimestamp();

    internal StoreHold(SqlSession session, long number) => (_session, Number) = (session, number);

    public long Number { get; }

    /// <summary>How long ago the database surely still knew that the number is held.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(Interlocked.Read(ref _heardAt));

    /// <summary>Asks the database. Throws when it does not answer on this connection any more: then the number is held no longer.</summary>
    public void Renew()
    {
        var asked = Stopwatch.GetTimestamp();
        _session.Long("select 1");
        Interlocked.Exchange(ref _heardAt, asked);
    }

    public void Dispose() => _session.Dispose();
}
