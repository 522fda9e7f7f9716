using System.Globalization;
using Spm.Compensation.Crediting;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Fx;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>
/// A version that takes effect after the first of a month pays from the next month on. What that is worth is what two payrolls of the year differ by: as the plan
/// is, and with the version from the first of that month on, for a rep with as much in every month and measure.
/// </summary>
internal static class StartsWithinMonth
{
    /// <summary>Of the quota, in percent: where a rep at quota is paid alike, others may not be.</summary>
    private static readonly decimal[] Standings = [100m, 50m, 150m];

    /// <summary>What may be worked out for all versions of a plan together; where one takes more than its part it is not priced.</summary>
    private const long MaxSteps = PlanLint.MaxSteps / 20;

    public static IEnumerable<Finding> Find(ExaminedVersion examined)
    {
        var (plan, version) = (examined.Plan, examined.Version);
        if (version.EffectiveFrom is not { Day: > 1 } day)
        {
            yield break;
        }
        var first = day.AddDays(1 - day.Day);
        var before = plan.VersionAt(first);
        var moved = plan with { Versions = [.. plan.Versions.Select(v => v == version ? v with { EffectiveFrom = first } : v)] };
        var input = string.Create(CultureInfo.InvariantCulture, $"effective_from {day:yyyy-MM-dd}");
        (decimal Standing, decimal Difference)? worth = null;
        try
        {
            worth = Worth(examined, moved, first, before);
        }
        catch (Exception unknown) when (unknown is OverflowException or ExpressionException)
        {
            // A rule of pay asks for what this rep does not have: what the month is worth is not known.
        }
        if (worth is { Difference: 0m })
        {
            yield break;
        }
        var payer = before is null ? "nobody is paid for the deals of that month" : "the version before pays all of that month";
        var money = worth is not var (standing, difference) ? ""
            : before is null && difference > 0m ? $": so much a rep at {Who(standing)} loses"
            : $", and a rep at {Who(standing)} is paid so much {(difference > 0m ? "less" : "more")} in the year than with this one from the first on";
        yield return (input, worth is { } known ? Math.Abs(known.Difference) : null, $"A version pays the months whose first day it has: {payer}{money}.");
    }

    private static string Who(decimal standing) => standing == 100m ? "quota" : $"{Shown.Figure(standing)} % of quota";

    /// <summary>What the rep loses whom it costs most; null where a component cannot say what it pays.</summary>
    private static (decimal Standing, decimal Difference)? Worth(ExaminedVersion examined, PlanRules moved, DateOnly first, VersionRules? before)
    {
        var (plan, version) = (examined.Plan, examined.Version);
        if (first.Year == DateOnly.MaxValue.Year)
        {
            return null; // A year that does not end within the calendar is no fiscal year.
        }
        VersionRules[] paying = before is null ? [version] : [before, version];
        var year = FiscalYearPattern.Gregorian(first.Year.ToString("D4", CultureInfo.InvariantCulture), new DateOnly(first.Year, 1, 1));
        var months = year.Months.Select(m => plan.VersionAt(m.Period.From)).Append(version).OfType<VersionRules>().Distinct().Sum(v => v.Components.Sum(c => Effort.OfMonth(c, Probe.Months)));
        if (months * Probe.Months * Standings.Length * 2 > MaxSteps / plan.Versions.Count || paying.Any(v => v.NeedsGroups || !CanAsk(examined with { Version = v })))
        {
            return null;
        }
        foreach (var standing in Standings)
        {
            List<decimal> differences = [];
            foreach (var rep in Reps(paying, year.Months[first.Month - 1], examined.Rep))
            {
                if (Paid(plan, year, rep, examined.Known.DealFacts, standing, first.Month - 1) is not { } asItIs || Paid(moved, year, rep, examined.Known.DealFacts, standing, first.Month - 1) is not { } fromFirst)
                {
                    return null;
                }
                differences.Add(fromFirst - asItIs);
            }
            if (differences.MaxBy(Math.Abs) is not 0m and var most)
            {
                return (standing, most);
            }
        }
        return (100m, 0m);
    }

    private static bool CanAsk(ExaminedVersion examined)
    {
        var (probe, version) = (new Probe(examined), examined.Version);
        return version.Shown.All(c => (version.Components[c].Earning is NoEarning && version.Components[c].Stages.Count == 0) || probe.CanAsk(c));
    }

    /// <summary>Reps whom the versions and their components take, made up for each.</summary>
    private static IEnumerable<RepProfile> Reps(IEnumerable<VersionRules> versions, FiscalMonth month, RepProfile rep) => versions
        .SelectMany(v => v.Components.Select(c => c.Eligibility).Prepend(v.Eligibility))
        .Select(e => EligibleRep.For(e?.Tree, made => e!.Truth(new RepMonth(made, month, null)), rep)).OfType<RepProfile>().Distinct();

    /// <summary>All that is due in a year, what is held back and waits included; null where the month of the versions does not stand where it should.</summary>
    private static decimal? Paid(PlanRules plan, FiscalYear year, RepProfile rep, FactSet deal, decimal standing, int month)
    {
        var measures = plan.Versions.SelectMany(v => v.Measures).DistinctBy(m => m.No).ToList();
        var quotas = measures.SelectMany(m => year.Months.Select(at => (Key: (m.No, at.Id), Amount: Probe.QuotaOf(m))));
        var kind = measures.SelectMany(m => m.Kinds ?? Enumerable.Empty<string>()).Prepend("order").FirstOrDefault(k => measures.TrueForAll(m => m.Kinds?.Contains(k) ?? !DealNews.Is(k)), "order");
        var deals = year.Months.Select(m => new CreditLine
        {
            Transaction = m.Id,
            Date = m.Period.From,
            Kind = kind,
            Credit = CreditSources.Direct,
            Amount = Probe.MoneyQuota * standing / 100m,
            Margin = Probe.MoneyQuota * standing / 100m,
            Quantity = Probe.CountQuota * standing / 100m,
            Facts = deal,
        });
        var run = PopulationRun.Calculate(plan, new FiscalCalendar([year]), FxRates.None, [new RepCase(rep, new QuotaBook(quotas.ToDictionary(q => q.Key, q => q.Amount)), [.. deals])])[0];
        for (var m = month; m < Math.Min(month + 2, year.Months.Count); m++)
        {
            if (run.Years[0].Paying(m) is { } state && !IsAsked(state, m, standing))
            {
                return null;
            }
        }
        return run.Months.Sum(m => m.Due) + run.Months[^1].HeldBalance + run.Months[^1].Waiting;
    }

    /// <summary>Whether every component counts what it should, and lacks nothing.</summary>
    private static bool IsAsked(VersionState state, int month, decimal standing) => Enumerable.Range(0, state.Version.Components.Count).All(c =>
        state.Version.Components[c] is { Tally: >= 0 and var tally } && state.Figures(month, c) is var figures
        && !figures.LacksAFigure && state.Sum(tally, month) == Probe.QuotaOf(state.Version.Measures[state.Version.Tallies[tally].Measure]) * standing / 100m);
}
