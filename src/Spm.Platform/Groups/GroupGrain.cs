using Orleans;
using Spm.Compensation.Groups;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Platform.Modelling;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Groups;

/// <summary>Loads what changed, calls the core, answers. No arithmetic here.</summary>
public sealed class GroupGrain(TenantDirectory tenants, SpmStore store) : Grain, IGroupGrain
{
    private readonly HashSet<int> _changed = [];
    private Dictionary<int, RepShare> _shares = [];
    private HashSet<int> _reps = [];
    private GroupFigures _figures = GroupFigures.None;
    private TenantRuntime _tenant = null!;
    private int _plan;
    private long _companyVersion = -1;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (var tenant, _plan) = GrainKey.Parse(this.GetPrimaryKeyString());
        _tenant = tenants.Get(tenant);
        return Task.CompletedTask;
    }

    public Task<int[]> Refresh(int[] reps)
    {
        var company = _tenant.Company;
        Load(company, reps);
        int[] changed = [.. _changed];
        _changed.Clear();
        return Task.FromResult(changed);
    }

    public Task<SeenGroups> Of(int rep)
    {
        var company = _tenant.Company;
        Load(company, []);
        return Task.FromResult(SeenGroups.Of(company.Version, _figures.For(rep)));
    }

    /// <summary>Under another version of the company everybody is read anew; what that changes waits for the next refresh.</summary>
    private void Load(Company company, int[] reps)
    {
        var anew = company.Version != _companyVersion;
        var plan = company.Plans[_plan];
        HashSet<int> members = anew ? [.. company.RepsOn(_plan)] : _reps;
        int[] asked = anew ? [.. members] : [.. reps.Where(members.Contains)];
        if (!anew && asked.Length == 0)
        {
            return;
        }
        var shares = anew ? [] : new Dictionary<int, RepShare>(_shares);
        foreach (var (rep, share) in store.Read(session => new RepRuns(session, company).Shares(plan, company.Calendar.Years, asked)))
        {
            if (share is null)
            {
                shares.Remove(rep);
            }
            else
            {
                shares[rep] = share;
            }
        }
        var figures = GroupFigures.Of(plan, shares.Values);
        _changed.UnionWith(figures.Differ(_figures));
        (_reps, _shares, _figures, _companyVersion) = (members, shares, figures, company.Version);
    }
}
