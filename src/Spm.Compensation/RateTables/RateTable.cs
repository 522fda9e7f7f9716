using Spm.Compensation.Documents;

namespace Spm.Compensation.RateTables;

/// <summary>
/// Turns what was measured into earnings. Each mode is one folder below this one. A tier is half-open, [from, to): a value on an
/// edge belongs to the higher tier. A table without a first tier at 0, with gaps or overlaps cannot be constructed. Tables of the
/// same mode, basis, yield and tiers are equal.
/// </summary>
public abstract record RateTable
{
    // Figures and sums of tiers of so many decimals, and figures so large, are multiplied without losing one of 28 digits.
    private const int MostScale = 6;
    private const decimal MostUnit = 100_000_000_000m;

    private readonly Tier[] _tiers;

    // For each tier, what all tiers below it yield of a unit of 1.
    private readonly decimal[] _below;
    private readonly bool _belowIsShort;

    /// <param name="tiers">Checked by the mode, which knows its rules; copied.</param>
    protected RateTable(IReadOnlyList<Tier> tiers, RateBasis on = RateBasis.Attainment, RateYield yields = RateYield.Percent)
    {
        _tiers = [.. tiers];
        (On, Yields) = (on, yields);
        _below = Below(_tiers);
        _belowIsShort = Array.TrueForAll(_below, b => b.Scale <= MostScale && b <= MostUnit);
        NeedsQuota = on == RateBasis.Attainment || yields == RateYield.TargetMultiplier;
    }

    /// <summary>The mode's name in plan documents: "step", "flat", …</summary>
    public abstract string Mode { get; }

    /// <summary>What the edges of the tiers are told in.</summary>
    public RateBasis On { get; }

    /// <summary>What the rates of the tiers are.</summary>
    public RateYield Yields { get; }

    public IReadOnlyList<Tier> Tiers => _tiers;

    /// <summary>Without a quota above zero such a table cannot say what is earned.</summary>
    public bool NeedsQuota { get; private protected init; }

    public bool NeedsTargetIncentive => Yields == RateYield.TargetMultiplier;

    /// <summary>Whether each unit keeps what it was paid, whatever is sold after it: stretches add up, and nothing is paid at once for a tier that is reached.</summary>
    public virtual bool IsMarginal => false;

    /// <summary>
    /// What a stretch earns, exact: divided once and last, and not rounded before it exceeds 28 digits. A stretch that falls is the
    /// exact inverse of the one that rises. Below zero the first tier's rate holds on the negative amount, so that a refund takes
    /// back what its sale earned. Allocates nothing while <paramref name="bands"/> is null and the products fit into 28 digits.
    /// </summary>
    /// <param name="bands">Receives the amount, rate and earning of each tier touched, for explanations; may be null. They sum to
    /// the earning, but for the 28th digit where a target incentive is divided by a quota.</param>
    /// <exception cref="ArgumentOutOfRangeException">A quota or target incentive is missing or out of range though the table needs it: refused before it comes here.</exception>
    public abstract decimal Earn(in Stretch stretch, ICollection<Band>? bands = null);

    /// <summary>What <paramref name="credited"/> earns against <paramref name="quota"/> from the start of the attainment span.</summary>
    public decimal Earn(decimal credited, decimal quota, ICollection<Band>? bands = null) => Earn(new Stretch(0m, credited, quota, null), bands);

    /// <summary>What a plan's author should look at before it pays anybody. Pure; in the order of the tiers.</summary>
    public virtual IReadOnlyList<RateTableFinding> Lint() => [];

    /// <summary>Reads a rate table of any registered mode. Null when it is refused; the document's errors say why.</summary>
    public static RateTable? Read(DocNode node)
    {
        if (!node.IsObject())
        {
            return null;
        }
        var mode = node.Get("mode");
        // What the percents are of is asked by who pays deals.
        node.Find("of");
        if (RateTableKinds.Find(mode.AsText()) is { } kind)
        {
            return kind.Read(node);
        }
        mode.Fail("value_unknown", $"'{mode.Scalar}' is no mode of rate table: {string.Join(", ", RateTableKinds.All.Select(k => k.WireName))}.");
        return null;
    }

    public virtual bool Equals(RateTable? other) =>
        other is not null && EqualityContract == other.EqualityContract && (On, Yields) == (other.On, other.Yields) && _tiers.AsSpan().SequenceEqual(other._tiers);

    public override int GetHashCode() => _tiers.Aggregate(HashCode.Combine(On, Yields), HashCode.Combine);

    /// <summary>The tiers without an interface in between: they are walked for every earning.</summary>
    private protected ReadOnlySpan<Tier> TierSpan => _tiers;

    /// <summary>
    /// Times an edge, this is a hundredfold value of the measure: percents are kept undivided. Amounts are, so to say, percents of
    /// a quota of 100. Refuses what the table cannot calculate with.
    /// </summary>
    private protected decimal UnitOf(in Stretch stretch)
    {
        if (NeedsTargetIncentive && stretch.TargetIncentive is not >= 0m)
        {
            throw new ArgumentOutOfRangeException(nameof(stretch), stretch.TargetIncentive, "A target incentive is needed, zero or more.");
        }
        if (!NeedsQuota)
        {
            return 100m;
        }
        if (stretch.Quota is not { } quota || quota <= 0m)
        {
            throw new ArgumentOutOfRangeException(nameof(stretch), stretch.Quota, "A quota above zero is needed.");
        }
        return On == RateBasis.Attainment ? quota : 100m;
    }

    /// <summary>Money of <c>Σ hundredfold value × rate</c>; the one division.</summary>
    private protected decimal MoneyOf(decimal hundredfold, in Stretch stretch) => Yields switch
    {
        // A product moves the point where a quotient would divide: the same figure, several times faster.
        RateYield.Percent => hundredfold * 0.0001m,
        RateYield.PerUnit => hundredfold * 0.01m,
        RateYield.TargetMultiplier => Quotient.Of([hundredfold, stretch.TargetIncentive!.Value], [stretch.Quota!.Value, 100m]),
        _ => throw new InvalidOperationException($"An amount is not multiplied by a value: {Mode} looks it up."),
    };

    /// <summary>The index of the tier a hundredfold value stands in; values below zero stand in the first.</summary>
    private protected int Reached(decimal hundredfold, decimal unit)
    {
        var reached = _tiers.Length - 1;
        while (reached > 0 && _tiers[reached].From * unit > hundredfold)
        {
            reached--;
        }
        return reached;
    }

    /// <summary>
    /// <c>Σ band × rate</c> of a stretch in hundredfold values, each band at the rate of its own tier; negative for a stretch that
    /// falls. The first tier goes on below zero.
    /// </summary>
    private protected decimal Marginal(decimal from, decimal to, decimal unit, in Stretch stretch, ICollection<Band>? bands)
    {
        if (bands is null && from == 0m && to > 0m && _belowIsShort && unit.Scale <= MostScale && unit <= MostUnit)
        {
            var reached = Reached(to, unit);
            return (unit * _below[reached]) + ((to - (_tiers[reached].From * unit)) * _tiers[reached].Rate);
        }
        var (at, end) = from <= to ? (from, to) : (to, from);
        var (sum, i) = (0m, 0);
        if (at > 0m)
        {
            i = Reached(at, unit);
        }
        for (; at < end; i++)
        {
            ref readonly var tier = ref _tiers[i];
            var edge = tier.To is { } known ? Math.Min(end, known * unit) : end;
            var part = (edge - at) * tier.Rate;
            sum += part;
            bands?.Add(new Band(tier.From, tier.To, tier.Rate, Signed(edge - at, from <= to) / 100m, MoneyOf(Signed(part, from <= to), stretch)));
            at = edge;
        }
        return Signed(sum, from <= to);
    }

    /// <summary>The part of a stretch (hundredfold) that lies in a tier, in units of the measure; negative when the stretch falls.</summary>
    private protected decimal PartIn(int tier, decimal from, decimal to, decimal unit)
    {
        var (low, high) = from <= to ? (from, to) : (to, from);
        var start = tier == 0 ? low : Math.Max(low, _tiers[tier].From * unit);
        var end = _tiers[tier].To is { } edge && (tier < _tiers.Length - 1) ? Math.Min(high, edge * unit) : high;
        return end <= start ? 0m : Signed(end - start, from <= to) / 100m;
    }

    private static decimal[] Below(Tier[] tiers)
    {
        var below = new decimal[tiers.Length];
        for (var i = 1; i < tiers.Length; i++)
        {
            // Tiers that no mode accepts are refused after this; here they only must not overflow.
            var isSane = Math.Abs(tiers[i].From) <= RateTables.Tiers.MaxAmount && Math.Abs(tiers[i - 1].From) <= RateTables.Tiers.MaxAmount && Math.Abs(tiers[i - 1].Rate) <= RateTables.Tiers.MaxAmount;
            below[i] = below[i - 1] + (isSane ? (tiers[i].From - tiers[i - 1].From) * tiers[i - 1].Rate : 0m);
        }
        return below;
    }

    private static decimal Signed(decimal value, bool rises) => rises ? value : 0m - value;
}

/// <summary>
/// One tier's part in an earning. <c>From</c> and <c>To</c> are the tier's, in its table's basis; <c>Amount</c> is the part of the
/// measured value, negative where it is taken back; <c>Rate</c> is as the table writes it, for an interpolated rate the one reached.
/// Where the table yields percent, <c>Earned = Amount * Rate / 100</c>.
/// </summary>
public readonly record struct Band(decimal From, decimal? To, decimal Rate, decimal Amount, decimal Earned);

/// <summary>From (included) and to (not included) in the table's basis: percent of quota, or units of the measure. The rate is what the table yields.</summary>
public readonly record struct Tier(decimal From, decimal? To, decimal Rate);
