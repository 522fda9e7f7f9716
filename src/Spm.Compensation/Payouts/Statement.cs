using Spm.Compensation.Amounts;
using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Payouts;

/// <summary>A component in a month as it was calculated.</summary>
/// <param name="Figures">In units of the measure, money in the plan's currency; exact.</param>
/// <param name="EarnedBefore">What it had earned a month ago in the same measurement period.</param>
public sealed record ComponentStatement(PayKey Key, PlanPaying Plan, ComponentRule Component, MeasureRule? Measure, ComponentFigures Figures, decimal EarnedBefore)
{
    /// <summary>The month's incentive in minor units, as it is paid.</summary>
    public long Minor { get; init; }

    /// <summary>Where it counts the deals of some days: the day of sale of each deal that is refunded in the month.</summary>
    public IReadOnlyDictionary<string, DateOnly>? SoldOn { get; init; }

    /// <summary>Which figure is missing where it stands still for want of one, or what would help; null where that is not known.</summary>
    public string? Lacking { get; init; }

    /// <summary>Credits of the month that it counts and whose value is not known: they count in none of its figures.</summary>
    public IReadOnlyList<UnknownValue> UnknownValues { get; init; } = [];

    /// <summary>
    /// Something is credited, and for want of a figure nothing can be said about its pay. Where the quota grows by month, so does what earlier
    /// credits stand against: then a month without credits of its own is not known either.
    /// </summary>
    public bool IsUnknown =>
        Figures.LacksAFigure
        && (Figures.Month != 0m || (Component.Quota == QuotaUse.ToDate && Figures.ToDate != 0m) || Component.Tally == ComponentRule.NoTally);
}

/// <summary>A line of a month's pay: all that bears its name, together.</summary>
/// <param name="Exact">In the plan's currency.</param>
/// <param name="Minor">As it is paid: the month's cents are laid on its lines.</param>
public sealed record StatementLine(PayKey Key, decimal Exact, long Minor);

/// <param name="Begun">False while nothing is credited to the rep in this month or a later one and it is not being closed: it pays nothing yet.</param>
/// <param name="Components">Of the plan that pays the month, in the order of its document.</param>
/// <param name="Lines">They sum to <paramref name="DueMinor"/>. A line of nothing is left out.</param>
public sealed record MonthStatement(
    FiscalMonth Month, PlanPaying? Plan, bool Begun, IReadOnlyList<ComponentStatement> Components, IReadOnlyList<StatementLine> Lines, long DueMinor);

public sealed record YearStatement(FiscalYear Year, IReadOnlyList<MonthStatement> Months);

/// <summary>
/// What a pay run came to, by month and line. Rounding: what is due of a year to date is rounded once, half to even, and a month is paid the
/// difference of two such figures (<see cref="YearToDate"/>); its cents are laid on its lines (<see cref="Allocation.ToTotal"/>).
/// </summary>
public static class Statements
{
    public static IReadOnlyList<YearStatement> Of(PayRun run)
    {
        List<YearStatement> years = [];
        var at = 0;
        foreach (var year in run.Years)
        {
            List<MonthStatement> months = [];
            for (var m = 0; m < year.Months; m++, at++)
            {
                months.Add(Month(run, year, at, m));
            }
            years.Add(new YearStatement(year.Inputs.Year, months));
        }
        return years;
    }

    private static MonthStatement Month(PayRun run, RepYear year, int at, int m)
    {
        var month = run.Months[at];
        var lines = Lines(run, at);
        List<ComponentStatement> components = [];
        if (year.Paying(m) is { } state)
        {
            foreach (var c in state.Version.Shown)
            {
                var rule = state.Version.Components[c];
                var key = new PayKey(month.Month.No, state.Plan.Id, rule.Id);
                var before = state.FirstOf(m, rule.MeasurementPeriod) == m ? 0m : state.Figures(m - 1, c).Earned;
                components.Add(new ComponentStatement(key, month.Paying!, rule, state.Version.MeasureOf(rule), state.Figures(m, c), before)
                {
                    Lacking = state.Figures(m, c).LacksAFigure ? WhyStill.Detail(state, m, c) : null,
                    UnknownValues = state.UnknownIn(m, c),
                    Minor = lines.FirstOrDefault(l => l.Key == key)?.Minor ?? 0,
                    SoldOn = rule.Tally != ComponentRule.NoTally && state.Version.Tallies[rule.Tally].Dates is not null ? state.Deals.SoldOn(rule.Tally, m) : null,
                });
            }
        }
        return new MonthStatement(month.Month, month.Paying, month.Begun, components, lines, month.DueMinor);
    }

    private static IReadOnlyList<StatementLine> Lines(PayRun run, int at)
    {
        var month = run.Months[at];
        if (month.Lines.Count == 0 && month.DueMinor == 0)
        {
            return [];
        }
        // What is released or clawed back after the last month on a plan goes under that plan.
        var plan = run.PlanOf(at)!.Plan;
        List<(PayKey Key, decimal Exact)> lines = [];
        foreach (var line in month.Lines)
        {
            var key = new PayKey(month.Month.No, plan.Id, line.Component ?? "", line.Kind);
            var known = lines.FindIndex(l => l.Key == key);
            if (known < 0)
            {
                lines.Add((key, line.Amount));
            }
            else
            {
                lines[known] = (key, lines[known].Exact + line.Amount);
            }
        }
        if (lines.Count == 0)
        {
            // A cent that an earlier month of the year left over.
            lines.Add((new PayKey(month.Month.No, plan.Id, ""), 0m));
        }
        var unit = new Money(1m, plan.Currency).ToMinor();
        var exact = new decimal[lines.Count];
        var minor = new long[lines.Count];
        for (var i = 0; i < exact.Length; i++)
        {
            exact[i] = lines[i].Exact * unit;
        }
        Allocation.ToTotal(month.DueMinor, exact, minor);
        return [.. lines.Select((l, i) => new StatementLine(l.Key, l.Exact, minor[i])).Where(l => l.Exact != 0m || l.Minor != 0)];
    }
}
