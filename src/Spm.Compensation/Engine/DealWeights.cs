namespace Spm.Compensation.Engine;

/// <summary>What deals are weighed by where an incentive is divided among them, and beside them leave that is credited at target: its part is no deal's.</summary>
/// <param name="By">As a word.</param>
/// <param name="Deals">Below zero where more is refunded than sold.</param>
/// <param name="AtTarget">0 or more.</param>
internal sealed record DealWeights(string By, SortedDictionary<string, decimal> Deals, decimal AtTarget)
{
    public const string Counted = "counted";

    /// <summary>Of the deals that are sold.</summary>
    public SortedDictionary<string, decimal> Sold => new(Deals.Where(d => d.Value > 0m).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}

internal static class ByDeal
{
    public static readonly SortedDictionary<string, decimal> None = new(StringComparer.Ordinal);

    /// <summary>Deal by deal, none for a deal without a difference.</summary>
    public static SortedDictionary<string, decimal> Less(this SortedDictionary<string, decimal> now, SortedDictionary<string, decimal> before)
    {
        SortedDictionary<string, decimal> parts = new(StringComparer.Ordinal);
        foreach (var deal in now.Keys.Union(before.Keys, StringComparer.Ordinal))
        {
            if (now.GetValueOrDefault(deal) - before.GetValueOrDefault(deal) is not 0m and var part)
            {
                parts.Add(deal, part);
            }
        }
        return parts;
    }
}
