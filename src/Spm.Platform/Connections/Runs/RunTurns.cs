namespace Spm.Platform.Connections.Runs;

/// <summary>
/// Who of the runs of this host works, and who is next: a few at once, whoever waits longest first. A run keeps its place for one turn; from then on it
/// loses it to whoever waits, goes on with what it is at, and waits itself before it stores what it reads next. So neither long backfills nor vendors
/// that do not answer keep short runs and payroll from theirs.
/// </summary>
internal sealed class RunTurns
{
    /// <summary>Runs that work at once: all of them write to one store, and whoever else writes waits for them.</summary>
    public const int Places = 4;

    /// <summary>Runs that have begun and not ended. Each may hold a page, and what has landed, in memory.</summary>
    public const int UnderWay = 16;

    /// <summary>Of them those of one connector: no vendor takes all.</summary>
    public const int OfConnector = 8;

    /// <summary>Of them those of one tenant: no tenant takes all.</summary>
    public const int OfTenant = 12;

    /// <summary>In milliseconds. A place changes hands for little: nothing is read or stored for it.</summary>
    public const long Length = 2000;

    private readonly Lock _lock = new();
    private readonly List<RunTurn> _runs = [];

    /// <summary>Gives places to those who wait: runs, and connections that are due.</summary>
    /// <param name="due">Whose runs are not under way, whoever is due longest first.</param>
    /// <param name="now">In milliseconds.</param>
    /// <returns>Which of them begin now.</returns>
    public List<(ConnectionRow Connection, RunTurn Turn)> Give(IEnumerable<ConnectionRow> due, long now)
    {
        lock (_lock)
        {
            List<(ConnectionRow, RunTurn)> begun = [];
            var waiting = new Queue<RunTurn>(_runs.Where(r => r.WaitsSince is not null).OrderBy(r => r.WaitsSince));
            using var next = due.GetEnumerator();
            var connection = Next(next);
            while (waiting.Count > 0 || connection is not null)
            {
                if (!HasPlace(now))
                {
                    break;
                }
                if (connection is null || (waiting.TryPeek(out var longest) && longest.WaitsSince <= connection.NextRunAt))
                {
                    waiting.Dequeue().Begin(now);
                    continue;
                }
                var turn = new RunTurn(this, connection.Tenant, connection.Connector);
                turn.Begin(now);
                _runs.Add(turn);
                begun.Add((connection, turn));
                connection = Next(next);
            }
            return begun;
        }
    }

    /// <summary>Completes once the run has a place.</summary>
    public Task WaitAsync(RunTurn run, long now)
    {
        lock (_lock)
        {
            return run.WaitAsync(now);
        }
    }

    public void End(RunTurn run)
    {
        lock (_lock)
        {
            _runs.Remove(run);
        }
    }

    /// <summary>The next that may begin.</summary>
    private ConnectionRow? Next(IEnumerator<ConnectionRow> due)
    {
        while (_runs.Count < UnderWay && due.MoveNext())
        {
            var connection = due.Current;
            if (_runs.Count(r => r.Tenant == connection.Tenant) < OfTenant && _runs.Count(r => r.Connector == connection.Connector) < OfConnector)
            {
                return connection;
            }
        }
        return null;
    }

    /// <summary>Whether there is a place, if need be that of whoever has worked longest, and for a turn at least.</summary>
    private bool HasPlace(long now)
    {
        var working = _runs.Where(r => r.WorksSince is not null).ToList();
        if (working.Count < Places)
        {
            return true;
        }
        var longest = working.MinBy(r => r.WorksSince)!;
        if (now - longest.WorksSince < Length)
        {
            return false;
        }
        longest.Lose();
        return true;
    }
}

/// <summary>A run and its place.</summary>
internal sealed class RunTurn(RunTurns turns, int tenant, string connector) : IDisposable
{
    private TaskCompletionSource? _waiting;

    public int Tenant => tenant;

    public string Connector => connector;

    /// <summary>Null while it has no place.</summary>
    public long? WorksSince { get; private set; }

    /// <summary>Null unless it waits for a place.</summary>
    public long? WaitsSince { get; private set; }

    /// <summary>Between two pages: completes at once unless its place was given away.</summary>
    /// <param name="now">In milliseconds.</param>
    public Task PassAsync(long now, CancellationToken stop) => turns.WaitAsync(this, now).WaitAsync(stop);

    /// <summary>The run is over.</summary>
    public void Dispose() => turns.End(this);

    internal void Begin(long now)
    {
        (WorksSince, WaitsSince) = (now, null);
        _waiting?.TrySetResult();
        _waiting = null;
    }

    internal void Lose() => WorksSince = null;

    internal Task WaitAsync(long now)
    {
        if (WorksSince is not null)
        {
            return Task.CompletedTask;
        }
        WaitsSince ??= now;
        return (_waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }
}
