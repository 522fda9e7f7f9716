using System.Reflection;

namespace Orleans.InProcess;

/// <summary>What the in-process host can be told. The cluster has options of its own in their place.</summary>
public sealed class InProcessGrainOptions
{
    readonly HashSet<Assembly> _assemblies = [];

    /// <summary>How long a grain stays in memory without a call. It ends at most an eighth of this later. 15 minutes by default.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long a caller waits before it gets a <see cref="TimeoutException"/>. A call that has started by then runs on. 30 seconds by
    /// default; the check runs every thirtieth of this, and at least every second.
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long OnActivateAsync and OnDeactivateAsync may each take. 30 seconds by default.</summary>
    public TimeSpan LifecycleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often reminders are looked at, and so how late one may be. One second by default.</summary>
    public TimeSpan ReminderGranularity { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The least time between ticks of a reminder. One minute by default, as in a cluster.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    internal IEnumerable<Assembly> GrainAssemblies => _assemblies;

    /// <summary>Hosts the grain classes of that assembly. (In a cluster, generated code announces them.)</summary>
    public InProcessGrainOptions AddGrainAssembly(Assembly assembly)
    {
        _assemblies.Add(assembly);
        return this;
    }
}
