using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spm.Platform.Provisioning;

/// <summary>A condition on a resource, by RFC 7644, section 3.4.2.2. One that asks for an attribute there is not is refused: it would find nobody, and a provider would make everybody anew.</summary>
internal abstract record ScimFilter
{
    public abstract bool Holds(JsonObject of);

    /// <summary>Whether it asks for an attribute.</summary>
    public bool Asks(string name) => this switch
    {
        Either either => either.Left.Asks(name) || either.Right.Asks(name),
        Both both => both.Left.Asks(name) || both.Right.Asks(name),
        Not not => not.Inner.Asks(name),
        Any any => any.Path.Attribute.Name == name,
        Comparison comparison => comparison.Path[0].Attribute.Name == name,
        _ => true,
    };

    /// <summary>The text that a filter of the form <c>name eq "text"</c> asks for; null of any other.</summary>
    public string? Exactly(string name) => this is Comparison { Operator: "eq", Path: [var only], Value: JsonValue value } && only.Attribute.Name == name && value.TryGetValue<string>(out var text) ? text : null;

    public sealed record Either(ScimFilter Left, ScimFilter Right) : ScimFilter
    {
        public override bool Holds(JsonObject of) => Left.Holds(of) || Right.Holds(of);
    }

    public sealed record Both(ScimFilter Left, ScimFilter Right) : ScimFilter
    {
        public override bool Holds(JsonObject of) => Left.Holds(of) && Right.Holds(of);
    }

    public sealed record Not(ScimFilter Inner) : ScimFilter
    {
        public override bool Holds(JsonObject of) => !Inner.Holds(of);
    }

    /// <summary>Some value of an attribute fulfils a condition of its own.</summary>
    public sealed record Any(Step Path, ScimFilter Inner) : ScimFilter
    {
        public override bool Holds(JsonObject of) => Path.Values(of).OfType<JsonObject>().Any(Inner.Holds);
    }

    /// <param name="Path">The attribute, and a part of it.</param>
    /// <param name="Operator">In lower case; pr asks whether there is a value.</param>
    /// <param name="Value">Null for null.</param>
    public sealed record Comparison(IReadOnlyList<Step> Path, string Operator, JsonNode? Value) : ScimFilter
    {
        public override bool Holds(JsonObject of)
        {
            var values = Path[0].Values(of);
            for (var i = 1; i < Path.Count; i++)
            {
                values = values.OfType<JsonObject>().SelectMany(Path[i].Values);
            }
            return (Operator, Value) switch
            {
                ("pr", _) or ("ne", null) => values.Any(),
                ("eq", null) => !values.Any(),
                ("ne", _) => !values.Any(v => Is("eq", v)),
                _ => values.Any(v => Is(Operator, v)),
            };
        }

        private bool Is(string op, JsonNode value)
        {
            if (value.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
            {
                // Microsoft Entra ID writes "True".
                return op == "eq" && (Value?.GetValueKind() == value.GetValueKind()
                    || (Value is JsonValue word && word.TryGetValue<string>(out var said) && bool.TryParse(said, out var truth) && truth == (value.GetValueKind() == JsonValueKind.True)));
            }
            if (Value is not JsonValue asked || !asked.TryGetValue<string>(out var right) || value is not JsonValue known || !known.TryGetValue<string>(out var left))
            {
                return false;
            }
            var how = Path[^1].Attribute.IsExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
            return op switch
            {
                "eq" => Compared(left, right, how) == 0,
                "co" => left.Contains(right, how),
                "sw" => left.StartsWith(right, how),
                "ew" => left.EndsWith(right, how),
                "gt" => Compared(left, right, how) > 0,
                "ge" => Compared(left, right, how) >= 0,
                "lt" => Compared(left, right, how) < 0,
                _ => Compared(left, right, how) <= 0,
            };
        }

        private int Compared(string left, string right, StringComparison how) =>
            Path[^1].Attribute.Type == ScimType.Instant && Instant(left) is { } l && Instant(right) is { } r ? l.CompareTo(r) : string.Compare(left, right, how);

        private static DateTimeOffset? Instant(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
    }

    /// <summary>An attribute of an object.</summary>
    /// <param name="Holder">The extension that holds it.</param>
    public sealed record Step(ScimAttribute Attribute, string? Holder)
    {
        public IEnumerable<JsonNode> Values(JsonObject of) => ScimBody.Get(of, Holder, Attribute.Name) switch
        {
            null => [],
            JsonArray many => many.OfType<JsonNode>(),
            var one => [one],
        };
    }
}
