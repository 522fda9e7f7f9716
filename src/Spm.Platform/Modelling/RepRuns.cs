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
        RepYear[] calculated = [.. years.Select(y => new RepYear(company.InputsOf(rep, y, instead)))];
        var credits = Array.ConvertAll(calculated, y => company.LooksAtCredits(y.Inputs) ? Credits(rep, y) : null);
        var last = Later(Later(measurements.LastMonth, begunThrough), credits.SelectMany(c => c ?? []).Select(c => (int?)company.Calendar.MonthOf(c.Date)?.No).Max());
        for (var i = 0; i < calculated.Length; i++)
        {
            var year = calculated[i];
            year.Restart(year.Inputs with { Begun = company.MonthsBegun(year.Inputs.Year, last) });
            Fill(year, credits[i], measurements);
            foreach (var line in more ?? [])
            {
                year.Add(line);
            }
            year.Calculate();
        }
        return PayRun.Calculate(calculated);
    }

    private List<CreditLine> Credits(int rep, RepYear year)
    {
        List<CreditLine> lines = [];
        foreach (var month in year.Inputs.Year.Months)
        {
            _credits.ForEach(rep, month, RepCredits.CountsRollUp(year), credit => lines.Add(credit.Line));
        }
        return lines;
    }

    private static void Fill(RepYear year, List<CreditLine>? credits, Measurements measurements)
    {
        foreach (var line in credits ?? [])
        {
            year.Add(line);
        }
        for (var m = 0; credits is null && m < year.Months; m++)
        {
            year.Measure(m, measurements);
        }
    }

    private static int? Later(int? a, int? b) => a is null || b > a ? b : a;
}
