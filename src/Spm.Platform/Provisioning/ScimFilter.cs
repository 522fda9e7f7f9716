using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Platform.Kernel;

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

/// <summary>Where a change of a resource applies: an attribute, those of its values that a filter picks, a part of them.</summary>
internal sealed record ScimPath(ScimFilter.Step Attribute, ScimFilter? Filter, ScimAttribute? Part);

/// <summary>Reads filters and paths. Bounded: <see cref="MaxLength"/> characters, <see cref="MaxDepth"/> brackets.</summary>
internal sealed class ScimParser
{
    public const int MaxLength = 2000;
    public const int MaxDepth = 20;

    private static readonly string[] Operators = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"];

    private readonly ScimKind _kind;
    private readonly string _text;
    private int _at;
    private int _depth;

    private ScimParser(ScimKind kind, string text) => (_kind, _text) = (kind, text);

    public static Result<ScimFilter> Filter(ScimKind kind, string text)
    {
        try
        {
            var parser = new ScimParser(kind, Bounded(text));
            var filter = parser.Or(within: null);
            return parser.Rest().Length > 0 ? throw parser.Wrong("the end") : Result<ScimFilter>.Of(filter);
        }
        catch (ScimParserException wrong)
        {
            return new Error(ErrorCodes.ScimFilter, wrong.Message);
        }
    }

    public static Result<ScimPath> Path(ScimKind kind, string text)
    {
        try
        {
            var parser = new ScimParser(kind, Bounded(text));
            var path = parser.Path();
            return parser.Rest().Length > 0 ? throw parser.Wrong("the end") : path;
        }
        catch (ScimParserException wrong)
        {
            return new Error(ErrorCodes.ScimPath, wrong.Message);
        }
    }

    private static string Bounded(string text) => text.Length <= MaxLength ? text : throw new ScimParserException($"More than {MaxLength} characters.");

    private ScimPath Path()
    {
        var name = Name();
        // An extension as a whole has no attribute of its own: urn:…:User alone.
        var (step, part) = Attribute(name, null);
        ScimFilter? filter = null;
        if (Take("["))
        {
            filter = part is null ? Or(step.Attribute) : throw Wrong("no filter behind a part");
            Need("]");
            part = Take(".") ? PartOf(step.Attribute, Name()) : null;
        }
        return new ScimPath(step, filter, part);
    }

    private ScimFilter Or(ScimAttribute? within)
    {
        var left = And(within);
        while (Word("or"))
        {
            left = new ScimFilter.Either(left, And(within));
        }
        return left;
    }

    private ScimFilter And(ScimAttribute? within)
    {
        var left = Term(within);
        while (Word("and"))
        {
            left = new ScimFilter.Both(left, Term(within));
        }
        return left;
    }

    private ScimFilter Term(ScimAttribute? within)
    {
        var isNot = Word("not");
        if (Take("("))
        {
            if (++_depth > MaxDepth)
            {
                throw new ScimParserException($"More than {MaxDepth} brackets.");
            }
            var inner = Or(within);
            Need(")");
            _depth--;
            return isNot ? new ScimFilter.Not(inner) : inner;
        }
        if (isNot)
        {
            throw Wrong("(");
        }
        var (step, part) = Attribute(Name(), within);
        if (part is null && Take("["))
        {
            if (within is not null || step.Attribute.Parts.Count == 0)
            {
                throw Wrong("an operator");
            }
            var inner = Or(step.Attribute);
            Need("]");
            return new ScimFilter.Any(step, inner);
        }
        var path = Full(step, part);
        if (Word("pr"))
        {
            return new ScimFilter.Comparison(path, "pr", null);
        }
        var op = Operators.FirstOrDefault(Word) ?? throw Wrong("eq, ne, co, sw, ew, gt, ge, lt, le or pr");
        return new ScimFilter.Comparison(path, op, Literal());
    }

    /// <summary>A complex attribute with a `value` is compared by it.</summary>
    private static IReadOnlyList<ScimFilter.Step> Full(ScimFilter.Step step, ScimAttribute? part) =>
        (part ?? step.Attribute.Part("value")) is { } compared ? [step, new ScimFilter.Step(compared, null)] : [step];

    private (ScimFilter.Step Step, ScimAttribute? Part) Attribute(string name, ScimAttribute? within)
    {
        if (within is not null)
        {
            return (new ScimFilter.Step(PartOf(within, name), null), null);
        }
        // A dot behind the last colon leads to a part; those before it are of the schema's name.
        var (whole, dot) = (_kind.Find(name), name.LastIndexOf('.'));
        if (whole is null && dot > name.LastIndexOf(':') && _kind.Find(name[..dot]) is var (attribute, holder))
        {
            return (new ScimFilter.Step(attribute, holder), PartOf(attribute, name[(dot + 1)..]));
        }
        return whole is var (known, of) ? (new ScimFilter.Step(known, of), null) : throw new ScimParserException($"There is no attribute '{name}'.");
    }

    private static ScimAttribute PartOf(ScimAttribute attribute, string name) => attribute.Part(name) ?? throw new ScimParserException($"'{attribute.Name}' has no '{name}'.");

    private string Name()
    {
        var name = Rest();
        var length = 0;
        while (length < name.Length && (char.IsAsciiLetterOrDigit(name[length]) || name[length] is '.' or ':' or '_' or '-' or '$'))
        {
            length++;
        }
        if (length == 0)
        {
            throw Wrong("an attribute");
        }
        _at += length;
        return name[..length];
    }

    private JsonNode? Literal()
    {
        var rest = Rest();
        var length = rest.StartsWith('"') ? EndOfText(rest) : rest.IndexOfAny([' ', ')', ']']) is >= 0 and var end ? end : rest.Length;
        try
        {
            var value = JsonNode.Parse(rest[..length]);
            if (value is not (null or JsonValue) || (value?.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Contains('\0', StringComparison.Ordinal)))
            {
                throw Wrong("a value");
            }
            _at += length;
            return value;
        }
        // Half of a surrogate pair is found when the text is asked for.
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw Wrong("a value");
        }
    }

    private int EndOfText(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i + 1;
            }
        }
        throw Wrong("the end of the text");
    }

    /// <summary>What follows, without the blanks before it.</summary>
    private string Rest()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }
        return _text[_at..];
    }

    private bool Take(string sign)
    {
        if (!Rest().StartsWith(sign, StringComparison.Ordinal))
        {
            return false;
        }
        _at += sign.Length;
        return true;
    }

    private void Need(string sign)
    {
        if (!Take(sign))
        {
            throw Wrong(sign);
        }
    }

    private bool Word(string word)
    {
        var rest = Rest();
        if (!rest.StartsWith(word, StringComparison.OrdinalIgnoreCase) || (rest.Length > word.Length && rest[word.Length] is not (' ' or '(' or ')' or ']')))
        {
            return false;
        }
        _at += word.Length;
        return true;
    }

    private ScimParserException Wrong(string expected) => new($"At {_at + 1} of '{_text}': {expected} is expected.");

    private sealed class ScimParserException(string message) : Exception(message);
}
