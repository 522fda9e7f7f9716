using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Spm.Platform.Kernel;

/// <summary>What the platform tells about itself besides what the web server and the runtime do. No tenant and no rep is named in it.</summary>
public static class Telemetry
{
    public const string Name = "Spm";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Requests that came with a credential that was refused, by the error code they left with.</summary>
    public static readonly Counter<long> Refused = Meter.CreateCounter<long>("spm.credentials.refused", "{request}", "Requests whose credential was refused.");

    public static readonly Counter<long> Limited = Meter.CreateCounter<long>("spm.requests.limited", "{request}", "Requests refused because too many came.");

    public static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("spm.webhooks.attempts", "{attempt}", "Attempts to deliver an event, by what came of them: delivered, refused, unreachable.");

    public static readonly Counter<long> Proofs = Meter.CreateCounter<long>("spm.proofs.reps", "{rep}", "Reps whose ledger and payouts were derived again and compared.");

    public static readonly Counter<long> Alarms = Meter.CreateCounter<long>("spm.proofs.alarms", "{alarm}", "Figures found that do not follow from their sources.");

    public static readonly Histogram<double> Settlement = Meter.CreateHistogram<double>("spm.settlement.duration", "s", "Time to settle the reps of one tenant that had changes.");

    public static readonly Counter<long> SettledReps = Meter.CreateCounter<long>("spm.settlement.reps", "{rep}", "Reps settled.");
}
