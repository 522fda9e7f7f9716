using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Spm.Compensation.Attainment;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Platform.Groups;
using Spm.Platform.Hosts;
using Spm.Platform.Kernel;
using Spm.Platform.Ledger;
using Spm.Platform.Payouts;
using Spm.Platform.Performance;
using Spm.Platform.Reps;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Proofs;

/// <param name="Pause">Between two passes over all reps; null: none are made.</param>
/// <param name="Percent">Of the time of a pass that is spent on proofs, 1 to 100; the rest of it is left to those who are waiting for answers.</param>
public sealed record ProofSettings(TimeSpan? Pause, int Percent)
{
    public static readonly ProofSettings Default = new(TimeSpan.FromMinutes(10), 5);
}

/// <summary>
/// Proves every rep of this host's tenants over and over, one at a time and mostly resting: reads what is stored, derives it again and compares. What is
/// found twice, with nothing on its way meanwhile, is an alarm: a problem, an event, a metric and a line of the log.
/// </summary>
public sealed partial class Prover(SpmStore store, TenantHosts hosts, TenantDirectory tenants, IGrainFactory grains, ProofSettings settings, RecordClock clock, ILogger<Prover> log) : BackgroundService
{
    private static readonly TimeSpan BeforeConfirming = TimeSpan.FromMilliseconds(500);

    /// <summary>One pass over the reps of a tenant. Those that something is on its way for are left to the next one.</summary>
    /// <returns>How many reps were proved.</returns>
    public async Task<int> ProveAsync(TenantRuntime tenant, CancellationToken cancelled)
    {
        var proved = 0;
        for (var rep = 0; rep < tenant.Company.Reps.Count; rep++)
        {
            var began = Stopwatch.GetTimestamp();
            proved += await ProveAsync(tenant, rep, cancelled) ? 1 : 0;
            await Task.Delay(Stopwatch.GetElapsedTime(began) * (100 - settings.Percent) / settings.Percent, cancelled);
        }
        return proved;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (settings.Pause is { } pause)
            {
                await Task.Delay(pause, stoppingToken);
                foreach (var tenant in tenants.Loaded.ToList().Where(t => hosts.Has(t.No) && hosts.IsSure))
                {
                    await PassAsync(tenant, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task PassAsync(TenantRuntime tenant, CancellationToken stopping)
    {
        try
        {
            await ProveAsync(tenant, stopping);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            Stumbled(log, tenant.Id, failure);
        }
    }

    private async Task<bool> ProveAsync(TenantRuntime tenant, int rep, CancellationToken cancelled)
    {
        if (await LookAsync(tenant, rep) is not { } first)
        {
            return false;
        }
        if (first.Count > 0)
        {
            await Task.Delay(BeforeConfirming, cancelled);
            if (await LookAsync(tenant, rep) is not { } again || !again.SequenceEqual(first))
            {
                return false;
            }
        }
        Telemetry.Proofs.Add(1);
        if (first.Count > 0 || store.Read(s => AlarmTable.Any(s, tenant.No, rep)))
        {
            var news = await store.Writer.WriteAsync(s => AlarmTable.Replace(s, tenant.Company, rep, first, clock.GetUtcNow().ToUnixTimeMilliseconds()));
            foreach (var difference in news)
            {
                Telemetry.Alarms.Add(1);
                Alarm(log, tenant.Id, tenant.Company.Reps[rep].Id, difference.Code, tenant.Company.Calendar.MonthByNo(difference.Month)?.Id ?? "", difference.Detail);
            }
        }
        return true;
    }

    /// <summary>Null where something was on its way: what was read may be of before and after it.</summary>
    private async Task<IReadOnlyList<Difference>?> LookAsync(TenantRuntime tenant, int rep)
    {
        var (company, commit) = (tenant.Company, tenant.LastCommit);
        if (!IsStill(tenant, rep))
        {
            return null;
        }
        var stored = store.ReadSnapshot(s => new Stored(
            RepStates.Read(s, grains.GetGrain<IRepGrain>(GrainKey.Of(tenant.No, rep))),
            MeasurementTable.Load(s, tenant.No, SubjectKind.Rep, rep).Measurements,
            PayoutTable.OfReps(s, tenant.No, [rep])[0],
            LedgerTable.OfRep(s, tenant.No, rep)));
        var years = new RepYears(store, rep, stored.Measurements);
        foreach (var plan in company.SharedPlansOf(rep))
        {
            var seen = await grains.GetGrain<IGroupGrain>(GrainKey.Of(tenant.No, plan)).Of(rep);
            years.See(company.Plans[plan].Id, seen.ToGroups());
        }
        var position = RepStanding.Of(company, years, stored.State).Position;
        var found = RepProof.Of(company, rep, stored.State, position, stored.Payouts, [.. stored.Postings.Select(p => p.Posting)]);
        return IsStill(tenant, rep) && tenant.LastCommit == commit && tenant.Company == company ? found : null;
    }

    private static bool IsStill(TenantRuntime tenant, int rep) =>
        !tenant.HasUnsettled && tenant.Settling.CurrentCount == 1 && tenant.HasArrived(rep) && tenant.RunningImports == 0
        && tenant.Company.Periods.Values.All(p => p.Status != PeriodStatus.Closing);

    private sealed record Stored(RepState State, Measurements Measurements, List<PayoutRow> Payouts, List<PostingRow> Postings);

    [LoggerMessage(LogLevel.Critical, "Figures of tenant {Tenant} do not follow from their sources: rep {Rep}, {Code} in {Period}: {Detail}.")]
    private static partial void Alarm(ILogger logger, string tenant, string rep, string code, string period, string detail);

    [LoggerMessage(LogLevel.Error, "Proving tenant {Tenant} failed and will be tried again.")]
    private static partial void Stumbled(ILogger logger, string tenant, Exception failure);
}
