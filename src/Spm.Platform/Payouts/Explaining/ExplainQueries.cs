using Orleans;
using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Platform.Kernel;
using Spm.Platform.PayoutBatches;
using Spm.Platform.Reps;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Payouts.Explaining;

/// <summary>The path payout → incentive → band → measurement → credit → transaction. Figures and credits are those of one instant.</summary>
public sealed class ExplainQueries(TenantDirectory tenants, Settlements settlements, LeaseCommands leases, SpmStore store, IGrainFactory grains)
{
    private const int Tries = 8;

    public async Task<Result<ExplanationView>> ExplainAsync(Caller caller, string id)
    {
        if (caller.Lacks(Scopes.PayoutsRead) is { } lacking)
        {
            return lacking;
        }
        var missing = new Error(ErrorCodes.NotFound, $"There is no payout '{id}'.");
        var tenant = tenants.Get(caller.Tenant);
        if (Ids.Payout(tenant.No, id) is not var (rep, month) || rep < 0 || rep >= tenant.Company.Reps.Count || tenant.Company.Calendar.MonthByNo(month) is null
            || !PayoutQueries.Sees(Sight.Of(caller, tenant.Company), tenant.Company, rep, month))
        {
            return missing;
        }
        await settlements.SettleAsync(tenant);
        await leases.ExpireAsync(tenant);
        var reading = await BeginAsync(tenant, rep, month);
        return await reading is { } explanation ? explanation : missing;
    }

    /// <summary>
    /// The grain's figures and the snapshot of the store belong together when nothing has changed about the rep from before the one until after the
    /// other: nobody who posts has to wait for that. Where something always has, the gate is held for writing, and nothing is credited meanwhile.
    /// </summary>
    private async Task<Task<ExplanationView?>> BeginAsync(TenantRuntime tenant, int rep, int month)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var (marks, commit) = (tenant.MarksOf(rep), tenant.LastCommit);
            await settlements.SettleAsync(tenant);
            using var shared = await tenant.Gate.ReadAsync();
            var reading = await BeginWithinGateAsync(tenant, rep, month);
            if (tenant.Company.SharedPlansOf(rep).Any() ? tenant.LastCommit == commit && tenant.Quiet : tenant.MarksOf(rep) == marks && tenant.HasArrived(rep))
            {
                return reading;
            }
            // Of two instants, so nobody is shown it; what it says of the failure of a read that nobody waits for neither.
            _ = reading.ContinueWith(r => r.Exception, TaskScheduler.Default);
        }
        using var alone = await tenant.Gate.WriteAsync();
        await settlements.SettleAsync(tenant);
        return await BeginWithinGateAsync(tenant, rep, month);
    }

    /// <summary>Reading the credits behind the figures may take longer and goes on after the gate is left.</summary>
    private async Task<Task<ExplanationView?>> BeginWithinGateAsync(TenantRuntime tenant, int rep, int month)
    {
        var company = tenant.Company;
        var explained = await grains.GetGrain<IRepGrain>(GrainKey.Of(tenant.No, rep)).Explain(month);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(() => store.ReadSnapshot(session =>
        {
            // The first read fixes what all later ones see.
            var payout = PayoutTable.Find(session, tenant.No, rep, month);
            begun.SetResult();
            return payout is null ? null : Read(session, tenant, company, payout, explained);
        }));
        await Task.WhenAny(begun.Task, reading);
        return reading;
    }

    private ExplanationView Read(SqlSession session, TenantRuntime tenant, Company company, PayoutRow payout, ExplainedMonth? explained)
    {
        var month = company.Calendar.MonthByNo(payout.Month)!;
        var shown = explained is null ? [] : ShownComponent.Of(company, payout.Rep, month, explained);
        CountedCredits[] counted = [.. shown.Select(c => new CountedCredits(c, company.Profiles[payout.Rep]))];
        if (counted.Length > 0)
        {
            new RepCredits(session, company).ForEach(payout.Rep, month, Array.Exists(counted, c => c.CountsRollUp), credit => Array.ForEach(counted, c => c.Add(credit)));
        }
        return new ExplanationWriter(company, payout, no => tenants.SourceName(tenant, no) ?? "").Write(shown, explained?.Payout, counted);
    }
}
