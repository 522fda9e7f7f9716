namespace Orleans
{
    using Orleans.Runtime;

    /// <summary>A grain that can be reminded: a tick activates it if need be, and survives a restart of the host.</summary>
    public interface IRemindable : IGrain
    {
        /// <summary>A reminder is due. A failure is logged; the next tick comes at the next period.</summary>
        Task ReceiveReminder(string reminderName, TickStatus status);
    }
}

namespace Orleans.Runtime
{
    /// <summary>A registered reminder.</summary>
    public interface IGrainReminder
    {
        /// <summary>Its name, unique within the grain.</summary>
        string ReminderName { get; }
    }

    /// <summary>When a reminder ticked. Times are UTC.</summary>
    [GenerateSerializer, Immutable]
    public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        /// <summary>When the first tick was or would have been due.</summary>
        [Id(0)] public DateTime FirstTickTime { get; } = firstTickTime;

        /// <summary>The time between ticks.</summary>
        [Id(1)] public TimeSpan Period { get; } = period;

        /// <summary>When this tick happened.</summary>
        [Id(2)] public DateTime CurrentTickTime { get; } = timeStamp;

        /// <inheritdoc/>
        public override string ToString() => $"<{FirstTickTime}, {Period}, {CurrentTickTime}>";
    }

    /// <summary>A reminder could not be changed, because another change came first.</summary>
    public sealed class ReminderException(string message) : OrleansException(message);
}
