using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Compensation.Accounting;
using Spm.Compensation.Fx;
using Spm.Compensation.Groups;
using Spm.Compensation.Lookups;
using Spm.Compensation.PayCurrencies;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Quotas;
using Spm.Compensation.Roundings;

namespace Spm.Compensation.PlanDocuments;

/// <summary>
/// The JSON Schema 2020-12 of plan documents, for editors and for checks before upload. It is put together from the schemas that stand
/// beside the readers, so a kind that is registered is in it. The schema is the looser of the two: what it refuses the reader refuses, and
/// the reader knows rules beyond it, such as tiers without a gap. Only a member that is null, which the reader takes for left out, is
/// refused here and not there.
/// </summary>
public static class PlanSchema
{
    /// <summary>A relative name: documents refer to wherever a copy of the schema lies.</summary>
    public const string Id = "plan.schema.json";

    // How AsNumber reads a text.
    private const string NumberPattern = @"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$";

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Lazy<string> _text = new(Build);

    /// <summary>The complete schema, indented.</summary>
    public static string Text => _text.Value;

    private static string Version => $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["effective_from", "measures", "components"],
          "description": "The rules from a day on, until the next version. The version in effect on a month's first day pays the month.",
          "properties": {
            "effective_from": {"type": "string", "format": "date", "description": "The first day of the version. Versions stand in the order of these days, and no two are equal."},
            "eligibility": {{SchemaParts.Condition("Expression over the rep: who is paid by the version. Left out: whoever is on the plan.")}},
            "lookups": {"type": "array", "maxItems": {{VersionReader.MaxLookups}}, "description": "Tables that expressions ask by name.", "items": {{LookupTable.Schema}}},
            "measures": {"type": "array", "minItems": 1, "maxItems": {{VersionReader.MaxMeasures}}, "description": "What counts. Components and quotas name them.", "items": {{SchemaParts.Measure}}},
            "groups": {"type": "array", "maxItems": {{GroupRule.MostOfAVersion}}, "description": "Reps whose figures are looked at together. Pools and contests name them, expressions ask for their figures.", "items": {{GroupRule.Schema}}},
            "components": {"type": "array", "minItems": 1, "maxItems": {{VersionReader.MaxComponents}}, "description": "The incentives, in the order in which statements show them.", "items": {{SchemaParts.Component}}},
            "quotas": {{QuotaRules.Schema}},
            "fx": {{FxRule.Schema}},
            "accounting": {{CapitalisationRule.Schema}},
            "pay": {
              "type": "object", "additionalProperties": false, "description": "Rules between the incentives of a rep and the payout, in this order.",
              "properties": {{{SchemaParts.Members(PayRuleKinds.All.Select(k => (k.Name, k.Schema)).Append(("rounding", PayRounding.Schema)).Append((PayCurrency.Name, PayCurrency.Schema)))}}}
            },
            "note": {{SchemaParts.Note}}
          }
        }
        """;

    private static string Document => $$"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "{{Id}}",
          "title": "Plan document",
          "description": "A compensation plan: the rules by version, and the tests that prove them. A number may be written as a JSON number or as a text; either way it is exact, with at most 28 digits.",
          "type": "object", "additionalProperties": false, "required": ["plan", "currency", "versions"],
          "properties": {
            "plan": {{SchemaParts.Text("The plan's id.")}},
            "name": {{SchemaParts.Text("What people read. Default: the id.")}},
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 code of the currency in which the plan reckons and pays."},
            "note": {{SchemaParts.Note}},
            "facts": {
              "type": "object", "additionalProperties": false, "description": "Further facts that expressions ask for, with their kinds.",
              "properties": {
                "deal": {{SchemaParts.FactKinds("Of a transaction; expressions ask for facts.NAME.")}},
                "rep": {{SchemaParts.FactKinds("Of a rep; expressions ask for rep.facts.NAME.")}}
              }
            },
            "versions": {"type": "array", "minItems": 1, "maxItems": {{PlanReader.MaxVersions}}, "description": "In the order of their effective dates.", "items": {{Version}}},
            "tests": {"type": "array", "description": "Worked examples: given these transactions, these figures.", "items": {{PlanTestSchema.Test}}}
          }
        }
        """;

    private static string Build()
    {
        var schema = JsonNode.Parse(Document)!;
        Complete(schema);
        return schema.ToJsonString(_indented) + "\n";
    }

    /// <summary>Adds what holds everywhere: a comment may stand in any closed object, and a number that is written as a text is one.</summary>
    private static void Complete(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Complete(item);
            }
        }
        if (node is not JsonObject schema)
        {
            return;
        }
        foreach (var (_, member) in schema.ToList())
        {
            Complete(member);
        }
        if (schema["properties"] is JsonObject && schema["additionalProperties"] is JsonValue)
        {
            schema["patternProperties"] = new JsonObject { ["^\\$(comment|schema)$"] = true };
        }
        if (schema["type"] is JsonArray types && !schema.ContainsKey("format") && !schema.ContainsKey("maxLength")
            && types.Select(t => t!.GetValue<string>()).ToArray() is var names && names.Contains("string") && names.Any(n => n is "number" or "integer"))
        {
            schema["pattern"] = NumberPattern;
        }
    }
}
