using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>
/// As much of JSON Schema 2020-12 as the plan schema uses. A keyword it does not know is an error, so that the schema cannot ask for
/// something that no test looks at. <c>format: date</c> is taken as a demand.
/// </summary>
internal static class SchemaValidator
{
    private static readonly HashSet<string> _annotations = ["$schema", "$id", "title", "description", "default"];

    /// <summary>What these refuse is said where it stands.</summary>
    private static readonly HashSet<string> _inside = ["properties", "patternProperties", "additionalProperties", "propertyNames", "items"];

    /// <returns>What is refused, with a JSON pointer; empty when the document is accepted.</returns>
    public static IReadOnlyList<string> Refusals(JsonNode schema, JsonNode? document)
    {
        List<string> refusals = [];
        Check(schema, document, "", refusals);
        return refusals;
    }

    /// <param name="refusals">Null where it is enough to know whether there are any.</param>
    private static bool Check(JsonNode schema, JsonNode? value, string at, List<string>? refusals)
    {
        if (schema is JsonValue)
        {
            if (!schema.GetValue<bool>())
            {
                refusals?.Add($"{at}: nothing may stand here");
            }
            return schema.GetValue<bool>();
        }
        var holds = true;
        foreach (var (keyword, rule) in schema.AsObject())
        {
            if (!_annotations.Contains(keyword) && !Holds(keyword, rule!, schema, value, at, refusals))
            {
                holds = false;
                if (refusals is null)
                {
                    return false;
                }
                if (!_inside.Contains(keyword))
                {
                    refusals.Add($"{at}: {keyword} {(rule!.ToJsonString() is { Length: < 200 } text ? text : "")}");
                }
            }
        }
        return holds;
    }

    private static bool Holds(string keyword, JsonNode rule, JsonNode schema, JsonNode? value, string at, List<string>? refusals)
    {
        switch (keyword)
        {
            case "type":
                return (rule is JsonArray types ? types.Select(t => t!.GetValue<string>()) : [rule.GetValue<string>()]).Any(t => Is(t, value));
            case "enum":
                return rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value));
            case "const":
                return JsonNode.DeepEquals(rule, value);
            case "oneOf":
                return rule.AsArray().Count(branch => Check(branch!, value, at, refusals: null)) == 1;
            case "required":
                return value is not JsonObject owner || rule.AsArray().All(name => owner.ContainsKey(name!.GetValue<string>()));
            case "properties" or "patternProperties" or "additionalProperties" or "propertyNames":
                return Members(keyword, rule, schema, value as JsonObject, at, refusals);
            case "items":
                var allHold = true;
                foreach (var (i, item) in (value as JsonArray ?? []).Index())
                {
                    allHold &= Check(rule, item, $"{at}/{i}", refusals);
                }
                return allHold;
            case "minItems":
                return value is not JsonArray few || few.Count >= rule.GetValue<int>();
            case "maxItems":
                return value is not JsonArray many || many.Count <= rule.GetValue<int>();
            case "uniqueItems":
                return value is not JsonArray list || list.Select(i => i?.ToJsonString()).Distinct().Count() == list.Count;
            case "minimum":
                return Number(value) is not { } atLeast || atLeast >= rule.GetValue<decimal>();
            case "maximum":
                return Number(value) is not { } atMost || atMost <= rule.GetValue<decimal>();
            case "exclusiveMinimum":
                return Number(value) is not { } above || above > rule.GetValue<decimal>();
            case "minLength":
                return Text(value) is not { } shortText || shortText.Length >= rule.GetValue<int>();
            case "maxLength":
                return Text(value) is not { } longText || longText.Length <= rule.GetValue<int>();
            case "pattern":
                return Text(value) is not { } text || Regex.IsMatch(text, rule.GetValue<string>(), RegexOptions.CultureInvariant);
            case "format" when rule.GetValue<string>() == "date":
                return Text(value) is not { } day || DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
            default:
                throw new NotSupportedException($"The validator of the tests does not know '{keyword}'.");
        }
    }

    private static bool Members(string keyword, JsonNode rule, JsonNode schema, JsonObject? owner, string at, List<string>? refusals)
    {
        var hold = true;
        foreach (var (name, member) in owner ?? [])
        {
            var here = $"{at}/{name}";
            var byName = schema["properties"]?[name];
            var byPattern = (schema["patternProperties"] as JsonObject ?? []).Where(p => Regex.IsMatch(name, p.Key)).Select(p => p.Value).FirstOrDefault();
            var found = keyword switch
            {
                "properties" => byName,
                "patternProperties" => byPattern,
                "additionalProperties" => byName is null && byPattern is null ? rule : null,
                _ => null,
            };
            hold &= found is null || Check(found, member, here, refusals);
            hold &= keyword != "propertyNames" || Check(rule, JsonValue.Create(name), here, refusals);
        }
        return hold;
    }

    private static bool Is(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Text(value) is not null,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && number == decimal.Truncate(number),
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        _ => value is null,
    };

    private static string? Text(JsonNode? value) => value?.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : null;

    private static decimal? Number(JsonNode? value) => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number ? decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) : null;
}
