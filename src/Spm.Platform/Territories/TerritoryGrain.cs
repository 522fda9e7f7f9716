using Orleans;
using Orleans.Concurrency;
using Spm.Compensation.Attainment;
using Spm.Platform.Grains;
using Spm.Platform.Performance;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Territories;

/// <summary>One territory, live: its own transactions and those of the territories below, by measure and month.</summary>
public interface ITerritoryGrain : IGrainWithStringKey
{
    /// <summary>Takes in changes of a commit; those it has already read from the store are passed over.</summary>
    [Alias("apply")]
    Task Apply(long commit, MeasuredChange[] changes);

    [ReadOnly, Alias("live")]
    Task<MeasuredChange[]> Live();
}

public sealed class TerritoryGrain(TenantDirectory tenants, SpmStore store) : Grain, ITerritoryGrain
{
    private Measurements _measurements = new();
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

    public Task Apply(long commit, MeasuredChange[] changes)
    {
        if (commit > _readThrough)
        {
            foreach (var change in changes)
            {
                _measurements.Add(change.Measure, change.Month, change.Change);
            }
        }
        return Task.CompletedTask;
    }

    public Task<MeasuredChange[]> Live()
    {
        _tenant.Missed.Catch<ITerritoryGrain>(_no, Read);
        return Task.FromResult<MeasuredChange[]>([.. _measurements.All().Select(m => MeasuredChange.Of(new MeasurementKey(SubjectKind.Territory, 0, m.Measure, m.Month), m.Value))]);
    }

    private void Read() => (_readThrough, _, _measurements) = store.Read(s => MeasurementTable.Load(s, _tenant.No, SubjectKind.Territory, _no));
}
