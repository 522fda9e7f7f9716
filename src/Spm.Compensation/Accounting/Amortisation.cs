using Spm.Compensation.Exactness;

namespace Spm.Compensation.Accounting;

/// <summary>What is expensed of a capitalised cost in one month, in the company's currency.</summary>
/// <param name="Month">A consecutive number of the month, as the caller counts them.</param>
/// <param name="Amortised">The month's part, or everything that was left when the contract ended in it.</param>
/// <param name="Impairment">Written down besides.</param>
/// <param name="Cumulative">Amortised and written down to date.</param>
/// <param name="Remaining">Of the asset: <c>amount − Cumulative</c>.</param>
public sealed record AmortisedMonth(int Month, decimal Amortised, decimal Impairment, decimal Cumulative, decimal Remaining);

/// <summary>
/// At the end of <paramref name="Month"/>, after its own part, the asset is worth no more than <paramref name="Recoverable"/> (0 or more): what
/// stands above is written down, and the rest is spread anew. A write-down is never reversed.
/// </summary>
public readonly record struct Impairment(int Month, decimal Recoverable);

/// <summary>Equal monthly parts of a capitalised cost. Worked example: accounting.md.</summary>
/// <remarks>
/// Not the parts are rounded but what is amortised to date: half to even at the stated decimals, of the exact quotient. So the leftover units
/// lie where the exact line crosses them, every cumulative figure is within half a unit of it, and the last one is the amount itself.
/// </remarks>
public static class Amortisation
{
    /// <param name="amount">Capitalised, 0 or more. Digits finer than <paramref name="decimals"/> go with the last month.</param>
    /// <param name="start">The number of the first month that carries a part.</param>
    /// <param name="impairments">
    /// In any order. Of several in one month the lowest value counts. Throws when one lies outside the months.
    /// </param>
    /// <param name="terminated">The month the contract ended in early: what is left is expensed in it, and no month follows.</param>
    public static IReadOnlyList<AmortisedMonth> Schedule(
        decimal amount, int start, int months, int decimals, IEnumerable<Impairment>? impairments = null, int? terminated = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(months, CapitalisationRule.MaxMonths);
        if (terminated < start || terminated >= start + months)
        {
            throw new ArgumentOutOfRangeException(nameof(terminated), terminated, "The contract ends in one of its months.");
        }
        var writeDowns = LowestByMonth(impairments ?? [], start, months);
        List<AmortisedMonth> schedule = new(months);
        // What is spread since the last write-down, from which month on, and what had been expensed before.
        var (spread, since, before, cumulative) = (amount, 0, 0m, 0m);
        for (var i = 0; i < months; i++)
        {
            var ends = terminated == start + i || i == months - 1;
            var target = ends ? amount : before + Exact.RatioAt(spread, i - since + 1, months - since, decimals);
            // Where the asset is finer than the decimals, rounding up must not expense what is not there.
            target = Math.Min(target, amount);
            var left = amount - target;
            var impairment = writeDowns.TryGetValue(start + i, out var recoverable) ? Math.Max(0m, left - recoverable) : 0m;
            schedule.Add(new AmortisedMonth(start + i, target - cumulative, impairment, target + impairment, left - impairment));
            cumulative = target + impairment;
            if (terminated == start + i)
            {
                break;
            }
            if (impairment > 0m)
            {
                (spread, since, before) = (left - impairment, i + 1, cumulative);
            }
        }
        return schedule;
    }

    private static Dictionary<int, decimal> LowestByMonth(IEnumerable<Impairment> impairments, int start, int months)
    {
        Dictionary<int, decimal> lowest = [];
        foreach (var (month, recoverable) in impairments)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(recoverable);
            if (month < start || month >= start + months)
            {
                throw new ArgumentOutOfRangeException(nameof(impairments), month, "An asset is impaired in one of its months.");
            }
            lowest[month] = lowest.TryGetValue(month, out var other) ? Math.Min(other, recoverable) : recoverable;
        }
        return lowest;
    }
}
