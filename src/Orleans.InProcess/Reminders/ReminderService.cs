using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>
/// Ticks reminders. The table is the truth and is written first; what is due is kept in memory besides, ordered by time. Ticks that
/// were missed while the host was down are not made up for: the next one comes at the next whole period.
/// </summary>
internal sealed class ReminderService(GrainHost host, IReminderTable table) : IDisposable
{
    readonly Dictionary<(GrainId, string), ReminderEntry> _current = [];
    readonly PriorityQueue<ReminderEntry, DateTime> _due = new();
    ITimer? _timer;

    DateTime Now => host.Time.GetUtcNow().UtcDateTime;

    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        await table.StartAsync(cancellationToken);
        foreach (var row in (await table.ReadRows(0, 0)).Reminders) Schedule(row);
        var step = host.Options.ReminderGranularity;
        _timer = host.Time.CreateTimer(_ => TickDue(), null, step, step);
    }

    internal Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return table.StopAsync(cancellationToken);
    }

    public void Dispose() => _timer?.Dispose();

    internal async Task<IGrainReminder> RegisterAsync(GrainId grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, host.Options.MinimumReminderPeriod);
        var row = new ReminderEntry { GrainId = grain, ReminderName = name, StartAt = Now + dueTime, Period = period };
        row.ETag = await table.UpsertRow(row) ?? throw new ReminderException($"Reminder '{name}' of {grain} was not stored.");
        Schedule(row);
        return new Handle(row);
    }

    internal async Task UnregisterAsync(GrainId grain, IGrainReminder reminder)
    {
        var name = reminder.ReminderName;
        if (!await table.RemoveRow(grain, name, ((Handle)reminder).ETag))
            throw new ReminderException($"Reminder '{name}' of {grain} was changed since it was obtained, or is gone.");
        lock (_current) _current.Remove((grain, name));
    }

    internal async Task<IGrainReminder?> GetAsync(GrainId grain, string name) =>
        await table.ReadRow(grain, name) is { } row ? new Handle(row) : null;

    internal async Task<List<IGrainReminder>> GetAllAsync(GrainId grain) =>
        [.. (await table.ReadRows(grain)).Reminders.Select(row => new Handle(row))];

    void Schedule(ReminderEntry row)
    {
        lock (_current)
        {
            _current[(row.GrainId, row.ReminderName)] = row;
            _due.Enqueue(row, NextDue(row, Now));
        }
    }

    /// <summary>The first whole period from the start that is not in the past.</summary>
    static DateTime NextDue(ReminderEntry row, DateTime now) => row.StartAt >= now
        ? row.StartAt
        : row.StartAt + row.Period * ((now - row.StartAt).Ticks / row.Period.Ticks + 1);

    void TickDue()
    {
        var now = Now;
        while (TakeDue(now) is { } row) _ = TickAsync(row, now);
    }

    ReminderEntry? TakeDue(DateTime now)
    {
        lock (_current)
        {
            while (_due.TryPeek(out var row, out var due) && due <= now)
            {
                _due.Dequeue();
                // One that was replaced or removed since is still in the queue, and is dropped here.
                if (_current.GetValueOrDefault((row.GrainId, row.ReminderName)) != row) continue;
                _due.Enqueue(row, NextDue(row, now.AddTicks(1)));
                return row;
            }
            return null;
        }
    }

    async Task TickAsync(ReminderEntry row, DateTime now)
    {
        try
        {
            var grainClass = host.Catalog.Find(row.GrainId.Type)
                ?? throw new InvalidOperationException($"No grain class is named '{row.GrainId.Type}'.");
            var grain = (IRemindable)(object)grainClass.Reference(typeof(IRemindable), row.GrainId.Key.ToString());
            await grain.ReceiveReminder(row.ReminderName, new(row.StartAt, row.Period, now));
        }
        catch (Exception error)
        {
            host.Log.ReminderFailed(error, row.ReminderName, row.GrainId);
        }
    }

    sealed class Handle(ReminderEntry row) : IGrainReminder
    {
        public string ReminderName => row.ReminderName;

        internal string ETag => row.ETag!;
    }
}
