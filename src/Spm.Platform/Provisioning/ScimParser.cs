using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Platform.Kernel;

namespace Spm.Platform.Provisioning;

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
