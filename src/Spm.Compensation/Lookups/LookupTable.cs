using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Expressions;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Lookups;

/// <summary>What the values of a lookup table are.</summary>
public enum LookupYield : byte
{
    Number,

    /// <summary>5 stands for 5 %: expressions see 0.05.</summary>
    Percent,
    Money,
}

/// <summary>
/// A table of a plan that expressions ask by name, as in <c>amount * lookup('rate_of_product', product)</c>: by a text, or by a figure in half-open tiers.
/// What it does not hold is not known, unless it says what stands otherwise. Worked example: lookups.md.
/// </summary>
public sealed class LookupTable
{
    public const int MaxValues = 500;

    private readonly Dictionary<string, decimal>? _values;
    private readonly Lookup? _tiers;
    private readonly decimal? _otherwise;

    private LookupTable(LookupYield gives, Dictionary<string, decimal>? values, Lookup? tiers, decimal? otherwise) =>
        (Kind, _values, _tiers, _otherwise) = (gives == LookupYield.Money ? ExpressionKind.Money : ExpressionKind.Number, values, tiers, otherwise);

    /// <summary>Of what it yields.</summary>
    public ExpressionKind Kind { get; }

    /// <summary>Whether it is asked by a text; else by a figure.</summary>
    public bool IsByText => _values is not null;

    /// <summary>The figures at which another value begins or ends, in order; none where it is asked by a text.</summary>
    internal IEnumerable<decimal> Bounds => (_tiers?.Tiers ?? []).SelectMany(t => new[] { t.From, t.To }).OfType<decimal>().Distinct();

    public static string Schema { get; } = $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["id"], "oneOf": [{"required": ["values"]}, {"required": ["tiers"]}],
          "description": "A table that expressions ask by name: lookup('id', what).",
          "properties": {
            "id": {{SchemaParts.Id("Names the table.")}},
            "gives": {{SchemaParts.OneOf<LookupYield>("What the values are. percent: 5 stands for 5 %.", "number")}},
            "values": {"type": "object", "additionalProperties": {"type": ["number", "string"]}, "description": "A value for each text, at most {{MaxValues}}."},
            "tiers": {
              "type": "array", "minItems": 1, "maxItems": {{Lookup.MaxTiers}}, "description": "A value for the figures of each tier; they follow each other without a gap.",
              "items": {
                "type": "object", "additionalProperties": false, "required": ["value"],
                "properties": {
                  "from": {{SchemaParts.Figure("The first figure of the tier. Left out of the first: no lower end.")}},
                  "to": {{SchemaParts.Figure("The first figure beyond it. Left out of the last: no upper end.")}},
                  "value": {{SchemaParts.Figure("What the table gives.")}}
                }
              }
            },
            "mode": {{SchemaParts.OneOf<LookupMode>("flat: the value of the tier. interpolated: linear to the next tier's value.", "flat")}},
            "otherwise": {{SchemaParts.Figure("For what the table does not hold. Left out: not known.")}},
            "note": {{SchemaParts.Note}}
          }
        }
        """;

    /// <summary>The tables of a version by id.</summary>
    public static IReadOnlyDictionary<string, LookupTable> ReadAll(DocNode version)
    {
        var nodes = version.List("lookups");
        return nodes.Count == 0
            ? new Dictionary<string, LookupTable>()
            : VersionReader.Named(nodes, "lookups", VersionReader.MaxLookups, version, (_, again) => Read(again)).ToDictionary(n => n.Id, n => Read(n.Node), StringComparer.Ordinal);
    }

    public static LookupTable Read(DocNode node)
    {
        node.Text("id");
        node.OptionalText("note");
        var (gives, mode) = (node.OneOf("gives", LookupYield.Number), node.OneOf("mode", LookupMode.Flat));
        var scale = gives == LookupYield.Percent ? 100m : 1m;
        var values = node.Find("values") is { } texts ? Values(texts, scale) : null;
        var tiers = node.Find("tiers") is { } list ? Scaled(Lookup.Read(list, "value", mode), scale) : null;
        if (values is null == tiers is null)
        {
            node.Fail("lookup_needs_values_or_tiers", "A lookup has either 'values' for texts or 'tiers' for figures.");
        }
        if (values is not null && node.Has("mode"))
        {
            node.Get("mode").Fail("lookup_mode_needs_tiers", "Between texts nothing is interpolated.");
        }
        var otherwise = node.OptionalNumber("otherwise") / scale;
        node.RefuseOthers();
        return new LookupTable(gives, values, values is null ? tiers ?? new Lookup([default]) : null, otherwise);
    }

    public decimal? Find(string? text) => text is null ? null : _values!.TryGetValue(text, out var value) ? value : _otherwise;

    public decimal? Find(decimal? figure) => figure is { } known ? _tiers!.Find((Fraction)known)?.ToDecimal() ?? _otherwise : null;

    /// <summary>Which entry answers: the text, the tier, or what stands otherwise.</summary>
    internal string Entry(object? by) => by switch
    {
        string text => _values!.ContainsKey(text) ? $"'{text}'" : $"'{text}', which the table does not hold",
        decimal figure => _tiers!.TierOf(figure) is { } tier
            ? string.Create(CultureInfo.InvariantCulture, $"{figure:0.##########}: tier {tier.From?.ToString("0.##########", CultureInfo.InvariantCulture) ?? "any"} to {tier.To?.ToString("0.##########", CultureInfo.InvariantCulture) ?? "any"}")
            : string.Create(CultureInfo.InvariantCulture, $"{figure:0.##########}, which the table does not hold"),
        _ => "not known",
    };

    private static Dictionary<string, decimal> Values(DocNode node, decimal scale)
    {
        if (!node.IsObject())
        {
            return [];
        }
        if (node.Members.Count is 0 or > MaxValues)
        {
            node.Fail("count_out_of_range", $"A lookup has 1 to {MaxValues} values.");
        }
        var values = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (text, value) in node.Members)
        {
            if (!values.TryAdd(text, value.AsNumber() / scale))
            {
                value.Fail("lookup_value_twice", $"'{text}' has two values.");
            }
        }
        return values;
    }

    private static Lookup Scaled(Lookup lookup, decimal scale) =>
        new([.. lookup.Tiers.Select(t => t with { Value = t.Value / scale })], lookup.Mode);
}
