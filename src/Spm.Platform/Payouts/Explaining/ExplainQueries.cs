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
    /// With the gate held for writing nothing is credited: the grain's figures and the snapshot of the store that is begun here belong
    /// together. Reading the credits behind them may take longer and goes on after the gate is left.
    /// </summary>
    private async Task<Task<ExplanationView?>> BeginAsync(TenantRuntime tenant, int rep, int month)
    {
        using var entry = await tenant.Gate.WriteAsync();
        await settlements.SettleAsync(tenant);
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
        var counted = explained?.Statement.Components.Select(c => new CountedCredits(c, explained.Rep)).ToArray() ?? [];
        if (counted.Length > 0)
        {
            new RepCredits(session, company).ForEach(payout.Rep, month, Array.Exists(counted, c => c.CountsRollUp), credit => Array.ForEach(counted, c => c.Add(credit)));
        }
        return new ExplanationWriter(company, payout, no => tenants.SourceName(tenant, no) ?? "").Write(explained, counted);
    }
}
