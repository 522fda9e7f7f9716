using Spm.Compensation.Documents;

namespace Spm.Compensation.RateTables.OverageAtReachedTier;

/// <summary>
/// Up to quota as a step table; all that lies above quota (the overage) at the rate of the tier reached, so crossing a tier above
/// quota reprices the overage and nothing below it.
/// <c>earned = step(part of the stretch up to quota) + (part above quota) × rate of the tier in which the higher end stands</c>: a
/// stretch that falls takes back what the same stretch earned when it rose. Worked example: overage.plan.md.
/// <para>
/// Tiers are percents of quota, since quota is where the rule turns. A rate is percent of the value, money per unit, or a
/// multiplier of the target incentive: <c>target incentive × part / quota × rate</c>.
/// </para>
/// <para>
/// Above quota stretches are not additive by nature: an earlier stretch was paid at the rate reached then. Whoever wants it repriced
/// pays what the whole has earned to date less what it had earned before.
/// </para>
/// </summary>
public sealed record OverageAtReachedTierTable : RateTable
{
    public const string WireName = "overageAtReachedTier";

    public const string Schema = $$"""
        {
          "type": "object",
          "description": "Up to quota each band at the rate of its own tier; everything above quota at the rate of the tier reached.",
          "properties": {
            "mode": { "const": "overageAtReachedTier" },
            {{TierSchema.Attainment}},
            "yields": { "enum": ["percent", "per_unit", "target_multiplier"], "default": "percent", "description": "What a rate is. percent: of the value, which is money. per_unit: money for each unit. target_multiplier: earns target incentive × value / quota × rate." },
            {{TierSchema.Tiers}}
          },
          "required": ["mode", "tiers"],
          "additionalProperties": false
        }
        """;

    public OverageAtReachedTierTable(IReadOnlyList<Tier> tiers, RateYield yields = RateYield.Percent)
        : base(tiers, RateBasis.Attainment, yields)
    {
        if (Check(tiers, RateBasis.Attainment, yields) is { } broken)
        {
            throw new ArgumentException(broken.Detail, nameof(tiers));
        }
    }

    public static RateTableKind Kind { get; } = new(WireName, Schema, "OverageAtReachedTier/overage.plan.md", Read);

    public override string Mode => WireName;

    /// <summary>Null when a table can be made of them; else the rule that is broken and the tier's index.</summary>
    public static (string Code, int Index, string Detail)? Check(IReadOnlyList<Tier> tiers, RateBasis on, RateYield yields) =>
        on != RateBasis.Attainment ? ("basis_not_of_mode", 0, $"A table of mode {WireName} is on attainment: it turns at quota.")
        : yields == RateYield.Amount ? ("yield_not_of_mode", 0, $"A table of mode {WireName} does not yield amount: it pays a rate on what lies above quota.")
        : RateTables.Tiers.Check(tiers, on, yields);

    public static new RateTable? Read(DocNode node) => TierReader.Read(node, Check, (tiers, _, yields) => new OverageAtReachedTierTable(tiers, yields));

    public override decimal Earn(in Stretch stretch, ICollection<Band>? bands = null)
    {
        var unit = UnitOf(stretch);
        var (from, to, quota) = (stretch.From * 100m, stretch.To * 100m, unit * 100m);
        var earned = Marginal(Math.Min(from, quota), Math.Min(to, quota), unit, stretch, bands);
        var overage = Math.Max(to, quota) - Math.Max(from, quota);
        if (overage != 0m)
        {
            var tier = TierSpan[Reached(Math.Max(from, to), unit)];
            earned += overage * tier.Rate;
            bands?.Add(new Band(tier.From, tier.To, tier.Rate, overage / 100m, MoneyOf(overage * tier.Rate, stretch)));
        }
        return MoneyOf(earned, stretch);
    }

    public override IReadOnlyList<RateTableFinding> Lint() =>
        RateTableLint.Of(this, (tier, at) => RateTableLint.Worth(this, Tiers[tier].Rate, Math.Max(at - 100m, 0m) / 100m), tier => Tiers[tier].Rate == 0m, grows: true);
}
