using System.Collections.Concurrent;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Platform.Kernel;

namespace Spm.Platform.Tenants;

/// <summary>What the process keeps of one tenant: its company as it stands, and which reps wait to be settled.</summary>
public sealed class TenantRuntime(int no, string id, Company company)
{
    private readonly ConcurrentDictionary<int, byte> _unsettled = new();
    private readonly ConcurrentDictionary<int, long> _marks = new();
    private readonly ConcurrentDictionary<int, int> _onTheWay = new();
    private volatile Company _company = company;
    private int _inFlight;

    public int No => no;

    public string Id => id;

    public Company Company
    {
        get => _company;
        internal set => _company = value;
    }

    /// <summary>Entered for reading by whoever credits transactions, for writing by whoever changes the company.</summary>
    public ReadWriteGate Gate { get; } = new();

    public SemaphoreSlim Settling { get; } = new(1);

    public MissedChanges Missed { get; } = new();

    /// <summary>The sources known by name. Numbers are given in the store.</summary>
    public ConcurrentDictionary<string, int> Sources { get; } = new(StringComparer.Ordinal);

    public int RunningImports { get; internal set; }

    public bool HasUnsettled => !_unsettled.IsEmpty;

    /// <summary>False when the store surely says that everything is settled. Written on the store's writer thread alone.</summary>
    internal bool MaybeUnsettled { get; set; }

    /// <summary>The last commit that changed what reps are due. Written on the store's writer thread.</summary>
    internal long LastCommit { get; set; }

    internal bool Quiet => _unsettled.IsEmpty && Volatile.Read(ref _inFlight) == 0;

    public void MarkUnsettled(int rep)
    {
        _marks.AddOrUpdate(rep, 1, (_, marks) => marks + 1);
        _unsettled[rep] = 0;
    }

    /// <summary>How often something was said to have changed about the rep. Grows with the commit, before it can be read, and again when the rep's grain has it.</summary>
    internal long MarksOf(int rep) => _marks.GetValueOrDefault(rep);

    /// <summary>A change about the rep is committed and its grain does not have it yet, until <see cref="Arrive"/>.</summary>
    internal void Depart(int rep) => _onTheWay.AddOrUpdate(rep, 1, (_, changes) => changes + 1);

    internal void Arrive(int rep) => _onTheWay.AddOrUpdate(rep, 0, (_, changes) => changes - 1);

    internal bool HasArrived(int rep) => _onTheWay.GetValueOrDefault(rep) == 0;

    public int[] TakeUnsettled()
    {
        // A rep is marked in the commit that creates it, a moment before the company that knows the rep is published: it waits for that.
        var known = Company.Reps.Count;
        var reps = _unsettled.Keys.Where(r => r < known).ToArray();
        foreach (var rep in reps)
        {
            _unsettled.TryRemove(rep, out _);
        }
        return reps;
    }

    /// <summary>Counts a change between its commit and its arrival at the grains.</summary>
    internal InFlight Begin()
    {
        Interlocked.Increment(ref _inFlight);
        return new InFlight(this);
    }

    internal readonly struct InFlight(TenantRuntime runtime) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref runtime._inFlight);
    }
}
