using System.Text.Json;
using Spm.Compensation.Accounting;
using Spm.Compensation.Bounds;
using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.Windows;

namespace Spm.Compensation.PlanDocuments;

/// <summary>The parts of the schema that no kind brings along: ids, expressions, measures, components.</summary>
internal static class SchemaParts
{
    public const string Number = """{"type": ["number", "string"]}""";

    public static string Note { get; } = Text("For people; means nothing to the calculation.");

    public static string Measure => $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["id", "value"],
          "description": "Which transactions count, and what of each.",
          "properties": {
            "id": {{Id("Names the measure.")}},
            "name": {{Text("What people read.")}},
            "unit": {{OneOf<MeasureUnit>("money: the plan's currency. count: units, meetings, points.", "money")}},
            "value": {{Expression("Expression over a credit: what of it counts.")}},
            "kinds": {"type": "array", "items": {{Text("order, invoice, refund, payment, cancellation, or a kind of your own.")}}, "description": "The kinds of transactions that count. Left out: all but payment and cancellation."},
            "when": {{Condition("Expression over a credit that is true for what counts.")}}
          }
        }
        """;

    public static string Component => $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["id"],
          "description": "One incentive. It has at most one of {{string.Join(", ", EarningKinds.All.Select(k => k.Name))}}; with none it is measured for the sake of others.",
          "properties": {
            "id": {{Id("Names the component; others ask for components.ID.to_date.")}},
            "name": {{Text("What statements show. Default: the id.")}},
            "note": {{Note}},
            "measure": {{Text("Id of the measure it counts.")}},
            "credits": {"type": "array", "minItems": 1, "items": {{OneOf("direct: the rep's own. overlay: beside another's. roll_up: of the people below.", Credits)}}, "default": ["direct"], "description": "The credits that count."},
            "dates": {
              "type": "object", "additionalProperties": false, "required": ["from"], "description": "Only transactions of these days count.",
              "properties": {"from": {{Day("The first day.")}}, "to": {{Day("The first day that no longer counts. Left out: no end.")}}}
            },
            "per": {{OneOf<Per>("period: all credits together. deal: each deal by itself. deal_in_order: each deal at the rates of the place it fills, on top of the deals before it in the attainment period, by day and id.", "period")}},
            "attainment_period": {{OneOf("What sets the rate: the fiscal span from whose start credits and quota are summed, the last months up to the end of what is paid, whatever the year, or all that was ever credited.", [.. Enum.GetValues<PeriodKind>().Select(WireNames.Of), .. AttainmentWindow.Names], "year")}},
            "measurement_period": {{OneOf<PeriodKind>("The fiscal span that is paid; not longer than the attainment period. Default: the attainment period, or the month where that goes along.")}},
            "quota": {{OneOf<QuotaUse>("to_date: the quotas of the months so far. full: of the whole attainment period. none: no quota. Default: to_date where attainment is asked for, else none.")}},
            "eligibility": {{Condition("Expression over the rep: who is paid by the component. Left out: everyone on the plan.")}},
            "target_incentive": {{Expression("Expression over the rep: the component's target incentive of a fiscal year. Default: the rep's.")}},
            "accounting": {{CapitalisationRule.Schema}},
            "attainment_cap": {{Bound.Schema("Attainment counts up to so many percent of quota.", "\"exclusiveMinimum\": 0, ")}},
            {{Members([.. EarningKinds.All.Select(k => (k.Name, k.Schema)), .. StageKinds.All.Select(k => (k.Name, Stage(k))), .. ComponentPayRules.Members])}}
          }
        }
        """;

    /// <summary>What a credit may be: one of the sources, not none of them.</summary>
    public static IReadOnlyList<string> Credits { get; } = [.. Enum.GetValues<CreditSources>().Where(c => c != CreditSources.None).Select(WireNames.Of)];

    public static string Text(string description) => $$"""{"type": "string", "minLength": 1, "maxLength": 4000, "description": {{Quoted(description)}}}""";

    public static string Id(string description) =>
        $$"""{"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,63}$", "description": {{Quoted(description + " Letters, digits and underscores, at most 64, beginning with no digit.")}}}""";

    public static string Day(string description) => $$"""{"type": "string", "format": "date", "description": {{Quoted(description)}}}""";

    /// <summary>An expression that yields a figure: a bare number is one.</summary>
    public static string Expression(string description) => $$"""{"type": ["string", "number"], "minLength": 1, "maxLength": 4000, "description": {{Quoted(description)}}}""";

    public static string Condition(string description) => Text(description);

    public static string Figure(string description) => $$"""{"type": ["number", "string"], "description": {{Quoted(description)}}}""";

    public static string Truth(string description, bool otherwise) =>
        $$"""{"type": "boolean", "default": {{(otherwise ? "true" : "false")}}, "description": {{Quoted(description)}}}""";

    public static string OneOf<T>(string description, string? otherwise = null)
        where T : struct, Enum => OneOf(description, [.. Enum.GetValues<T>().Select(WireNames.Of)], otherwise);

    public static string OneOf(string description, IReadOnlyList<string> names, string? otherwise = null)
    {
        var preset = otherwise is null ? "" : $"\"default\": {Quoted(otherwise)}, ";
        return $$"""{"enum": [{{string.Join(", ", names.Select(Quoted))}}], {{preset}}"description": {{Quoted(description)}}}""";
    }

    public static string FactKinds(string description) =>
        $$"""{"type": "object", "additionalProperties": {{OneOf<ExpressionKind>("The kind of the fact.")}}, "description": {{Quoted(description)}}}""";

    public static string Members(IEnumerable<(string Name, string Schema)> members) => string.Join(",\n", members.Select(m => $"{Quoted(m.Name)}: {m.Schema}"));

    private static string Stage(StageKinds.Kind kind) => kind.IsList
        ? $$"""{"type": "array", "maxItems": {{StageKinds.MostOfAKind}}, "items": {{kind.Schema}}}"""
        : kind.Schema;

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
