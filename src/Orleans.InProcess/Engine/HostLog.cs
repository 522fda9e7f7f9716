using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>What the host logs: failures that no caller sees.</summary>
internal sealed partial class HostLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Error, "{Grain}: {Method} failed; nobody waits for its answer.")]
    partial void LogCallFailed(Exception error, string grain, string method);

    [LoggerMessage(2, LogLevel.Error, "{Grain}: an async void method failed.")]
    partial void LogUnhandled(Exception error, string grain);

    [LoggerMessage(3, LogLevel.Error, "{Grain}: its deactivation failed; it ends all the same.")]
    partial void LogDeactivationFailed(Exception error, string grain);

    [LoggerMessage(4, LogLevel.Error, "Reminder {Reminder} of {Grain} failed; it ticks again at its next period.")]
    partial void LogReminderFailed(Exception error, string reminder, string grain);

    [LoggerMessage(5, LogLevel.Warning, "The host stops with {Count} activations that did not end in time.")]
    internal partial void StoppedEarly(int count);

    internal void CallFailed(Exception error, GrainId grain, string method) => LogCallFailed(error, grain.ToString(), method);

    internal void UnhandledInGrain(Exception error, GrainId grain) => LogUnhandled(error, grain.ToString());

    internal void DeactivationFailed(Exception error, GrainId grain) => LogDeactivationFailed(error, grain.ToString());

    internal void ReminderFailed(Exception error, string reminder, GrainId grain) => LogReminderFailed(error, reminder, grain.ToString());
}
