using Orleans;
using Spm.Compensation.Attainment;
using Spm.Platform.Reps;
using Spm.Platform.Tenants;
using Spm.Platform.Territories;

namespace Spm.Platform.Grains;

/// <summary>Carries committed changes of measurements to the grains that hold them live. Completes when all of them answer with the change.</summary>
public sealed class LiveState(IGrainFactory grains)
{
    public async Task PublishAsync(TenantRuntime tenant, long commit, MeasurementChanges changes)
    {
        var bySubject = new Dictionary<(SubjectKind Kind, int Subject), List<MeasuredChange>>();
        foreach (var (key, change) in changes.All)
        {
            if (!change.IsEmpty || key.Measure == MeasurementChanges.AnyCredit)
            {
                if (!bySubject.TryGetValue((key.Kind, key.Subject), out var list))
                {
                    bySubject.Add((key.Kind, key.Subject), list = []);
                }
                list.Add(MeasuredChange.Of(key, change));
            }
        }
        try
        {
            await GrainCalls.EachAsync(bySubject, s => ApplyAsync(tenant, s.Key.Kind, s.Key.Subject, commit, [.. s.Value]));
        }
        finally
        {
            foreach (var subject in bySubject.Keys.Where(s => s.Kind == SubjectKind.Rep))
            {
                tenant.MarkUnsettled(subject.Subject);
            }
        }
    }

    private Task ApplyAsync(TenantRuntime tenant, SubjectKind kind, int subject, long commit, MeasuredChange[] changes)
    {
        var key = GrainKey.Of(tenant.No, subject);
        return kind == SubjectKind.Rep
            ? tenant.Missed.TellAsync<IRepGrain>(subject, () => grains.GetGrain<IRepGrain>(key).Apply(commit, changes))
            : tenant.Missed.TellAsync<ITerritoryGrain>(subject, () => grains.GetGrain<ITerritoryGrain>(key).Apply(commit, changes));
    }
}
