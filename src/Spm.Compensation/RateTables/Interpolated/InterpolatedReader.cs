using Spm.Compensation.Documents;

namespace Spm.Compensation.RateTables.Interpolated;

/// <summary>
/// Reads the three ways to write a tier: <c>"rate": {"from": 4, "to": 8}</c> (or one number where it does not grow),
/// <c>"amount": 40</c>, which is earned across the tier and added to the tiers below, and <c>"amount": {"from": 10, "to": 50}</c>,
/// which is the level at either end. All tiers of a table say rate or all say amount.
/// </summary>
internal static class InterpolatedReader
{
    private const string Number = """{ "type": ["number", "string"], "maxLength": 4000 }""";

    private const string FromTo = $$"""{ "type": "object", "properties": { "from": {{Number}}, "to": {{Number}} }, "required": ["from", "to"], "additionalProperties": false }""";

    public const string Schema = $$"""
        {
          "type": "object",
          "description": "Grows along straight lines between the edges of the tiers: the rate at which the whole measured value is paid, or the amount that is earned.",
          "properties": {
            "mode": { "const": "interpolated" },
            {{TierSchema.Basis}},
            "yields": { "enum": ["percent", "amount", "per_unit", "target_multiplier"], "default": "percent", "description": "percent and per_unit: tiers have rates, in percent of the value or money for each unit. amount: tiers have amounts of money. target_multiplier: tiers have rates (earns target incentive × value / quota × rate) or amounts, which are multiples of the target incentive." },
            "tiers": {
              "type": "array", "minItems": 1, "maxItems": 50,
              "items": {
                "type": "object",
                "properties": {
                  {{TierSchema.From}},
                  "to": { "type": ["number", "string", "null"], "maxLength": 4000, "description": "Where the tier ends, not included. The last tier of rates has no end and one rate. The last tier of amounts may end: above it nothing more is earned." },
                  "rate": { "description": "The rate where the tier begins and where it ends; one number where it does not grow.", "oneOf": [{{Number}}, {{FromTo}}] },
                  "amount": { "description": "One number: earned across the tier in proportion, added to the tiers below. From and to: what is earned in all where the tier begins and where it ends.", "oneOf": [{{Number}}, {{FromTo}}] }
                },
                "required": ["from"],
                "oneOf": [{ "required": ["rate"] }, { "required": ["amount"] }],
                "additionalProperties": false
              }
            }
          },
          "required": ["mode", "tiers"],
          "additionalProperties": false
        }
        """;

    public static RateTable? Read(DocNode node)
    {
        var errors = node.Errors.All.Count;
        var (on, yields) = TierReader.Basis(node);
        var items = TierReader.Items(node);
        var grows = items.Count > 0 && items[0].Has("amount") ? Grows.Level : Grows.Rate;
        List<InterpolatedTier> read = [];
        foreach (var item in items)
        {
            read.Add(ReadTier(item, grows, read.Count == 0 ? 0m : read[^1].End));
            item.RefuseOthers();
        }
        node.RefuseOthers();
        if (node.Errors.All.Count > errors)
        {
            return null;
        }
        InterpolatedTier[] tiers = [.. read];
        return TierReader.IsSound(node, tiers, all => InterpolatedTable.Check(all, on, yields, grows), t => new Tier(t.From, t.To, t.Start), Mended) ? new InterpolatedTable(tiers, on, yields, grows) : null;

        // Levels stand on those of the tiers below: what follows from one that is refused is not told.
        InterpolatedTier? Mended(InterpolatedTier tier, decimal? start) => start is { } from ? tier with { From = from }
            : grows == Grows.Level ? null
            : tier with { Start = Math.Clamp(tier.Start, 0m, Tiers.MaxRate), End = Math.Clamp(tier.End, 0m, Tiers.MaxRate) };
    }

    private static InterpolatedTier ReadTier(DocNode tier, Grows grows, decimal below)
    {
        var (from, to) = TierReader.Edges(tier);
        var line = tier.Get(grows == Grows.Level ? "amount" : "rate");
        if (line.Kind == DocKind.Object)
        {
            var (start, end) = (Rate(line.Get("from")), Rate(line.Get("to")));
            line.RefuseOthers();
            return new InterpolatedTier(from, to, start, end);
        }
        var one = Rate(line);
        return new InterpolatedTier(from, to, grows == Grows.Level ? below : one, grows == Grows.Level ? below + one : one);
    }

    private static decimal Rate(DocNode node) => TierReader.Number(node, TierReader.MaxRateDecimals);
}
