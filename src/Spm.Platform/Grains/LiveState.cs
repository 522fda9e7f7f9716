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
        var calls = new List<Task>(bySubject.Count);
        foreach (var (subject, list) in bySubject)
        {
            calls.Add(subject.Kind == SubjectKind.Rep
                ? grains.GetGrain<IRepGrain>(GrainKey.Of(tenant.No, subject.Subject)).Apply(commit, [.. list])
                : grains.GetGrain<ITerritoryGrain>(GrainKey.Of(tenant.No, subject.Subject)).Apply(commit, [.. list]));
        }
        await Task.WhenAll(calls);
        foreach (var subject in bySubject.Keys)
        {
            if (subject.Kind == SubjectKind.Rep)
            {
                tenant.MarkUnsettled(subject.Subject);
            }
        }
    }
}
