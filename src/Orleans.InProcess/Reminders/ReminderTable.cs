using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// Where reminders are kept. Register a durable one as a singleton service to have reminders survive a restart; this host reads the
/// whole table once, when it starts, and is the only writer after that.
/// </summary>
public interface IReminderTable
{
    /// <summary>Called once before any other member.</summary>
    Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>The reminders of one grain.</summary>
    Task<ReminderTableData> ReadRows(GrainId grainId);

    /// <summary>The reminders whose grain's hash lies in the range. This host asks only for (0, 0), which means all.</summary>
    Task<ReminderTableData> ReadRows(uint begin, uint end);

    /// <summary>One reminder, or null.</summary>
    Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

    /// <summary>Adds or replaces the reminder and answers its new version.</summary>
    Task<string?> UpsertRow(ReminderEntry entry);

    /// <summary>Removes the reminder if its version is that; says whether it did.</summary>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

    /// <summary>Removes everything; for tests of the table.</summary>
    Task TestOnlyClearTable();

    /// <summary>Called once after all other members.</summary>
    Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}

/// <summary>Some rows of the table.</summary>
[GenerateSerializer]
public sealed class ReminderTableData(IEnumerable<ReminderEntry> list)
{
    /// <summary>No rows.</summary>
    public ReminderTableData() : this([]) { }

    /// <summary>One row.</summary>
    public ReminderTableData(ReminderEntry entry) : this([entry]) { }

    /// <summary>The rows.</summary>
    [Id(0)] public IList<ReminderEntry> Reminders { get; private set; } = [.. list];
}

/// <summary>A row of the table. Times are UTC.</summary>
[GenerateSerializer]
public sealed class ReminderEntry
{
    /// <summary>The grain to remind.</summary>
    [Id(0)] public GrainId GrainId { get; set; }

    /// <summary>The reminder's name, unique within the grain.</summary>
    [Id(1)] public string ReminderName { get; set; } = null!;

    /// <summary>When the first tick is due; later ones follow at whole periods from it.</summary>
    [Id(2)] public DateTime StartAt { get; set; }

    /// <summary>The time between ticks.</summary>
    [Id(3)] public TimeSpan Period { get; set; }

    /// <summary>The row's version.</summary>
    [Id(4)] public string? ETag { get; set; }
}
