using Orleans;
using Spm.Compensation.Amounts;
using Spm.Compensation.Crediting;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Performance;

/// <summary>All reps over a period. Credits come from the store in one query for the page, money from the reps' grains.</summary>
public sealed class PerformanceQueries(TenantDirectory tenants, Settlements settlements, SpmStore store, IGrainFactory grains)
{
    public static readonly Keyset<(int Rep, RepPerformanceView View), long> Keys = Keyset.Of<(int Rep, RepPerformanceView View)>("performance", r => r.Rep, first: -1);

    /// <summary>Reps with a plan in the period, in the order they were created.</summary>
    /// <param name="period">A month, quarter or year.</param>
    /// <param name="only">Narrows the reps, by their numbers; null does not.</param>
    public async Task<Result<IReadOnlyList<(int Rep, RepPerformanceView View)>>> RepsAsync(Caller caller, string? period, Seek<long> seek, Func<int, bool>? only = null)
    {
        var asked = Asked(caller, period);
        if (asked.Error is { } refused)
        {
            return refused;
        }
        var (tenant, (company, span)) = (tenants.Get(caller.Tenant), asked.Value);
        var months = company.Calendar.MonthsIn(span).ToArray();
        var reps = Paid(caller, company, span, months, seek).Where(r => only?.Invoke(r.Rep) != false).Take(seek.Count).Select(r => new Standing(r.Rep, r.Plan)).ToList();
        if (reps.Count == 0)
        {
            return Array.Empty<(int, RepPerformanceView)>();
        }
        if (company.SharedPlans.Count > 0)
        {
            await settlements.SettleAsync(tenant);
        }
        AddCredits(tenant.No, reps, months);
        var rows = new (int, RepPerformanceView)[reps.Count];
        await GrainCalls.EachAsync([.. reps.Index()], async r =>
            rows[r.Index] = (r.Item.Rep, View(company, r.Item, await grains.GetGrain<IRepGrain>(GrainKey.Of(tenant.No, r.Item.Rep)).Live(), span, months)));
        return rows;
    }

    /// <summary>How many reps of the period the caller sees.</summary>
    public Result<long> Count(Caller caller, string? period) => Asked(caller, period).Then(
        asked => Paid(caller, asked.Company, asked.Span, [.. asked.Company.Calendar.MonthsIn(asked.Span)], new Seek<long>(Keys.First, int.MaxValue)).LongCount());

    private Result<(Company Company, FiscalPeriod Span)> Asked(Caller caller, string? period)
    {
        if (caller.Lacks(Scopes.PerformanceRead) is { } lacking)
        {
            return lacking;
        }
        var company = tenants.Get(caller.Tenant).Company;
        return period is null ? Error.Of("period", ErrorCodes.PeriodUnknown, "Give a `period`: a fiscal month, quarter or year.")
            : company.Calendar.Find(period) is { } span ? (company, span)
            : Error.Of("period", ErrorCodes.PeriodUnknown, $"The fiscal calendar has no period '{period}'.");
    }

    /// <summary>Whom a plan pays in the period, of those whom the caller sees, from where somebody reads on.</summary>
    private static IEnumerable<(int Rep, PlanPaying Plan)> Paid(Caller caller, Company company, FiscalPeriod span, FiscalMonth[] months, Seek<long> seek)
    {
        var sight = Sight.Of(caller, company);
        var numbers = Enumerable.Range(0, company.Reps.Count);
        return from rep in seek.Backward ? numbers.Reverse().SkipWhile(r => r >= seek.From) : numbers.SkipWhile(r => r <= seek.From)
               where sight.Sees(rep, span)
               let plan = LastPlan(company, rep, months)
               where plan is not null
               select (rep, plan);
    }

    private static PlanPaying? LastPlan(Company company, int rep, FiscalMonth[] months)
    {
        var plans = company.PlansOf(rep, company.Calendar.YearById(months[0].Year.Id)!);
        return months.Select(m => plans[m.Index]).LastOrDefault(p => p is not null);
    }

    private void AddCredits(int tenant, List<Standing> reps, FiscalMonth[] months)
    {
        var byRep = reps.ToDictionary(r => r.Rep);
        store.Read(session =>
        {
            MeasurementTable.ForEachOfReps(session, tenant, reps.Min(r => r.Rep), reps.Max(r => r.Rep), months[0].No, months[^1].No, (key, measurement) =>
            {
                if (byRep.TryGetValue(key.Subject, out var rep) && rep.Measure?.No == key.Measure)
                {
                    rep.Summed += measurement.Of(rep.Credits);
                }
            });
            return true;
        });
    }

    private static RepPerformanceView View(Company company, Standing rep, LiveRep live, FiscalPeriod span, FiscalMonth[] months)
    {
        var year = company.Calendar.YearById(months[0].Year.Id)!;
        var numbers = months.Select(m => m.No).ToHashSet();
        var statements = live.Months.Where(m => numbers.Contains(m.Month)).ToList();
        var credited = rep.Measure is null ? (decimal?)null
            : !company.LooksAtCredits(rep.Plan.Version) ? TenThousandths.ToDecimal(rep.Summed)
            : statements.SelectMany(m => m.Components).Where(c => c.Component == rep.Component.Id && c.Measure == rep.Measure.No).Sum(c => c.Month);
        var quota = rep.Measure is null ? null : company.QuotaOf(rep.Rep, rep.Measure.No, span, year);
        var measure = rep.Measure is null ? null : company.MeasureDocs[rep.Measure.No];
        return new RepPerformanceView(
            TransactionViews.Rep(company, rep.Rep),
            rep.Plan.Plan.Id,
            rep.Plan.Plan.Name,
            rep.Component.Id,
            measure?.Id,
            measure?.Doc.Name,
            credited is { } sum ? Wire.Exact(sum) : null,
            quota is { } set ? Wire.Amount(set) : null,
            credited / quota is { } attainment ? Wire.Percent(Rounding.Percent(attainment)) : null,
            MoneyView.Of(statements.Sum(m => m.DueMinor), company.Currency),
            MoneyView.Of(months.Sum(m => live.DueOf(m.No).Due), company.Currency));
    }

    private sealed class Standing(int rep, PlanPaying plan)
    {
        public int Rep => rep;

        public PlanPaying Plan => plan;

        /// <summary>The first one of the document that counts credits, else the first.</summary>
        public ComponentRule Component { get; } =
            plan.Version.Shown.Select(c => plan.Version.Components[c]).FirstOrDefault(c => c.Tally != ComponentRule.NoTally) ?? plan.Version.Components[plan.Version.Shown[0]];

        public MeasureRule? Measure => plan.Version.MeasureOf(Component);

        public CreditSources Credits => Measure is null ? CreditSources.None : plan.Version.Tallies[Component.Tally].Credits;

        public long Summed { get; set; }
    }
}
