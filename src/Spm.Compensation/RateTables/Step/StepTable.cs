using Spm.Compensation.Documents;

namespace Spm.Compensation.RateTables.Step;

/// <summary>
/// Marginal rates: each band of attainment is paid at its own rate, so crossing a tier reprices only the excess.
/// <c>earned = Σ rate × (min(to date, tier's to) − max(before, tier's from))</c> over the tiers that the stretch touches; the first
/// tier goes on below zero. Stretches add up: (0, a] and (a, b] earn what (0, b] earns. Worked example: step.plan.md.
/// <para>
/// What a rate does: percent, <c>band × rate / 100</c>; per unit, <c>band × rate</c>; target multiplier,
/// <c>target incentive × band / quota × rate</c>; amount, the tier's amount once when its from is reached (nothing below or at zero
/// reaches the first tier), and back again when it is lost.
/// </para>
/// </summary>
public sealed record StepTable : RateTable
{
    public const string WireName = "step";

    public const string Schema = $$"""
        {
          "type": "object",
          "description": "Marginal: each band of the measured value is paid at the rate of its own tier.",
          "properties": {
            "mode": { "const": "step" },
            {{TierSchema.Basis}},
            "yields": { "enum": ["percent", "amount", "per_unit", "target_multiplier"], "default": "percent", "description": "What a rate is. percent: of the band's value, which is money. amount: money earned once when the tier is reached. per_unit: money for each unit of the band. target_multiplier: earns target incentive × band / quota × rate." },
            {{TierSchema.Tiers}}
          },
          "required": ["mode", "tiers"],
          "additionalProperties": false
        }
        """;

    public StepTable(IReadOnlyList<Tier> tiers, RateBasis on = RateBasis.Attainment, RateYield yields = RateYield.Percent)
        : base(tiers, on, yields)
    {
        if (RateTables.Tiers.Check(tiers, on, yields) is { } broken)
        {
            throw new ArgumentException(broken.Detail, nameof(tiers));
        }
    }

    public static RateTableKind Kind { get; } = new(WireName, Schema, "Step/step.plan.md", Read);

    public override string Mode => WireName;

    public override bool IsMarginal => Yields != RateYield.Amount;

    public static new RateTable? Read(DocNode node) => TierReader.Read(node, RateTables.Tiers.Check, (tiers, on, yields) => new StepTable(tiers, on, yields));

    public override decimal Earn(in Stretch stretch, ICollection<Band>? bands = null)
    {
        // Tiers and rates are percents: amounts are taken a hundredfold and earnings ten-thousandfold, exact, and divided once.
        var unit = UnitOf(stretch);
        var (from, to) = (stretch.From * 100m, stretch.To * 100m);
        if (Yields == RateYield.Amount)
        {
            return Milestones(from, to, unit, bands);
        }
        return MoneyOf(Marginal(from, to, unit, stretch, bands), stretch);
    }

    public override IReadOnlyList<RateTableFinding> Lint() =>
        Yields == RateYield.Amount
            ? RateTableLint.Of(this, (tier, _) => Tiers.Take(tier + 1).Sum(t => t.Rate), _ => false, grows: false)
            : RateTableLint.Of(this, (_, _) => 0m, tier => Tiers[tier].Rate == 0m, grows: true);

    /// <summary>The amounts of the tiers that are reached at the end of the stretch and were not before it, less those of tiers lost.</summary>
    private decimal Milestones(decimal from, decimal to, decimal unit, ICollection<Band>? bands)
    {
        var earned = 0m;
        for (var i = 0; i < Tiers.Count; i++)
        {
            var (tier, start) = (TierSpan[i], TierSpan[i].From * unit);
            var change = (to > 0m && to >= start ? 1 : 0) - (from > 0m && from >= start ? 1 : 0);
            if (change != 0)
            {
                earned += change * tier.Rate;
                bands?.Add(new Band(tier.From, tier.To, tier.Rate, PartIn(i, from, to, unit), change * tier.Rate));
            }
        }
        return earned;
    }
}
