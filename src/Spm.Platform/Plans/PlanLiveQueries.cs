using Orleans;
using Spm.Platform.Grains;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Plans;

public sealed record PlanRef(string Id, string ExternalId, string Name);

/// <summary>What a plan has cost, by the month it was earned in. A month in which nothing was earned is left out.</summary>
public sealed record PlanLiveView(PlanRef Plan, IReadOnlyList<PlanMonthView> Periods, MoneyView Total);

public sealed record PlanMonthView(string Period, MoneyView Earnings);

/// <summary>One plan as of now. What it costs is in the ledger: reps with changes are settled first.</summary>
public sealed class PlanLiveQueries(TenantDirectory tenants, Settlements settlements, IGrainFactory grains)
{
    public async Task<Result<PlanLiveView>> LiveAsync(Caller caller, string id)
    {
        if (caller.Lacks(Scopes.CompanyPerformanceRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        if (tenant.Company.PlanDocs.ById(id) is not { } plan)
        {
            return new Error(ErrorCodes.NotFound, $"There is no plan '{id}'.");
        }
        await settlements.SettleAsync(tenant);
        var costs = await grains.GetGrain<IPlanGrain>(GrainKey.Of(tenant.No, plan.No)).Live();
        var (calendar, currency) = (tenant.Company.Calendar, tenant.Company.Currency);
        return new PlanLiveView(
            new PlanRef(plan.Id, plan.ExternalId, plan.Doc.Name),
            [.. costs.Where(c => c.Minor != 0).OrderBy(c => c.Month).Select(c => new PlanMonthView(calendar.MonthByNo(c.Month)!.Id, MoneyView.Of(c.Minor, currency)))],
            MoneyView.Of(costs.Sum(c => c.Minor), currency));
    }
}
