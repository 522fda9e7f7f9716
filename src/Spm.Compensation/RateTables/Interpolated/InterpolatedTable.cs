using Spm.Compensation.Documents;

namespace Spm.Compensation.RateTables.Interpolated;

/// <summary>
/// Between its tiers' edges a rate, or what is earned, grows along a straight line. Worked example: interpolated.plan.md.
/// <para>
/// Rates: <c>rate(v) = start + (end − start) × (v − from) / (to − from)</c> in the tier in which v stands, and the whole stretch is
/// paid at the rate that the higher of its ends reaches: <c>earned = (to date − before) × rate</c>, retroactive as a flat table. The
/// rate is percent of the value, money per unit, or a multiplier: <c>target incentive × stretch / quota × rate</c>. Below zero the
/// rate at the start of the first tier holds. The last tier has no end and one rate.
/// </para>
/// <para>
/// Levels: <c>level(v) = start + (end − start) × (v − from) / (to − from)</c>, and <c>earned = level(to date) − level(before)</c>, so
/// stretches add up. A level is money, or a multiple of the target incentive (its payout curve). Nothing measured has earned
/// nothing, whatever the first tier starts with; below zero the slope of the first tier goes on. Above the end of the last tier
/// nothing more is earned.
/// </para>
/// A stretch that falls takes back what the same stretch earned when it rose. On a tier's edge the higher tier speaks.
/// </summary>
public sealed record InterpolatedTable : RateTable
{
    public const string WireName = "interpolated";

    public const string Schema = InterpolatedReader.Schema;

    private readonly InterpolatedTier[] _lines;

    public InterpolatedTable(
        IReadOnlyList<InterpolatedTier> tiers, RateBasis on = RateBasis.Attainment, RateYield yields = RateYield.Percent, Grows grows = Grows.Rate)
        : base([.. tiers.Select(t => new Tier(t.From, t.To, t.Start))], on, yields)
    {
        if (Check(tiers, on, yields, grows) is { } broken)
        {
            throw new ArgumentException(broken.Detail, nameof(tiers));
        }
        (_lines, Grows) = ([.. tiers], grows);
        // A level that is a multiple of the target incentive does not ask what part of quota was attained.
        NeedsQuota = on == RateBasis.Attainment || (NeedsQuota && grows == Grows.Rate);
    }

    public static RateTableKind Kind { get; } = new(WireName, Schema, "Interpolated/interpolated.plan.md", InterpolatedReader.Read);

    public override string Mode => WireName;

    public override bool IsMarginal => Grows == Grows.Level;

    public Grows Grows { get; }

    /// <summary>The tiers with both ends of what grows; <see cref="RateTable.Tiers"/> shows where each starts.</summary>
    public IReadOnlyList<InterpolatedTier> Lines => _lines;

    /// <summary>Null when a table can be made of them; else the rule that is broken and the tier's index.</summary>
    public static (string Code, int Index, string Detail)? Check(IReadOnlyList<InterpolatedTier> tiers, RateBasis on, RateYield yields, Grows grows)
    {
        if (yields != RateYield.TargetMultiplier && (yields == RateYield.Amount) != (grows == Grows.Level))
        {
            return ("yield_not_of_mode", 0, $"{WireNames.Of(yields)} is said with {(grows == Grows.Level ? "rates" : "amounts")} in the tiers.");
        }
        // Levels stand on those below: the first that is refused is the one that is wrong.
        if (RateTables.Tiers.CheckBounded([.. tiers.Select(t => new Tier(t.From, t.To, 0m))], on, yields) is { } broken)
        {
            return broken;
        }
        for (var i = 0; i < tiers.Count; i++)
        {
            if ((RateTables.Tiers.RateRefused(tiers[i].Start, i, yields) ?? RateTables.Tiers.RateRefused(tiers[i].End, i, yields)) is { } refused)
            {
                return refused;
            }
        }
        var last = tiers[^1];
        return last.To is null && !last.IsConstant ? ("tier_has_no_end", tiers.Count - 1, "The last tier has no end to grow to: give it one rate, or an amount of 0.")
            : last.To is not null && grows == Grows.Rate ? ("tiers_have_no_end", tiers.Count - 1, "The last tier has no end: leave `to` out and give it one rate; a cap is said with a rate of 0.")
            : null;
    }

    public static new RateTable? Read(DocNode node) => InterpolatedReader.Read(node);

    public override decimal Earn(in Stretch stretch, ICollection<Band>? bands = null)
    {
        var unit = UnitOf(stretch);
        var (from, to) = (stretch.From * 100m, stretch.To * 100m);
        return Grows == Grows.Level ? Climb(from, to, unit, stretch.TargetIncentive, bands) : AtRateReached(from, to, unit, stretch, bands);
    }

    public override IReadOnlyList<RateTableFinding> Lint() => InterpolatedLint.Of(this);

    public bool Equals(InterpolatedTable? other) => base.Equals(other) && Grows == other.Grows && _lines.AsSpan().SequenceEqual(other._lines);

    public override int GetHashCode() => _lines.Aggregate(HashCode.Combine(base.GetHashCode(), Grows), HashCode.Combine);

    private decimal AtRateReached(decimal from, decimal to, decimal unit, in Stretch stretch, ICollection<Band>? bands)
    {
        if (from == to)
        {
            return 0m;
        }
        var high = Math.Max(from, to);
        var line = _lines[Reached(high, unit)];
        // The rate is kept as a fraction, over / width, so that only the earning is divided.
        var (over, width) = line.IsConstant || high <= 0m ? (line.Start, 1m) : Line(line, high, unit);
        var earned = Yields switch
        {
            RateYield.Percent => Quotient.Of([to - from, over], [width, 10_000m]),
            RateYield.PerUnit => Quotient.Of([to - from, over], [width, 100m]),
            _ => Quotient.Of([to - from, over, stretch.TargetIncentive!.Value], [width, 100m, stretch.Quota!.Value]),
        };
        bands?.Add(new Band(line.From, line.To, over / width, stretch.To - stretch.From, earned));
        return earned;
    }

    /// <summary>Sums what each tier adds to the level: what it adds up to the end of the stretch, less what it had added before.</summary>
    private decimal Climb(decimal from, decimal to, decimal unit, decimal? target, ICollection<Band>? bands)
    {
        var worth = Yields == RateYield.TargetMultiplier ? target!.Value : 1m;
        var earned = 0m;
        for (var i = 0; i < _lines.Length; i++)
        {
            var added = Added(i, to, unit, worth) - Added(i, from, unit, worth);
            var part = bands is null ? 0m : PartIn(i, from, to, unit);
            earned += added;
            if (bands is not null && (added != 0m || part != 0m))
            {
                bands.Add(new Band(_lines[i].From, _lines[i].To, _lines[i].End, part, added));
            }
        }
        return earned;
    }

    /// <summary>What a tier adds to the levels of the tiers below it for a hundredfold value; times a target incentive, or 1.</summary>
    private decimal Added(int index, decimal value, decimal unit, decimal worth)
    {
        ref readonly var line = ref _lines[index];
        if (index == 0 && value <= 0m)
        {
            return value == 0m || line.IsConstant ? 0m : Quotient.Of([line.End - line.Start, value, worth], [line.To!.Value * unit]);
        }
        if (value < line.From * unit)
        {
            return 0m;
        }
        var below = index == 0 ? 0m : _lines[index - 1].End;
        if (line.IsConstant || value >= line.To!.Value * unit)
        {
            return (line.End - below) * worth;
        }
        var (over, width) = Line(line, value, unit);
        return Quotient.Of([over - below * width, worth], [width]);
    }

    /// <summary>Where a hundredfold value stands on a tier's line, as a fraction.</summary>
    private static (decimal Over, decimal Width) Line(in InterpolatedTier line, decimal value, decimal unit)
    {
        var (start, end) = (line.From * unit, line.To!.Value * unit);
        return (line.Start * (end - value) + line.End * (value - start), end - start);
    }
}
