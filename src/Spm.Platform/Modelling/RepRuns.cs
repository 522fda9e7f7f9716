using Spm.Compensation.Attainment;
using Spm.Compensation.Engine;
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

    /// <param name="years">In order of time, none missing between two.</param>
    /// <param name="begunThrough">The number of a month that has begun whether or not something is credited in it.</param>
    /// <param name="instead">Another plan in the place of the company's plan of the same id.</param>
    /// <param name="more">Credits that nobody has sent yet.</param>
    public PayRun Of(int rep, IReadOnlyList<FiscalYear> years, int? begunThrough = null, PlanRules? instead = null, IReadOnlyList<CreditLine>? more = null)
    {
        var measurements = MeasurementTable.Load(session, company.Tenant, SubjectKind.Rep, rep);
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
        return PayRun.Calculate(calculated);
    }

    private static int? Later(int? a, int? b) => a is null || b > a ? b : a;
}
