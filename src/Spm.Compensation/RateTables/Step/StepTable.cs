namespace Spm.Compensation.RateTables.Step;

/// <summary>
/// Marginal rates: each band of attainment is paid at its own rate, so crossing a tier reprices only the excess.
/// <c>earned = Σ rate × (min(credited, to × quota) − from × quota)</c> over the tiers reached. Worked example: step.plan.md.
/// </summary>
public sealed record StepTable : RateTable
{
    public const string WireName = "step";

    private readonly Tier[] _tiers;

    public StepTable(IReadOnlyList<Tier> tiers)
    {
        if (RateTables.Tiers.Check(tiers) is { } broken)
        {
            throw new ArgumentException(broken.Detail, nameof(tiers));
        }
        _tiers = [.. tiers];
    }

    public override string Mode => WireName;

    public IReadOnlyList<Tier> Tiers => _tiers;

    public override decimal Earn(decimal credited, decimal quota, ICollection<Band>? bands = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quota);
        // Tiers and rates are percents: amounts are taken a hundredfold and earnings ten-thousandfold, exact, and divided once.
        var reached = credited * 100m;
        if (reached < 0m)
        {
            return Add(_tiers[0], reached, bands) / 10_000m;
        }
        var (earned, from) = (0m, 0m);
        for (var i = 0; i < _tiers.Length && reached > from; i++)
        {
            var to = _tiers[i].To is { } end ? Math.Min(reached, end * quota) : reached;
            earned += Add(_tiers[i], to - from, bands);
            from = to;
        }
        return earned / 10_000m;
    }

    public bool Equals(StepTable? other) => other is not null && _tiers.AsSpan().SequenceEqual(other._tiers);

    public override int GetHashCode() => _tiers.Aggregate(0, HashCode.Combine);

    private static decimal Add(in Tier tier, decimal hundredfold, ICollection<Band>? bands)
    {
        var earned = hundredfold * tier.Rate;
        bands?.Add(new Band(tier.From, tier.To, tier.Rate, hundredfold / 100m, earned / 10_000m));
        return earned;
    }
}
