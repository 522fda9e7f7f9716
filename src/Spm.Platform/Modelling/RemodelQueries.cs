using Spm.Compensation.Amounts;
using Spm.Compensation.Expressions;
using Spm.Compensation.Modelling;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Plans;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Modelling;

/// <summary>"What would this plan have cost last year for everyone?" Nothing is written; the code is the one that pays.</summary>
public sealed class RemodelQueries(TenantDirectory tenants, SpmStore store)
{
    private const int Listed = 100;

    public Result<RemodelView> Remodel(Caller caller, string id, RemodelInput input)
    {
        if (caller.Lacks(Scopes.CompanyPerformanceRead) is { } lacking)
        {
            return lacking;
        }
        var company = tenants.Get(caller.Tenant).Company;
        if (company.PlanDocs.ById(id) is not { } plan)
        {
            return new Error(ErrorCodes.NotFound, $"There is no plan '{id}'.");
        }
        if (company.Calendar.YearById(input.Year ?? "") is not { } year)
        {
            return Error.Of("year", ErrorCodes.PeriodUnknown, $"The fiscal calendar has no year '{input.Year}'.");
        }
        var changed = PlanDocuments.Read(input.Document, company, "document/");
        if (!changed.IsOk)
        {
            return changed.Error!;
        }
        try
        {
            return Compare(company, plan, year, CompanyFacts.Bind(changed.Value.Rules, plan, company.MeasureDocs));
        }
        catch (Exception failure) when (failure is OverflowException or ExpressionException)
        {
            return new Error(ErrorCodes.FigureTooLarge, failure.Message);
        }
    }

    private RemodelView Compare(Company company, Entry<PlanDoc> plan, FiscalYear year, Compensation.Engine.PlanRules instead)
    {
        var years = company.Calendar.Years.Where(y => y.Period.From <= year.Period.From).ToList();
        var (numbers, reps) = (new List<int>(), new List<RemodelledRep>());
        store.Read(session =>
        {
            var runs = new RepRuns(session, company);
            for (var rep = 0; rep < company.Reps.Count; rep++)
            {
                if (company.PlansOf(rep, year).Any(p => p?.Plan.Id == plan.Id))
                {
                    numbers.Add(rep);
                    reps.Add(Compensation.Modelling.Remodel.Rep(runs.Of(rep, years), runs.Of(rep, years, instead: instead), year.Id));
                }
            }
            return true;
        });
        // A rep is known by its number here: external ids of two sources may be the same.
        return View(company, year, Compensation.Modelling.Remodel.Of(company.Currency, [.. reps.Select((r, i) => r with { Rep = company.Reps[numbers[i]].Id })]));
    }

    private static RemodelView View(Company company, FiscalYear year, RemodelResult result)
    {
        var currency = company.Currency;
        RemodelledRepView Rep(RemodelledRep rep) => new(
            TransactionViews.Rep(company, company.Reps.ById(rep.Rep)!.No),
            MoneyView.Of(rep.CurrentMinor, currency),
            MoneyView.Of(rep.ChangedMinor, currency),
            MoneyView.Of(rep.DifferenceMinor, currency));
        var (winners, losers) = (result.Winners, result.Losers);
        return new RemodelView(
            year.Id,
            result.Reps.Count,
            Cost(result.Current, currency),
            Cost(result.Changed, currency),
            MoneyView.Of(result.Changed.TotalMinor - result.Current.TotalMinor, currency),
            Points(result.Differences, currency),
            winners.Count,
            [.. winners.Take(Listed).Select(Rep)],
            losers.Count,
            [.. losers.Take(Listed).Select(Rep)]);
    }

    private static PlanCostView Cost(Compensation.Modelling.PlanCost cost, Currency currency) => new(
        MoneyView.Of(cost.TotalMinor, currency),
        Points(cost.Pay, currency),
        cost.AttainmentPoints is { } points ? Shown(points) : null,
        cost.CostPerPointMinor is { } minor ? Shown(minor / new Money(1m, currency).ToMinor()) : null);

    /// <summary>As attainment is: nothing is calculated from it.</summary>
    private static string Shown(decimal exact) => Wire.Amount(decimal.Round(exact, 4, MidpointRounding.ToEven));

    private static IReadOnlyList<DistributionPointView> Points(Distribution distribution, Currency currency) =>
        [.. distribution.Points.Select(p => new DistributionPointView(p.Percent, MoneyView.Of(p.Minor, currency)))];
}
