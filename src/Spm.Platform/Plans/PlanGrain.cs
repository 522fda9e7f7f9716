using Orleans;
using Orleans.Concurrency;
using Spm.Compensation.Ledger;
using Spm.Platform.Grains;
using Spm.Platform.Ledger;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Plans;

/// <summary>One plan, live: what it has cost so far, by the month it was earned in.</summary>
public interface IPlanGrain : IGrainWithStringKey
{
    /// <summary>Takes in postings up to a number; those it has already read from the ledger are passed over.</summary>
    [Alias("apply")]
    Task Apply(long lastPosting, PlanCost[] costs);

    [ReadOnly, Alias("live")]
    Task<PlanCost[]> Live();
}

/// <summary>Minor units of the company's currency earned in a fiscal month (its number).</summary>
[GenerateSerializer, Immutable, Alias("spm.plan-cost")]
public readonly record struct PlanCost([property: Id(0)] int Month, [property: Id(1)] long Minor)
{
    public static PlanCost Of(Posting posting) => new(posting.OriginMonth, posting.Debit == LedgerAccounts.CommissionExpense ? posting.Minor : -posting.Minor);
}

public sealed class PlanGrain(TenantDirectory tenants, SpmStore store) : Grain, IPlanGrain
{
    private readonly SortedDictionary<int, long> _costs = [];
    private TenantRuntime _tenant = null!;
    private int _no;
    private long _readThrough;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (var tenant, _no) = GrainKey.Parse(this.GetPrimaryKeyString());
        _tenant = tenants.Get(tenant);
        Read();
        return Task.CompletedTask;
    }

    public Task Apply(long lastPosting, PlanCost[] costs)
    {
        if (lastPosting > _readThrough)
        {
            foreach (var cost in costs)
            {
                _costs[cost.Month] = _costs.GetValueOrDefault(cost.Month) + cost.Minor;
            }
        }
        return Task.CompletedTask;
    }

    public Task<PlanCost[]> Live()
    {
        _tenant.Missed.Catch<IPlanGrain>(_no, Read);
        return Task.FromResult<PlanCost[]>([.. _costs.Where(c => c.Value != 0).Select(c => new PlanCost(c.Key, c.Value))]);
    }

    private void Read()
    {
        var plan = _tenant.Company.PlanDocs[_no].Id;
        (_readThrough, var costs) = store.ReadSnapshot(s => (LedgerTable.LastNo(s), LedgerTable.ByPlan(s, _tenant.No, plan)));
        _costs.Clear();
        foreach (var (month, minor) in costs)
        {
            _costs[month] = minor;
        }
    }
}
