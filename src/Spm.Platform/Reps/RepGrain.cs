using Orleans;
using Orleans.Runtime;
using Spm.Compensation.Attainment;
using Spm.Compensation.Explain;
using Spm.Compensation.Payouts;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Platform.Groups;
using Spm.Platform.Payouts.Explaining;
using Spm.Platform.Performance;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Reps;

/// <summary>Loads, calls the core, persists, publishes. No arithmetic here.</summary>
public sealed class RepGrain(
    [PersistentState(RepStates.Name, GrainStores.Name)] IPersistentState<RepState> state, TenantDirectory tenants, SpmStore store, PayoutProjection projection, IGrainFactory grains) : Grain, IRepGrain
{
    private RepYears _years = null!;
    private RepStanding? _standing;
    private TenantRuntime _tenant = null!;
    private Company _company = null!;
    private int _rep;
    private long _readThrough;
    private ProjectedRep? _projected;
    private long _companyVersion = -1;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (var tenant, _rep) = GrainKey.Parse(this.GetPrimaryKeyString());
        _tenant = tenants.Get(tenant);
        Read();
        if (state.State.Outbox.Count > 0)
        {
            await ProjectAsync((await StandingAsync()).Position);
        }
    }

    public Task Apply(long commit, MeasuredChange[] changes)
    {
        if (commit > _readThrough)
        {
            foreach (var change in changes)
            {
                _years.Apply(_tenant.Company, change);
            }
            _standing = null;
        }
        return Task.CompletedTask;
    }

    public async Task<LiveRep> Live()
    {
        var standing = await StandingAsync();
        Rest();
        return LiveRep.Of(standing.Position);
    }

    public async Task Settle()
    {
        await SettleAsync(await StandingAsync());
        Rest();
    }

    public async Task Close(int month)
    {
        if (state.State.Settled.Exists(s => s.Month == month))
        {
            return;
        }
        var standing = await SettleAsync(await StandingAsync());
        if (standing.Position.Drafts.FirstOrDefault(d => d.Month == month) is { } draft)
        {
            state.State.Settled.Add(MonthSettled.Of(draft.Close()));
            await WriteAsync(standing);
        }
    }

    public async Task Reopen(int month)
    {
        var standing = await StandingAsync();
        if (state.State.Settled.RemoveAll(s => s.Month == month) > 0)
        {
            await WriteAsync(standing);
        }
    }

    public async Task<ExplainedMonth?> Explain(int month)
    {
        var (_, run, position) = await StandingAsync();
        var statement = position.Years.SelectMany(y => y.Months).FirstOrDefault(m => m.Month.No == month);
        if (statement is null || run is null)
        {
            return null;
        }
        var at = run.Months.Select((m, i) => (m.Month.No, Index: i)).First(m => m.No == month).Index;
        var year = run.Years.Single(y => y.Inputs.Year.Id == statement.Month.Year.Id);
        return new ExplainedMonth(
            [
                .. statement.Components.Select(c => new ExplainedComponent(
                    LiveComponent.Of(c),
                    c.SoldOn?.ToDictionary(),
                    CalculationView.Of(Explanations.OfIncentive(year, statement.Month.Index, c.Component.Id)!),
                    CalculationView.OrNull(Explanations.OfAttainment(year, statement.Month.Index, c.Component.Id)))),
            ],
            CalculationView.Of(Explanations.OfPay(run, at)),
            CalculationView.OrNull(SettlementExplanation.Of(run, position, at)));
    }

    /// <returns>As it stands once the difference is posted.</returns>
    private async Task<RepStanding> SettleAsync(RepStanding standing)
    {
        var position = standing.Position;
        state.State.Outbox = [.. position.Differences.Select(d =>
            new OutgoingPosting(++state.State.Postings, PayAmount.Of(d.Origin, d.Minor), d.Month))];
        if (position.Differences.Count > 0)
        {
            state.State.Posted = [.. position.Posted.Where(p => p.Value != 0).Select(p => PayAmount.Of(p.Key, p.Value))];
            return await WriteAsync(standing);
        }
        await ProjectAsync(position);
        return standing;
    }

    /// <summary>State first, then what follows from it: whatever is lost in between is sent again from the state.</summary>
    /// <returns>As it stands with the state that was written.</returns>
    private async Task<RepStanding> WriteAsync(RepStanding standing)
    {
        try
        {
            await state.WriteStateAsync();
            var after = standing.After(state.State);
            // A change that came meanwhile belongs to the next settlement.
            _standing = ReferenceEquals(_standing, standing) ? after : null;
            await ProjectAsync(after.Position);
            return after;
        }
        catch
        {
            // What stands in memory was not stored, or its postings did not all go out: forget it. The next call reads the state
            // afresh and sends its outbox, which a settlement from here would have overwritten.
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>A rep of whom nothing is to be said that does not stand already costs no commit: most of a file of new reps are such.</summary>
    private async Task ProjectAsync(RepPosition position)
    {
        // Whatever becomes of it: only what is known to have gone out is held to stand.
        var stands = _projected;
        _projected = null;
        _projected = await projection.SendAsync(_tenant, _rep, state.State, position, stands);
    }

    /// <summary>Measurements as the store has them: changes up to there are passed over when they come.</summary>
    private void Read()
    {
        (_readThrough, var hasProblems, var measurements) = store.Read(s => MeasurementTable.Load(s, _tenant.No, SubjectKind.Rep, _rep));
        _years = new RepYears(store, _rep, measurements);
        // Payouts are of what the state remembers.
        _projected = !state.RecordExists && !hasProblems ? ProjectedRep.Nothing : null;
        _companyVersion = -1;
    }

    /// <summary>Under the company as it stands now, with what the rep sees of groups and shared budgets under the same company.</summary>
    private async ValueTask<RepStanding> StandingAsync()
    {
        _tenant.Missed.Catch<IRepGrain>(_rep, Read);
        var company = _tenant.Company;
        List<(string Plan, SeenGroups Seen)> seen = [];
        foreach (var plan in company.SharedPlansOf(_rep))
        {
            seen.Add((company.Plans[plan].Id, await grains.GetGrain<IGroupGrain>(GrainKey.Of(_tenant.No, plan)).Of(_rep)));
        }
        if (seen.Exists(s => s.Seen.CompanyVersion != company.Version))
        {
            // The company changed meanwhile: figures of two companies do not go together.
            return await StandingAsync();
        }
        Enter(company);
        foreach (var (plan, groups) in seen)
        {
            if (_years.See(plan, groups.ToGroups()))
            {
                _standing = null;
            }
        }
        return _standing ??= RepStanding.Of(_company, _years, state.State);
    }

    private void Enter(Company company)
    {
        _company = company;
        if (_companyVersion != company.Version)
        {
            _years.Forget();
            _standing = null;
            _companyVersion = company.Version;
        }
    }

    /// <summary>A rep to whom nothing is credited keeps no worked-out years in memory: there are many, and theirs are worked out in no time.</summary>
    private void Rest()
    {
        if (!_years.HasCredits)
        {
            _standing = null;
            _years.Restart();
        }
    }
}
