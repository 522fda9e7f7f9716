namespace Spm.Compensation.RateTables;

/// <summary>The parts that the JSON Schemas of several modes share.</summary>
internal static class TierSchema
{
    public const string Attainment = """
        "on": { "enum": ["attainment"], "default": "attainment", "description": "What from and to are told in: percent of quota." }
        """;

    public const string Basis = """
        "on": { "enum": ["attainment", "amount"], "default": "attainment", "description": "What from and to are told in. attainment: percent of quota. amount: units of the measure; such a table needs no quota unless it multiplies a target incentive." }
        """;

    public const string From = """
        "from": { "type": ["number", "string"], "maxLength": 4000, "description": "Where the tier begins, included; at most 4 decimals. The first tier begins at 0, every other where the one before it ends. A number, or an expression over the component to date; of attainment it yields a ratio." }
        """;

    public const string To = """
        "to": { "type": ["number", "string", "null"], "maxLength": 4000, "description": "Where the tier ends, not included: a value on the edge belongs to the next tier. Left out in the last tier, which has no end." }
        """;

    public const string Tiers = $$"""
        "tiers": {
          "type": "array", "minItems": 1, "maxItems": 50,
          "items": {
            "type": "object",
            "properties": {
              {{From}},
              {{To}},
              "rate": { "type": ["number", "string"], "maxLength": 4000, "description": "In what the table yields: 0 to 1000 for percent (8 means 8 %) and target_multiplier, 0 to 1,000,000,000,000 for amount and per_unit; at most 8 decimals. A number, or an expression over the component to date; a percent is a ratio there." }
            },
            "required": ["from", "rate"],
            "additionalProperties": false
          }
        }
        """;
}
