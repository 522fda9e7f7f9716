using Spm.Compensation.Amounts;
using Spm.Compensation.Engine;
using Spm.Compensation.Fx;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Modelling;

/// <summary>A rep under two plans, in minor units.</summary>
/// <param name="CurrentAttainment">In percent: the mean of the components with a quota at the end of the last month that has begun and has one; null where none has.</param>
public readonly record struct RemodelledRep(string Rep, long CurrentMinor, long ChangedMinor, decimal? CurrentAttainment = null, decimal? ChangedAttainment = null)
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
        return Of(current.Currency, [.. before.Zip(after, (was, would) => Rep(was, would))]);
    }

    /// <summary>One rep under both plans: the runs themselves need not be kept.</summary>
    /// <param name="year">Only what is paid in this fiscal year counts; all of it when left out.</param>
    public static RemodelledRep Rep(PayRun current, PayRun changed, string? year = null) =>
        new(current.Rep.Id, Total(current, year), Total(changed, year), Attainment(current, year), Attainment(changed, year));

    public static RemodelResult Of(Currency currency, IReadOnlyList<RemodelledRep> reps) => new(
        currency,
        Cost([.. reps.Select(r => r.CurrentMinor)], reps.Select(r => r.CurrentAttainment)),
        Cost([.. reps.Select(r => r.ChangedMinor)], reps.Select(r => r.ChangedAttainment)),
        reps);

    private static PlanCost Cost(IReadOnlyList<long> totals, IEnumerable<decimal?> attainments)
    {
        List<decimal> attained = [.. attainments.OfType<decimal>()];
        return new PlanCost(totals.Sum(), Distribution.Of(totals), attained.Count == 0 ? null : attained.Sum());
    }

    private static long Total(PayRun run, string? year) => run.Months.Where(m => year is null || m.Month.Year.Id == year).Sum(m => m.DueMinor);

    private static decimal? Attainment(PayRun run, string? only)
    {
        foreach (var year in run.Years.Where(y => only is null || y.Inputs.Year.Id == only).Reverse())
        {
            for (var m = Math.Min(year.Months, year.Inputs.Begun) - 1; m >= 0; m--)
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
