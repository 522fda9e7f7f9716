using Orleans;
using Spm.Compensation.Amounts;
using Spm.Compensation.Incentives;
using Spm.Compensation.Payouts;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Performance;

/// <summary>All reps over a period. Credits come from the store in one query for the page, money from the reps' grains.</summary>
public sealed class PerformanceQueries(TenantDirectory tenants, SpmStore store, IGrainFactory grains)
{
    private const int AtOnce = 256;

    /// <summary>Reps with a plan in the period, in the order they were created.</summary>
    /// <param name="period">A month, quarter or year.</param>
    /// <param name="afterRep">The number of the rep after whom the page begins; -1 for the first page.</param>
    public async Task<Result<IReadOnlyList<(int Rep, RepPerformanceView View)>>> RepsAsync(Caller caller, string? period, long afterRep, int take)
    {
        if (caller.Lacks(Scopes.PerformanceRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        var company = tenant.Company;
        if (period is null || company.Calendar.Find(period) is not { } span)
        {
            return Error.Of("period", ErrorCodes.PeriodUnknown, period is null ? "Give a `period`: a fiscal month, quarter or year." : $"The fiscal calendar has no period '{period}'.");
        }
        var months = company.Calendar.MonthsIn(span).ToArray();
        var reps = Enumerable.Range(0, company.Reps.Count).Where(r => r > afterRep)
            .Select(r => (Rep: r, Plan: LastPlan(company, r, months))).Where(r => r.Plan is not null)
            .Take(take).Select(r => new Standing(r.Rep, r.Plan!)).ToList();
        if (reps.Count == 0)
        {
            return new List<(int, RepPerformanceView)>();
        }
        AddCredits(tenant.No, reps, months);
        List<(int, RepPerformanceView)> rows = new(reps.Count);
        foreach (var chunk in reps.Chunk(AtOnce))
        {
            var positions = await Task.WhenAll(chunk.Select(r => grains.GetGrain<IRepGrain>(GrainKey.Of(tenant.No, r.Rep)).Live()));
            rows.AddRange(chunk.Zip(positions, (rep, position) => (rep.Rep, View(company, rep, position, span, months))));
        }
        return rows;
    }

    private static PlanInEffect? LastPlan(Company company, int rep, FiscalMonth[] months)
    {
        var plans = company.PlansOf(rep, company.Calendar.YearById(months[0].Year.Id)!);
        return months.Select(m => plans[m.Index]).LastOrDefault(p => p is not null);
    }

    private void AddCredits(int tenant, List<Standing> reps, FiscalMonth[] months)
    {
        var byRep = reps.ToDictionary(r => r.Rep);
        store.Read(session =>
        {
            MeasurementTable.ForEachOfReps(session, tenant, reps[0].Rep, reps[^1].Rep, months[0].No, months[^1].No, (key, measurement) =>
            {
                if (byRep.TryGetValue(key.Subject, out var rep) && rep.Component.Measure.No == key.Measure)
                {
                    rep.Credited += rep.Component.Count(measurement);
                }
            });
            return true;
        });
    }

    private static RepPerformanceView View(Company company, Standing rep, RepPosition position, FiscalPeriod span, FiscalMonth[] months)
    {
        var measure = company.MeasureDocs[rep.Component.Measure.No];
        var year = company.Calendar.YearById(months[0].Year.Id)!;
        var (credited, quota) = (TenThousandths.ToDecimal(rep.Credited), company.QuotasOf(rep.Rep).For(measure.No, span, year));
        var numbers = months.Select(m => m.No).ToHashSet();
        var earned = position.Years.SelectMany(y => y.Months).Where(m => numbers.Contains(m.Month.No)).Sum(m => m.IncentiveMinor);
        return new RepPerformanceView(
            TransactionViews.Rep(company, rep.Rep),
            rep.Plan.Plan.Id,
            rep.Plan.Plan.Name,
            rep.Component.Id,
            measure.Id,
            measure.Doc.Name,
            Wire.Amount(credited),
            quota is { } set ? Wire.Amount(set) : null,
            quota is { } against ? Wire.Percent(Rounding.Percent(credited / against)) : null,
            MoneyView.Of(earned, company.Currency),
            MoneyView.Of(months.Sum(m => MonthDue.Of(position, m.No).Due), company.Currency));
    }

    private sealed class Standing(int rep, PlanInEffect plan)
    {
        public int Rep => rep;

        public PlanInEffect Plan => plan;

        public Compensation.Plans.Component Component => plan.Version.Components[0];

        public long Credited { get; set; }
    }
}
