using Orleans;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Platform.Kernel;
using Spm.Platform.Payouts;
using Spm.Platform.Reps;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Periods;

/// <summary>Opens and closes fiscal months. A closed month's payouts never change; what comes later is paid in the first open month.</summary>
public sealed class PeriodCommands(TenantDirectory tenants, CompanyCommands companies, Settlements settlements, SpmStore store, IGrainFactory grains)
{
    public async Task<Result<FiscalMonth>> CloseAsync(Caller caller, string periodId)
    {
        if (caller.Lacks(Scopes.PeriodsClose) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        // Held from the first check to the last write: nothing is credited while a month is being fixed.
        using var entry = await tenant.Gate.WriteAsync();
        var month = Month(tenant.Company, periodId);
        if (!month.IsOk)
        {
            return month;
        }
        if (tenant.Company.StatusOf(month.Value) == PeriodStatus.Closed)
        {
            return new Error(ErrorCodes.PeriodAlreadyClosed, $"{periodId} is closed.");
        }
        if (tenant.Company.Calendar.Months.FirstOrDefault(m => m.No < month.Value.No && tenant.Company.StatusOf(m) == PeriodStatus.Open) is { } earlier)
        {
            return new Error(ErrorCodes.EarlierPeriodOpen, $"{earlier.Id} is open and comes first.");
        }
        await CloseWithinGateAsync(tenant, month.Value, caller);
        return month;
    }

    /// <summary>Takes up the closings that a crash interrupted.</summary>
    public async Task ResumeAsync(int tenantNo)
    {
        var tenant = tenants.Get(tenantNo);
        if (tenant.Company.Calendar.Months.All(m => tenant.Company.StatusOf(m) != PeriodStatus.Closing))
        {
            return;
        }
        using var entry = await tenant.Gate.WriteAsync();
        foreach (var month in tenant.Company.Calendar.Months.Where(m => tenant.Company.StatusOf(m) == PeriodStatus.Closing))
        {
            await CloseWithinGateAsync(tenant, month, caller: null);
        }
    }

    /// <summary>Only the month closed last, and only while none of its payouts has left the status calculated.</summary>
    public async Task<Result<FiscalMonth>> ReopenAsync(Caller caller, string periodId)
    {
        if (caller.Lacks(Scopes.PeriodsClose) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        using var entry = await tenant.Gate.WriteAsync();
        var month = Month(tenant.Company, periodId);
        if (!month.IsOk)
        {
            return month;
        }
        if (tenant.Company.StatusOf(month.Value) != PeriodStatus.Closed)
        {
            return new Error(ErrorCodes.PeriodNotClosed, $"{periodId} is not closed.");
        }
        if (tenant.Company.Calendar.Months.FirstOrDefault(m => m.No > month.Value.No && tenant.Company.StatusOf(m) != PeriodStatus.Open) is { } later)
        {
            return new Error(ErrorCodes.LaterPeriodClosed, $"{later.Id} is closed: reopen it first.");
        }
        if (store.Read(s => PayoutTable.AnyMoved(s, tenant.No, month.Value.No)))
        {
            return new Error(ErrorCodes.PeriodPayoutsMoved, $"Payouts of {periodId} are in review or beyond.");
        }
        // A crash from here on leaves the month closing, and the next start closes it again: no rep is left between the two.
        await SetStatus(tenant, month.Value, PeriodStatus.Closing, caller);
        await ForEachRep(tenant, rep => rep.Reopen(month.Value.No));
        await SetStatus(tenant, month.Value, PeriodStatus.Open, caller);
        await settlements.SettleAsync(tenant);
        return month;
    }

    private async Task CloseWithinGateAsync(TenantRuntime tenant, FiscalMonth month, Caller? caller)
    {
        await settlements.SettleAsync(tenant);
        // From here on a crash leaves the month closing, and the next start goes on from there.
        await SetStatus(tenant, month, PeriodStatus.Closing, caller);
        await ForEachRep(tenant, rep => rep.Close(month.No));
        await SetStatus(tenant, month, PeriodStatus.Closed, caller);
        await settlements.SettleAsync(tenant);
    }

    private Task SetStatus(TenantRuntime tenant, FiscalMonth month, PeriodStatus status, Caller? caller) =>
        companies.ChangeWithinGateAsync<bool>(tenant, editor =>
        {
            editor.PutPeriod(month.Id, status);
            return true;
        }, caller);

    private Task ForEachRep(TenantRuntime tenant, Func<IRepGrain, Task> action) =>
        GrainCalls.EachAsync([.. Enumerable.Range(0, tenant.Company.Reps.Count)], rep => action(grains.GetGrain<IRepGrain>(GrainKey.Of(tenant.No, rep))));

    private static Result<FiscalMonth> Month(Company company, string periodId) => company.Calendar.Find(periodId) switch
    {
        null => new Error(ErrorCodes.NotFound, $"The calendar has no period {periodId}."),
        { Kind: not PeriodKind.Month } => new Error(ErrorCodes.PeriodNotMonth, $"{periodId} is not a fiscal month."),
        var period => company.Calendar.MonthByNo(period.No)!,
    };
}
