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
        if (credited < 0m)
        {
            return Add(_tiers[0], credited, bands);
        }
        var earned = 0m;
        foreach (var tier in _tiers)
        {
            var from = tier.From * quota / 100m;
            if (credited <= from)
            {
                break;
            }
            var to = tier.To is { } end ? Math.Min(credited, end * quota / 100m) : credited;
            earned += Add(tier, to - from, bands);
        }
        return earned;
    }

    public bool Equals(StepTable? other) => other is not null && _tiers.AsSpan().SequenceEqual(other._tiers);

    public override int GetHashCode() => _tiers.Aggregate(0, HashCode.Combine);

    private static decimal Add(in Tier tier, decimal amount, ICollection<Band>? bands)
    {
        var earned = amount * tier.Rate / 100m;
        bands?.Add(new Band(tier.From, tier.To, tier.Rate, amount, earned));
        return earned;
    }
}
