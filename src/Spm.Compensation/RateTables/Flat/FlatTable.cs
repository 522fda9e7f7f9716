using Spm.Compensation.Documents;

namespace Spm.Compensation.RateTables.Flat;

/// <summary>
/// Retroactive rates: the whole stretch is paid at the rate of the tier reached, so crossing a tier reprices what lies below it.
/// <c>earned = (to date − before) × rate of the tier in which the higher of the two stands</c>: a stretch that falls takes back what
/// the same stretch earned when it rose. A value on an edge belongs to the higher tier; below zero the first tier's rate holds.
/// Worked example: flat.plan.md.
/// <para>
/// What a rate does: percent, <c>stretch × rate / 100</c>; per unit, <c>stretch × rate</c>; target multiplier,
/// <c>target incentive × stretch / quota × rate</c>; amount, a lookup: the amount of the tier reached to date less that of the tier
/// reached before. At or below zero no tier is reached and the amount is 0.
/// </para>
/// <para>
/// Rates are not additive by nature: (0, a] and (a, b] earn less or more than (0, b]. Whoever pays a span in parts and wants earlier
/// parts repriced pays what the whole has earned to date less what it had earned before. Amounts do add up.
/// </para>
/// </summary>
public sealed record FlatTable : RateTable
{
    public const string WireName = "flat";

    public const string Schema = $$"""
        {
          "type": "object",
          "description": "Retroactive: the whole measured value is paid at the rate of the tier reached.",
          "properties": {
            "mode": { "const": "flat" },
            {{TierSchema.Basis}},
            "yields": { "enum": ["percent", "amount", "per_unit", "target_multiplier"], "default": "percent", "description": "What a rate is. percent: of the value, which is money. amount: the money that is earned in this tier. per_unit: money for each unit. target_multiplier: earns target incentive × value / quota × rate." },
            {{TierSchema.Tiers}}
          },
          "required": ["mode", "tiers"],
          "additionalProperties": false
        }
        """;

    public FlatTable(IReadOnlyList<Tier> tiers, RateBasis on = RateBasis.Attainment, RateYield yields = RateYield.Percent)
        : base(tiers, on, yields)
    {
        if (RateTables.Tiers.Check(tiers, on, yields) is { } broken)
        {
            throw new ArgumentException(broken.Detail, nameof(tiers));
        }
    }

    public static RateTableKind Kind { get; } = new(WireName, Schema, "Flat/flat.plan.md", Read);

    public override string Mode => WireName;

    /// <summary>One tier never pays anew what it has paid.</summary>
    public override bool IsMarginal => Tiers.Count == 1 && Yields != RateYield.Amount;

    public static new RateTable? Read(DocNode node) => TierReader.Read(node, RateTables.Tiers.Check, (tiers, on, yields) => new FlatTable(tiers, on, yields));

    public override decimal Earn(in Stretch stretch, ICollection<Band>? bands = null)
    {
        var unit = UnitOf(stretch);
        if (Yields == RateYield.Amount)
        {
            return AmountOf(stretch.To, unit, 1, bands) + AmountOf(stretch.From, unit, -1, bands);
        }
        if (stretch.From == stretch.To)
        {
            return 0m;
        }
        var tier = TierSpan[Reached(Math.Max(stretch.From, stretch.To) * 100m, unit)];
        var value = stretch.To - stretch.From;
        var earned = MoneyOf(value * 100m * tier.Rate, stretch);
        bands?.Add(new Band(tier.From, tier.To, tier.Rate, value, earned));
        return earned;
    }

    public override IReadOnlyList<RateTableFinding> Lint() => RateTableLint.Of(
        this,
        (tier, at) => RateTableLint.Worth(this, Tiers[tier].Rate, RateTableLint.ValueAt(this, at)),
        tier => Tiers[tier].Rate == 0m,
        grows: Yields != RateYield.Amount);

    private decimal AmountOf(decimal value, decimal unit, int sign, ICollection<Band>? bands)
    {
        if (value <= 0m)
        {
            return 0m;
        }
        var tier = TierSpan[Reached(value * 100m, unit)];
        bands?.Add(new Band(tier.From, tier.To, tier.Rate, sign * value, sign * tier.Rate));
        return sign * tier.Rate;
    }
}
