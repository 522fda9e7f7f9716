using Microsoft.Extensions.Hosting;

namespace Orleans.InProcess;

/// <summary>Starts and stops grains with the host: reminders, then the start-up tasks; at the end, reminders, then all activations.</summary>
internal sealed class SiloService(
    GrainHost grains, ReminderService reminders, IEnumerable<StartupTask> tasks, IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await reminders.StartAsync(cancellationToken);
        foreach (var task in tasks.OrderBy(task => task.Stage)) await task.Run(services, cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        reminders.Dispose();
        await grains.StopAsync(cancellationToken);
        // Only now, because a grain may register a reminder while it ends.
        await reminders.StopAsync(cancellationToken);
    }
}

internal sealed record StartupTask(Func<IServiceProvider, CancellationToken, Task> Run, int Stage);
