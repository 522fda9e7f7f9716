using Spm.Compensation.Engine;
using Spm.Compensation.Fx;
using Spm.Compensation.Groups;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.PayRuns;

/// <summary>All that one rep's payouts depend on, but the plan.</summary>
public sealed record RepCase(RepProfile Rep, QuotaBook Quotas, IReadOnlyList<CreditLine> Credits)
{
    /// <summary>Quotas set anew within their period.</summary>
    public IReadOnlyList<DatedQuota> DatedQuotas { get; init; } = [];

    /// <summary>By month number, in the plan's currency.</summary>
    public IReadOnlyList<(int Month, decimal Amount, string Reason)> Adjustments { get; init; } = [];
}

/// <summary>A plan for many reps through all years of a calendar, SPIFF budgets shared: the tests of plans, estimates and models all run through here.</summary>
public static class PopulationRun
{
    /// <returns>For each rep, in the order given.</returns>
    public static IReadOnlyList<PayRun> Calculate(PlanRules plan, FiscalCalendar calendar, FxRates rates, IReadOnlyList<RepCase> reps)
    {
        IReadOnlyList<IReadOnlyList<RepYear>> years = EarningsUpTheLine.AreCounted(plan) ? UpTheLine(plan, calendar, rates, reps) : [.. reps.Select(r => Years(plan, calendar, rates, r))];
        GroupFigures.Give(years);
        var cuts = SpiffBudgets.Share(years);
        return [.. reps.Select((rep, i) => PayRun.Calculate(years[i], rep.Adjustments, cuts[i]))];
    }

    /// <summary>Who reports before whom they report to, whose credits then hold what was earned below.</summary>
    private static IReadOnlyList<IReadOnlyList<RepYear>> UpTheLine(PlanRules plan, FiscalCalendar calendar, FxRates rates, IReadOnlyList<RepCase> reps)
    {
        var years = new IReadOnlyList<RepYear>[reps.Count];
        List<CreditLine>[] earned = [.. reps.Select(_ => new List<CreditLine>())];
        var line = new ReportingLine([.. reps.Select(r => r.Rep)]);
        foreach (var rep in line.BottomUp())
        {
            years[rep] = Years(plan, calendar, rates, reps[rep] with { Credits = [.. reps[rep].Credits, .. earned[rep]] });
            var level = 0;
            foreach (var manager in line.Above(rep))
            {
                earned[manager].AddRange(EarningsUpTheLine.Of(reps[rep].Rep, years[rep], ++level));
            }
        }
        return years;
    }

    private static List<RepYear> Years(PlanRules plan, FiscalCalendar calendar, FxRates rates, RepCase rep)
    {
        List<RepYear> years = [];
        foreach (var year in calendar.Years)
        {
            var paying = year.Months.Select(m => PlanPaying.Of(plan, rep.Rep, m, calendar)).ToList();
            var calculated = new RepYear(new RepYearInputs(year, rep.Rep, paying, rep.Quotas)
            {
                KeepsDeals = true,
                DatedQuotas = rep.DatedQuotas,
                Calendar = calendar,
                FxRates = rates,
            });
            foreach (var line in rep.Credits)
            {
                calculated.Add(line);
            }
            calculated.Calculate();
            years.Add(calculated);
        }
        return years;
    }
}
