using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Spm.Platform.Grains;
using Spm.Platform.Groups;
using Spm.Platform.Hosts;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;
using Spm.Storage;

namespace Spm.Platform.Tenants;

/// <summary>
/// Settles reps: their grains recompute and post the difference. It happens soon after a change by itself, and at once when
/// somebody is about to read payouts or the ledger (<see cref="SettleAsync"/>), so that readers see their writes.
/// </summary>
public sealed partial class Settlements(TenantDirectory tenants, TenantHosts hosts, SpmStore store, IGrainFactory grains, ILogger<Settlements> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>So many times as long as a round took is rested after it: a stream of changes is settled for many at once, and not for each of them anew.</summary>
    private const int RestPerWork = 4;

    /// <summary>
    /// Completes when every change that was acknowledged before the call is in the ledger and the payouts. A rep who cannot be settled
    /// keeps nobody else from it; the failure is thrown in the end, and the rep waits for the next time.
    /// </summary>
    public Task SettleAsync(TenantRuntime tenant) => SettleTogetherAsync(tenant, GrainCalls.AFew);

    /// <summary>The same in larger commits, after an import: its own were larger still.</summary>
    public Task SettleImportAsync(TenantRuntime tenant) => SettleTogetherAsync(tenant, GrainCalls.Many);

    private async Task SettleTogetherAsync(TenantRuntime tenant, int atOnce)
    {
        await tenant.Settling.WaitAsync();
        try
        {
            var commit = tenant.LastCommit;
            var (began, unsettled) = (Stopwatch.GetTimestamp(), tenant.TakeUnsettled());
            using var activity = unsettled.Length > 0 ? Telemetry.Source.StartActivity("settle") : null;
            try
            {
                await GrainCalls.EachAsync(
                    await WithOthersAsync(tenant, unsettled), rep => grains.GetGrain<IRepGrain>(GrainKey.Of(tenant.No, rep)).Settle(), failed: tenant.MarkUnsettled, atOnce);
            }
            finally
            {
                if (unsettled.Length > 0)
                {
                    Telemetry.Settlement.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
                    Telemetry.SettledReps.Add(unsettled.Length);
                }
            }
            await store.Writer.WriteAsync(session => Clear(session, tenant, commit), Durability.Derived);
        }
        finally
        {
            tenant.Settling.Release();
        }
    }

    /// <summary>Before a rep is read live whose pay depends on other reps: completes when every change of theirs that was acknowledged before is seen.</summary>
    public Task SettleOthersAsync(TenantRuntime tenant, int rep) => tenant.Company.SharedPlansOf(rep).Any() ? SettleAsync(tenant) : Task.CompletedTask;

    /// <summary>Reps, and those whose pay depends on them: members of their groups and who shares a budget with them. Once for all changes since the last time.</summary>
    private async Task<int[]> WithOthersAsync(TenantRuntime tenant, int[] reps)
    {
        if (reps.Length == 0 || tenant.Company.SharedPlans.Count == 0)
        {
            return reps;
        }
        try
        {
            var others = await Task.WhenAll(tenant.Company.SharedPlans.Select(plan => grains.GetGrain<IGroupGrain>(GrainKey.Of(tenant.No, plan)).Refresh(reps)));
            return [.. reps.Union(others.SelectMany(o => o))];
        }
        catch
        {
            Array.ForEach(reps, tenant.MarkUnsettled);
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var no in tenants.All().Where(hosts.Has))
        {
            tenants.Get(no);
        }
        for (var pause = Pause; await Rested(pause, stoppingToken);)
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var tenant in tenants.Loaded.Where(t => t.HasUnsettled && t.RunningImports == 0))
            {
                try
                {
                    await SettleAsync(tenant);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    SettlementFailed(log, tenant.Id, failure);
                }
            }
            pause = TimeSpan.FromTicks(Math.Clamp(RestPerWork * Stopwatch.GetElapsedTime(began).Ticks, Pause.Ticks, LongestPause.Ticks));
        }
    }

    private static async Task<bool> Rested(TimeSpan pause, CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(pause, stoppingToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static void Clear(SqlSession session, TenantRuntime tenant, long commit)
    {
        if (tenant.MaybeUnsettled && tenant.Quiet && tenant.LastCommit == commit)
        {
            session.Execute("update tenant set unsettled = 0 where no = $1", tenant.No);
            tenant.MaybeUnsettled = false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Settling tenant {Tenant} failed and will be tried again.")]
    private static partial void SettlementFailed(ILogger logger, string tenant, Exception failure);
}
