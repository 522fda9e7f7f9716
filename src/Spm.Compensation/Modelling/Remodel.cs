using Spm.Compensation.Amounts;
using Spm.Compensation.Engine;
using Spm.Compensation.Fx;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Modelling;

/// <summary>A rep under two plans, in minor units.</summary>
public readonly record struct RemodelledRep(string Rep, long CurrentMinor, long ChangedMinor)
{
    public long DifferenceMinor => ChangedMinor - CurrentMinor;
}

/// <summary>A figure of a population at percents of it, smallest first: the nearest rank, so each is the figure of a real rep.</summary>
/// <param name="Points">(percent, figure in minor units) at 0, 5, 10, 25, 50, 75, 90, 95 and 100 %.</param>
public sealed record Distribution(IReadOnlyList<(int Percent, long Minor)> Points)
{
    private static readonly int[] Percents = [0, 5, 10, 25, 50, 75, 90, 95, 100];

    /// <summary>Empty for an empty population.</summary>
    public static Distribution Of(IEnumerable<long> minor)
    {
        long[] sorted = [.. minor.Order()];
        return new Distribution(sorted.Length == 0 ? [] : [.. Percents.Select(p => (p, sorted[Math.Max(0, (int)Math.Ceiling(p * sorted.Length / 100m) - 1)]))]);
    }
}

/// <summary>What a population's pay costs under one plan.</summary>
/// <param name="AttainmentPoints">
/// Percent points of attainment of all reps in sum, each rep's the mean of its components with a quota, at the end of the last month that has one; null when
/// nobody has any.
/// </param>
public sealed record PlanCost(long TotalMinor, Distribution Pay, decimal? AttainmentPoints)
{
    /// <summary>Minor units for one percent point of one rep's attainment; null without attainment.</summary>
    public decimal? CostPerPointMinor => AttainmentPoints is > 0m and var points ? TotalMinor / points : null;
}

/// <summary>"What would this plan have cost?": the same history under two plans.</summary>
/// <param name="Reps">In the order given.</param>
public sealed record RemodelResult(Currency Currency, PlanCost Current, PlanCost Changed, IReadOnlyList<RemodelledRep> Reps)
{
    public Distribution Differences => Distribution.Of(Reps.Select(r => r.DifferenceMinor));

    /// <summary>Who would have been paid more, the most first.</summary>
    public IReadOnlyList<RemodelledRep> Winners => [.. Reps.Where(r => r.DifferenceMinor > 0).OrderByDescending(r => r.DifferenceMinor).ThenBy(r => r.Rep, StringComparer.Ordinal)];

    /// <summary>Who would have been paid less, the most first.</summary>
    public IReadOnlyList<RemodelledRep> Losers => [.. Reps.Where(r => r.DifferenceMinor < 0).OrderBy(r => r.DifferenceMinor).ThenBy(r => r.Rep, StringComparer.Ordinal)];
}

public static class Remodel
{
    /// <summary>Calculates every rep under both plans by the engine that pays. Throws when the plans are in different currencies: no rate is implied.</summary>
    public static RemodelResult Compare(PlanRules current, PlanRules changed, FiscalCalendar calendar, FxRates rates, IReadOnlyList<RepCase> reps)
    {
        if (current.Currency != changed.Currency)
        {
            throw new ArgumentException($"{current.Currency} and {changed.Currency} cannot be compared without a rate.", nameof(changed));
        }
        var (before, after) = (PopulationRun.Calculate(current, calendar, rates, reps), PopulationRun.Calculate(changed, calendar, rates, reps));
        return new RemodelResult(
            current.Currency, Cost(before), Cost(after), [.. reps.Select((rep, i) => new RemodelledRep(rep.Rep.Id, Total(before[i]), Total(after[i])))]);
    }

    private static PlanCost Cost(IReadOnlyList<PayRun> runs)
    {
        List<decimal> attained = [.. runs.Select(Attainment).OfType<decimal>()];
        return new PlanCost(runs.Sum(Total), Distribution.Of(runs.Select(Total)), attained.Count == 0 ? null : attained.Sum());
    }

    private static long Total(PayRun run) => run.Months.Sum(m => m.DueMinor);

    private static decimal? Attainment(PayRun run)
    {
        foreach (var year in run.Years.Reverse())
        {
            for (var m = year.Months - 1; m >= 0; m--)
            {
                if (year.Paying(m) is { } state && state.Version.Shown.Select(c => state.Figures(m, c).Attainment).OfType<decimal>().ToList() is { Count: > 0 } attained)
                {
                    return attained.Sum() / attained.Count * 100m;
                }
            }
        }
        return null;
    }
}
