using Spm.Client;

namespace Spm.Samples.AdventureWorks;

/// <summary>
/// Several sellers own one territory at the same time. The source says nothing about shares, so they own equal parts:
/// the time line is cut wherever someone comes or goes, and on every day the parts add up to 100 %.
/// </summary>
internal static class EqualShares
{
    public static IReadOnlyList<TerritoryRep> Of(IReadOnlyCollection<Assignment> assignments)
    {
        var cuts = assignments.SelectMany(one => new[] { one.From, one.To ?? DateOnly.MaxValue }).Distinct().Order().ToList();
        var shares = cuts.Zip(cuts.Skip(1)).SelectMany(span => Divide(assignments, span.First, span.Second));
        return [.. shares.GroupBy(share => share.Rep).SelectMany(Join)];
    }

    /// <summary>100 / n at four decimals; the last of them takes what rounding leaves: 33.3333, 33.3333, 33.3334.</summary>
    private static IEnumerable<TerritoryRep> Divide(IEnumerable<Assignment> assignments, DateOnly from, DateOnly to)
    {
        var owners = assignments.Where(one => one.From <= from && from < (one.To ?? DateOnly.MaxValue))
            .Select(one => one.Seller).Distinct().Order(StringComparer.Ordinal).ToList();
        if (owners.Count == 0)
            yield break;
        var part = decimal.Round(100m / owners.Count, 4, MidpointRounding.ToZero);
        for (var i = 0; i < owners.Count; i++)
        {
            var percent = i < owners.Count - 1 ? part : 100m - part * (owners.Count - 1);
            yield return new TerritoryRep(owners[i], "owner", percent, from, to == DateOnly.MaxValue ? null : to);
        }
    }

    /// <summary>A change among the others that leaves a seller's part as it was is no change for her.</summary>
    private static IEnumerable<TerritoryRep> Join(IEnumerable<TerritoryRep> shares)
    {
        TerritoryRep? open = null;
        foreach (var share in shares.OrderBy(share => share.From))
        {
            if (open is not null && open.To == share.From && open.Percent == share.Percent)
            {
                open = open with { To = share.To };
                continue;
            }

            if (open is not null)
                yield return open;
            open = share;
        }

        if (open is not null)
            yield return open;
    }
}
