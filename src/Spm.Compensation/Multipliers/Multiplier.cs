using Spm.Compensation.Documents;
using Spm.Compensation.Lookups;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Multipliers;

/// <summary>
/// Scales what a component earns to date by a percent that is looked up on a second figure (a modifier).
/// <c>earned × percent / 100</c>, divided last. Worked example: multiplier.md.
/// </summary>
/// <param name="Figure">The expression whose value is looked up, as it stands in the document.</param>
/// <param name="Percents">Percent by figure; 100 leaves the earning as it is.</param>
public sealed record Multiplier(string Figure, Lookup Percents)
{
    public const string Schema = """
        {
          "type": "object",
          "description": "Scales what the component earns to date by a percent that is looked up on a second figure.",
          "additionalProperties": false,
          "required": ["figure", "tiers"],
          "properties": {
            "figure": {"type": "string", "minLength": 1, "maxLength": 4000, "description": "Expression of the figure that is looked up, in its own unit."},
            "mode": {"enum": ["flat", "interpolated"], "default": "flat", "description": "flat: the percent of the tier reached. interpolated: linear from a tier's percent to the next one's."},
            "tiers": {
              "type": "array", "minItems": 1, "maxItems": 50,
              "description": "In order, without a gap. A figure on an edge belongs to the higher tier; one outside of all tiers is a problem and not a percent of zero.",
              "items": {
                "type": "object", "additionalProperties": false, "required": ["rate"],
                "properties": {
                  "from": {"type": ["number", "string"], "description": "Included. Only the first tier may leave it out: then it is open below."},
                  "to": {"type": ["number", "string"], "description": "Not included. Only the last tier may leave it out: then it is open above."},
                  "rate": {"type": ["number", "string"], "minimum": 0, "maximum": 1000, "description": "Percent of the earning: 125 pays a quarter more."}
                }
              }
            }
          }
        }
        """;

    /// <summary>Each 0 to 1000.</summary>
    public Lookup Percents { get; } =
        IsPercent(Percents) ? Percents : throw new ArgumentOutOfRangeException(nameof(Percents), "A multiplier is 0 to 1000 %.");

    public static Multiplier Read(DocNode node)
    {
        var figure = node.Text("figure");
        var percents = Lookup.Read(node.Get("tiers"), "rate", node.OneOf("mode", LookupMode.Flat));
        node.RefuseOthers();
        if (!IsPercent(percents))
        {
            node.Get("tiers").Fail("rate_out_of_range", "A multiplier is 0 to 1000 %.");
            percents = new Lookup([new LookupTier(null, null, 100m)]);
        }
        return new Multiplier(figure, percents);
    }

    /// <summary>The percent, exact; null when the figure is not known or outside of all tiers.</summary>
    public Fraction? PercentOf(Fraction? figure) => figure is { } known ? Percents.Find(known) : null;

    /// <summary>The earning to date times the percent; null when there is none.</summary>
    public decimal? Apply(decimal earned, Fraction? figure) => PercentOf(figure) is { } percent ? (earned * percent / 100m).ToDecimal() : null;

    private static bool IsPercent(Lookup percents) => percents.Tiers.All(t => t.Value is >= 0m and <= 1000m);
}
