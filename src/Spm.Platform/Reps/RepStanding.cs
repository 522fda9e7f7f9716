using Spm.Compensation.Expressions;
using Spm.Compensation.Payouts;
using Spm.Compensation.PayRuns;
using Spm.Platform.Companies;

namespace Spm.Platform.Reps;

/// <summary>
/// Where a rep stands under a company: what the rep's years pay, held against what was posted and settled before. A function of what it is given, so that
/// whoever proves a rep comes to the same figures as the grain that posts them.
/// </summary>
/// <param name="Run">Null where there is no calendar, or the figures cannot be calculated.</param>
internal sealed record RepStanding(PayRun? Run, RepPosition Position)
{
    public static RepStanding Of(Company company, RepYears years, RepState state)
    {
        // A month that is being closed stays open for this rep until this rep's turn has come.
        var closed = company.Calendar.Months.Where(m => company.StatusOf(m) == PeriodStatus.Closed).Select(m => m.No)
            .Concat(state.Settled.Select(s => s.Month)).ToHashSet();
        var posted = state.Posted.ToDictionary(p => p.Key, p => p.Minor);
        SettledMonth[] settled = [.. state.Settled.Select(s => s.Facts)];
        int[] open = [.. company.Calendar.Months.Where(m => !closed.Contains(m.No)).Select(m => m.No)];
        try
        {
            var run = company.Calendar.Years.Count == 0 ? null : PayRun.Calculate(years.Of(company), spiffCuts: years.Cuts);
            return new RepStanding(run, RepPosition.Calculate(run is null ? [] : Statements.Of(run), posted, settled, closed, open));
        }
        catch (Exception failure) when (failure is OverflowException or ExpressionException)
        {
            // One rep with absurd figures must not stop everybody's pay. Nothing of it moves until the figures are mended.
            years.Restart();
            return new RepStanding(null, RepPosition.Unknown(failure.Message, posted, settled, closed, open));
        }
    }
}
