using Spm.Compensation.Attainment;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Groups;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Performance;
using Spm.Platform.Reps;
using Spm.Storage;

namespace Spm.Platform.Modelling;

/// <summary>
/// Pay runs of reps as they would be, by the engine that pays and from the same sums and credits. Nothing is kept and nothing is written.
/// </summary>
internal sealed class RepRuns(SqlSession session, Company company)
{
    private readonly RepCredits _credits = new(session, company);
    private readonly Dictionary<PlanRules, GroupFigures> _figures = new(ReferenceEqualityComparer.Instance);

    /// <param name="years">In order of time, none missing between two.</param>
    /// <param name="begunThrough">The number of a month that has begun whether or not something is credited in it.</param>
    /// <param name="instead">Another plan in the place of the company's plan of the same id.</param>
    /// <param name="more">Credits that nobody has sent yet.</param>
    public PayRun Of(int rep, IReadOnlyList<FiscalYear> years, int? begunThrough = null, PlanRules? instead = null, IReadOnlyList<CreditLine>? more = null)
    {
        var calculated = Years(rep, years, begunThrough, instead, more);
        List<SpiffCut> cuts = [];
        foreach (var plan in calculated.SelectMany(y => y.States).Where(s => s.Version.LooksAtOthers).Select(s => s.Plan).DistinctBy(p => p.Id))
        {
            var seen = Figures(plan, years, RepShare.Of(calculated, plan.Id, rep), isAsItIs: more is not { Count: > 0 } && begunThrough is null).For(rep);
            seen.Give(calculated, plan.Id);
            cuts.AddRange(seen.Cuts.Select(c => c.ToSpiffCut()));
        }
        return PayRun.Calculate(calculated, spiffCuts: cuts);
    }

    /// <summary>
    /// What reps bring to the groups and budgets of a plan. Null for a rep whose figures cannot be calculated: it must not stop the pay of all others, and is
    /// listed as a problem by itself.
    /// </summary>
    public IReadOnlyList<(int Rep, RepShare? Share)> Shares(PlanRules plan, IReadOnlyList<FiscalYear> years, IEnumerable<int> reps) =>
        [.. reps.Select(rep => (rep, Share(plan, years, rep)))];

    private RepShare? Share(PlanRules plan, IReadOnlyList<FiscalYear> years, int rep)
    {
        try
        {
            return RepShare.Of(Years(rep, years, instead: plan), plan.Id, rep);
        }
        catch (Exception failure) when (failure is OverflowException or ExpressionException)
        {
            return null;
        }
    }

    /// <param name="own">Of the rep that is asked for, as it would be.</param>
    /// <param name="isAsItIs">Whether that is how the store has it: then the figures are those of every other rep as well.</param>
    private GroupFigures Figures(PlanRules plan, IReadOnlyList<FiscalYear> years, RepShare own, bool isAsItIs)
    {
        if (isAsItIs && _figures.TryGetValue(plan, out var known))
        {
            return known;
        }
        var others = company.RepsOn(company.PlanDocs.ById(plan.Id)!.No).Where(rep => rep != own.No);
        var figures = GroupFigures.Of(plan, [.. Shares(plan, years, others).Select(s => s.Share).OfType<RepShare>(), own]);
        if (isAsItIs)
        {
            _figures.Add(plan, figures);
        }
        return figures;
    }

    /// <summary>The same as far as the rep alone is concerned: what depends on groups or shared budgets is calculated when they are known.</summary>
    public IReadOnlyList<RepYear> Years(int rep, IReadOnlyList<FiscalYear> years, int? begunThrough = null, PlanRules? instead = null, IReadOnlyList<CreditLine>? more = null)
    {
        var measurements = MeasurementTable.Load(session, company.Tenant, SubjectKind.Rep, rep).Measurements;
        List<RepYear> calculated = [.. years.Select(y => new RepYear(company.InputsOf(rep, y, instead)))];
        var follows = calculated.Exists(y => Company.FollowsDeals(y.Inputs));
        var rollUp = calculated.Exists(RepCredits.CountsRollUp);
        var credits = calculated.ConvertAll(y => follows || company.LooksAtCredits(y.Inputs) ? y.Inputs.Year.Months.SelectMany(m => _credits.Of(rep, m, rollUp)).ToList() : []);
        var last = Later(Later(measurements.LastMonth, begunThrough), credits.SelectMany(c => c).Select(c => (int?)company.Calendar.MonthOf(c.Date)?.No).Max());
        for (var i = 0; i < calculated.Count; i++)
        {
            var year = calculated[i];
            year.Restart(year.Inputs with { Begun = company.MonthsBegun(year.Inputs.Year, last) });
            year.Fill(!company.LooksAtCredits(year.Inputs) ? null : Company.FollowsDeals(year.Inputs) ? credits.SelectMany(c => c) : credits[i], measurements);
            foreach (var line in more ?? [])
            {
                year.Add(line);
            }
            year.Calculate();
        }
        return calculated;
    }

    private static int? Later(int? a, int? b) => a is null || b > a ? b : a;
}
