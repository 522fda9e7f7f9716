using Spm.Compensation.Detectors;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Fx;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Detections;

/// <summary>Looks through the deals of a fiscal year, rep by rep, for cut-up deals and for sales crowded at the edges of periods.</summary>
public sealed class DetectionQueries(TenantDirectory tenants, SpmStore store)
{
    /// <summary>From the first sale of a group to its last.</summary>
    private const int SplitDays = 7;

    private const int EdgeDays = 3;

    /// <summary>By rep in the order of creation: the cursor after any finding of a rep leads to the next rep's.</summary>
    public static readonly Keyset<(int Rep, DetectionView View), long> Keys = Keyset.Of<(int Rep, DetectionView View)>("detections", f => f.Rep, first: -1);

    /// <summary>A page holds all of a rep's findings.</summary>
    public Result<DetectionPage> List(Caller caller, string? year, string? rep, Seek<long> seek) => Find(caller, year, rep, seek.From, seek.Count).Then(found =>
    {
        // The last rep of a full page comes whole on the next one, unless it is the only one.
        var last = found.Count >= seek.Count ? found[^1].Rep : -1;
        return new DetectionPage([.. found.Where(f => f.Rep != last || found[0].Rep == last)], HasMore: last >= 0);
    });

    private Result<IReadOnlyList<(int Rep, DetectionView View)>> Find(Caller caller, string? year, string? rep, long afterRep, int take)
    {
        if (caller.Lacks(Scopes.CompanyPerformanceRead) is { } lacking)
        {
            return lacking;
        }
        var company = tenants.Get(caller.Tenant).Company;
        if (year is null)
        {
            return Error.Of("year", ErrorCodes.ParameterInvalid, "Give a `year`: a fiscal year.");
        }
        if (company.Calendar.YearById(year) is not { } fiscal)
        {
            return Error.Of("year", ErrorCodes.PeriodUnknown, $"The fiscal calendar has no year '{year}'.");
        }
        var only = Filters.Reference(company.Reps, "rep", rep, ErrorCodes.RepUnknown);
        if (!only.IsOk)
        {
            return only.Error!;
        }
        List<(int, DetectionView)> found = [];
        store.Read(session =>
        {
            for (var no = (int)Math.Max(afterRep + 1, 0); no < company.Reps.Count && found.Count < take; no++)
            {
                if (only.Value is null || only.Value == no)
                {
                    found.AddRange(In(session, company, no, fiscal).Select(view => (no, view)));
                }
            }
            return true;
        });
        return found;
    }

    private static IEnumerable<DetectionView> In(SqlSession session, Company company, int rep, FiscalYear year)
    {
        if (company.PlansOf(rep, year).LastOrDefault(p => p is not null) is not { } paying)
        {
            return [];
        }
        List<CreditLine> credits = [];
        foreach (var month in year.Months)
        {
            new RepCredits(session, company).ForEach(rep, month, rollUp: false, credit => credits.Add(credit.Line));
        }
        var who = TransactionViews.Rep(company, rep);
        var calendar = new FiscalCalendar([year]);
        var quotas = company.QuotasOf(rep);
        var all = new RepCase(company.Profiles[rep], quotas.Book, credits) { DatedQuotas = quotas.DatedIn(calendar) };
        return [.. Splits(paying.Plan, calendar, all).Select(s => Of(who, s)), .. Edges(paying, credits, calendar).Select(e => Of(who, e))];
    }

    private static IReadOnlyList<SplitDeals> Splits(PlanRules plan, FiscalCalendar calendar, RepCase rep)
    {
        try
        {
            return DealSplitting.Find(plan, calendar, FxRates.None, rep, SplitDays);
        }
        catch (Exception failure) when (failure is OverflowException or ExpressionException)
        {
            // A rep whose figures cannot be calculated stands in the list of problems.
            return [];
        }
    }

    /// <summary>The shortest attainment period of the plan is the one whose edges are worth most often.</summary>
    private static IReadOnlyList<ClusteredDeals> Edges(PlanPaying paying, List<CreditLine> credits, FiscalCalendar calendar) =>
        PeriodEdgeClustering.Find(credits, calendar, paying.Version.Components.Min(c => c.AttainmentPeriod), EdgeDays);

    private static DetectionView Of(RepRef rep, SplitDeals split) => new(
        DetectionKind.SplitDeals, rep, split.Transactions, Wire.Exact(split.Amount), split.Component, split.Account, split.Product, Wire.Exact(split.Gain));

    private static DetectionView Of(RepRef rep, ClusteredDeals deals) => new(
        DetectionKind.PeriodEdge, rep, deals.Transactions, Wire.Exact(deals.Amount), Edge: deals.Edge, Expected: Wire.Exact(decimal.Round(deals.Expected, 2)), Deviations: Wire.Exact(deals.Deviations));
}
