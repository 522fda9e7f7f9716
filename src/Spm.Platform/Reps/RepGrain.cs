using Orleans;
using Orleans.Runtime;
using Spm.Compensation.Attainment;
using Spm.Compensation.Incentives;
using Spm.Compensation.Payouts;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Platform.Performance;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Reps;

/// <summary>Loads, calls the core, persists, publishes. No arithmetic here.</summary>
public sealed class RepGrain(
    [PersistentState("rep", GrainStores.Name)] IPersistentState<RepState> state, TenantDirectory tenants, SpmStore store, PayoutProjection projection) : Grain, IRepGrain
{
    private readonly Dictionary<string, YearStatement> _statements = new(StringComparer.Ordinal);
    private Measurements _measurements = new();
    private RepPosition? _position;
    private TenantRuntime _tenant = null!;
    private int _rep;
    private long _readThrough;
    private long _companyVersion = -1;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (var tenant, _rep) = GrainKey.Parse(this.GetPrimaryKeyString());
        _tenant = tenants.Get(tenant);
        (_readThrough, _measurements) = store.ReadSnapshot(s => (TenantCommits.Current(s), MeasurementTable.Load(s, tenant, SubjectKind.Rep, _rep)));
        if (state.State.Outbox.Count > 0)
        {
            await projection.SendAsync(_tenant, _rep, state.State, Position());
        }
    }

    public Task Apply(long commit, MeasuredChange[] changes)
    {
        if (commit > _readThrough)
        {
            foreach (var change in changes)
            {
                _measurements.Add(change.Measure, change.Month, change.Change);
                _statements.Remove(_tenant.Company.Calendar.MonthByNo(change.Month)!.Year.Id);
            }
            _position = null;
        }
        return Task.CompletedTask;
    }

    public Task<RepPosition> Live() => Task.FromResult(Position());

    public Task Settle() => SettleAsync(Position());

    public async Task Close(int month)
    {
        if (state.State.Settled.Exists(s => s.Month == month))
        {
            return;
        }
        await SettleAsync(Position());
        if (Position().Drafts.FirstOrDefault(d => d.Month == month) is { } draft)
        {
            state.State.Settled.Add(MonthSettled.Of(draft.Close()));
            await WriteAsync();
        }
    }

    public async Task Reopen(int month)
    {
        if (state.State.Settled.RemoveAll(s => s.Month == month) > 0)
        {
            await WriteAsync();
        }
    }

    public Task<IReadOnlyList<ExplainedComponent>> Explain(int month)
    {
        var year = _tenant.Company.Calendar.MonthByNo(month)?.Year.Id;
        var statement = Position().Years.FirstOrDefault(y => y.Year.Id == year);
        if (statement is null)
        {
            return Task.FromResult<IReadOnlyList<ExplainedComponent>>([]);
        }
        var inputs = Inputs(_tenant.Company, statement.Year);
        return Task.FromResult<IReadOnlyList<ExplainedComponent>>(
        [
            .. statement.Months.Single(m => m.Month.No == month).Components.Select(c =>
            {
                var (toDate, before) = IncentiveCalculation.Bands(inputs, c);
                return new ExplainedComponent(c, toDate, before);
            }),
        ]);
    }

    private async Task SettleAsync(RepPosition position)
    {
        state.State.Outbox = [.. position.Differences.Select(d =>
            new OutgoingPosting(++state.State.Postings, IncentiveAmount.Of(d.Origin, d.Minor), d.Month))];
        if (position.Differences.Count > 0)
        {
            state.State.Posted = [.. position.Posted.Where(p => p.Value != 0).Select(p => IncentiveAmount.Of(p.Key, p.Value))];
            await WriteAsync();
        }
        else
        {
            await projection.SendAsync(_tenant, _rep, state.State, position);
        }
    }

    /// <summary>State first, then what follows from it: whatever is lost in between is sent again from the state.</summary>
    private async Task WriteAsync()
    {
        try
        {
            await state.WriteStateAsync();
            _position = null;
            await projection.SendAsync(_tenant, _rep, state.State, Position());
        }
        catch
        {
            // What stands in memory was not stored, or its postings did not all go out: forget it. The next call reads the state
            // afresh and sends its outbox, which a settlement from here would have overwritten.
            DeactivateOnIdle();
            throw;
        }
    }

    private RepPosition Position()
    {
        var company = _tenant.Company;
        if (_companyVersion != company.Version)
        {
            _statements.Clear();
            _position = null;
            _companyVersion = company.Version;
        }
        if (_position is not null)
        {
            return _position;
        }
        // A month that is being closed stays open for this rep until this rep's turn has come.
        var closed = company.Calendar.Months.Where(m => company.StatusOf(m) == PeriodStatus.Closed).Select(m => m.No)
            .Concat(state.State.Settled.Select(s => s.Month)).ToHashSet();
        return _position = RepPosition.Calculate(
            [.. company.Calendar.Years.Select(y => Statement(company, y))],
            state.State.Posted.ToDictionary(p => p.Key, p => p.Minor),
            [.. state.State.Settled.Select(s => s.Facts)],
            closed,
            [.. company.Calendar.Months.Where(m => !closed.Contains(m.No)).Select(m => m.No)]);
    }

    private YearStatement Statement(Company company, Compensation.Periods.FiscalYear year)
    {
        if (!_statements.TryGetValue(year.Id, out var statement))
        {
            _statements.Add(year.Id, statement = IncentiveCalculation.Calculate(Inputs(company, year)));
        }
        return statement;
    }

    private YearInputs Inputs(Company company, Compensation.Periods.FiscalYear year) =>
        new(year, company.PlansOf(_rep, year), _measurements, company.QuotasOf(_rep), company.Currency) { Begun = Begun(company, year) };

    /// <summary>Months up to the last one with a credit of this rep, or that is closed or being closed.</summary>
    private int Begun(Company company, Compensation.Periods.FiscalYear year)
    {
        for (var i = year.Months.Count; i > 0; i--)
        {
            if (_measurements.LastMonth >= year.Months[i - 1].No || company.StatusOf(year.Months[i - 1]) != PeriodStatus.Open)
            {
                return i;
            }
        }
        return 0;
    }
}
