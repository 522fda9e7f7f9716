using Spm.Compensation.Amounts;

namespace Spm.Compensation.Contests;

/// <summary>What those who tie for a place win.</summary>
public enum Ties : byte
{
    /// <summary>The prizes of the places they fill, together, in equal parts; the next place is behind all of them: 1, 1, 3.</summary>
    Share,

    /// <summary>Each the prize of the place; the next place is behind all of them: 1, 1, 3.</summary>
    Skip,

    /// <summary>Each the prize of the place; the next place follows: 1, 1, 2.</summary>
    Next,
}

/// <summary>Who competes, and with what.</summary>
/// <param name="By">Ranks.</param>
/// <param name="ThenBy">Ranks those who are equal; the higher the better.</param>
public readonly record struct Competitor(decimal By, decimal ThenBy);

/// <summary>A place in a contest and what it wins.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Tied">How many have the place; 1 where nobody ties.</param>
/// <param name="Prizes">What those who tie win together.</param>
/// <param name="Prize">What each of them wins; whole minor units where prizes are shared.</param>
public readonly record struct Place(int Rank, int Tied, decimal Prizes, decimal Prize);

/// <summary>Ranks competitors and gives out prizes: pure, and the same whatever the order in which competitors come, but for the cents of prizes that are shared.</summary>
public static class Standings
{
    /// <param name="competitors">Of those who tie, the first have the cents that are left over.</param>
    /// <param name="field">Of how many the percents of prizes are.</param>
    /// <returns>For each competitor, in the order given.</returns>
    public static IReadOnlyList<Place> Of(IReadOnlyList<Competitor> competitors, bool lowestWins, Ties ties, Prizes prizes, int field, Currency currency)
    {
        var places = new Place[competitors.Count];
        int[] order = [.. Enumerable.Range(0, places.Length)
            .OrderBy(i => lowestWins ? competitors[i].By : -competitors[i].By).ThenByDescending(i => competitors[i].ThenBy).ThenBy(i => i)];
        var rank = 1;
        for (var first = 0; first < order.Length;)
        {
            var last = first;
            while (last + 1 < order.Length && competitors[order[last + 1]] == competitors[order[first]])
            {
                last++;
            }
            Give(places, order[first..(last + 1)], rank, ties, prizes, field, currency);
            rank += ties == Ties.Next ? 1 : last + 1 - first;
            first = last + 1;
        }
        return places;
    }

    private static void Give(Place[] places, int[] tied, int rank, Ties ties, Prizes prizes, int field, Currency currency)
    {
        var own = prizes.Of(rank, field);
        if (tied.Length == 1 || ties != Ties.Share)
        {
            foreach (var at in tied)
            {
                places[at] = new Place(rank, tied.Length, own * tied.Length, own);
            }
            return;
        }
        var together = Enumerable.Range(rank, tied.Length).Sum(place => prizes.Of(place, field));
        var parts = new long[tied.Length];
        Allocation.ByWeight(Rounding.ToMinorUnits(together, currency), [.. tied.Select(_ => 1m)], parts);
        for (var i = 0; i < tied.Length; i++)
        {
            places[tied[i]] = new Place(rank, tied.Length, together, Money.FromMinor(parts[i], currency).Amount);
        }
    }
}
