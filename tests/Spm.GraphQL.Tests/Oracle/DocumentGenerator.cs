using System.Text;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Tests.Oracle;

/// <summary>
/// Writes documents for a schema: most of what they say is right, and every rule of validation is broken now and then. The same seed writes
/// the same document.
/// </summary>
internal sealed class DocumentGenerator(Schema schema, int seed)
{
    private static readonly string[] Variables = ["a", "b", "c", "d"];
    private static readonly string[] Aliases = ["x", "y", "name", "id", "deep"];

    private readonly RandomText _random = new(seed);
    private readonly StringBuilder _text = new();
    private readonly ValueGenerator _values = new(new RandomText(seed + 1));
    private readonly List<(string Name, string Type)> _variables = [];
    private string[] _fragments = [];

    public string Document()
    {
        _fragments = [.. Enumerable.Range(0, _random.Next(4)).Select(i => $"F{i}")];
        // Variables are the same for all operations of a document, more or less, so that fragments can use them.
        foreach (var name in Variables.Take(_random.Next(5)))
        {
            _variables.Add((name, InputType()));
        }
        var operations = _random.Chance(0.8) ? 1 : 2;
        for (var i = 0; i < operations; i++)
        {
            Operation(i, operations);
        }
        foreach (var fragment in _fragments)
        {
            Fragment(_random.Chance(0.02) ? "F0" : fragment);
        }
        if (_random.Chance(0.01))
        {
            _text.Append("type T { a: Int } ");
        }
        return _text.ToString();
    }

    private DocumentGenerator Write(string text)
    {
        _text.Append(text).Append(_random.Space());
        return this;
    }

    private void Operation(int index, int count)
    {
        var keyword = _random.Chance(0.8) ? "query" : _random.Chance(0.6) ? "mutation" : "subscription";
        NamedType? root = keyword switch { "query" => schema.QueryType, "mutation" => schema.MutationType, _ => schema.SubscriptionType };
        if (root is null)
        {
            (keyword, root) = ("query", schema.QueryType);
        }
        var anonymous = count == 1 ? _random.Chance(0.3) : _random.Chance(0.03);
        if (!(anonymous && keyword == "query" && _variables.Count == 0 && _random.Chance(0.7)))
        {
            if (_random.Chance(0.05))
            {
                Write("\"\"\"\n  What it does \\\"\"\"\n   and why\"\"\"");
            }
            Write(keyword).Write(anonymous ? "" : _random.Chance(0.03) ? "Op0" : $"Op{index}");
            VariableDefinitions();
            Directives(["onOperation", "onField"], 0.1);
        }
        // What @skip and @include do at the root of a subscription differs between editions of the specification.
        SelectionSet(root!, keyword == "subscription" ? 1 : 0, keyword == "subscription");
    }

    private void VariableDefinitions()
    {
        if (_variables.Count == 0)
        {
            return;
        }
        Write("(");
        foreach (var (name, type) in _variables)
        {
            if (_random.Chance(0.04))
            {
                continue;
            }
            Write($"${(_random.Chance(0.02) ? "a" : name)}").Write(":").Write(_random.Chance(0.02) ? "Dog" : _random.Chance(0.01) ? "Dgo" : type);
            if (_random.Chance(0.3))
            {
                Write("=").Write(schema.TypeOf(Spm.GraphQL.Language.TypeNode.Parse(type)) is { } known ? _values.Value(known, 2, []) : "1");
            }
            Directives(["onOperation"], 0.03, constant: true);
        }
        Write(_text[^1] == '(' ? "$z: Int)" : ")");
    }

    private string InputType()
    {
        var named = _random.Pick(schema.Types.Where(t => t.IsInput).ToArray()).ToString();
        return _random.Next(6) switch
        {
            0 => $"[{named}]",
            1 => $"[{named}!]!",
            2 => $"{named}!",
            _ => named,
        };
    }

    private void Fragment(string name)
    {
        if (_random.Chance(0.05))
        {
            Write("\"A fragment\"");
        }
        var type = _random.Chance(0.03) ? _random.Pick(schema.Types.ToArray()) : _random.Pick(Composite);
        Write("fragment").Write(name).Write("on").Write(_random.Chance(0.01) ? type + "s" : type.ToString());
        Directives(["onFragment"], 0.05);
        SelectionSet(type, 1, false);
    }

    private NamedType[] Composite => [.. schema.Types.Where(t => t.IsComposite && !t.IsIntrospection)];

    private void SelectionSet(NamedType type, int depth, bool plain)
    {
        Write("{");
        for (var i = plain && _random.Chance(0.8) ? 0 : _random.Next(depth > 3 ? 2 : 4); i >= 0; i--)
        {
            if (_fragments.Length > 0 && _random.Chance(0.12))
            {
                Write("...").Write(_random.Chance(0.02) ? "Unknown" : _random.Pick(_fragments));
                Directives(plain ? [] : ["include", "onFragment", "skip"], 0.1);
            }
            else if (_random.Chance(0.12) && depth < 6)
            {
                InlineFragment(type, depth, plain);
            }
            else
            {
                Field(type, depth, plain);
            }
        }
        Write("}");
    }

    private void InlineFragment(NamedType type, int depth, bool plain)
    {
        var condition = _random.Chance(0.3) ? type : _random.Chance(0.8) && type.PossibleTypes.Length > 0 ? _random.Pick(type.PossibleTypes) : _random.Pick(Composite);
        var named = _random.Chance(0.9);
        Write(named ? $"... on {condition}" : "...");
        Directives(plain ? [] : ["include", "onFragment"], 0.1);
        SelectionSet(named ? condition : type, depth + 1, plain);
    }

    private void Field(NamedType type, int depth, bool plain)
    {
        var fields = (type as FieldsType)?.Fields;
        // Deep down only leaves are selected, so that documents end.
        var candidates = fields?.Where(f => depth < 5 || f.Type.Named.IsLeaf).ToArray() ?? [];
        var field = candidates.Length == 0 ? schema.TypeNameField
            : _random.Chance(0.04) ? schema.TypeNameField
            : _random.Chance(0.03) ? schema.SchemaField
            : _random.Pick(candidates);
        if (_random.Chance(0.2))
        {
            Write(_random.Pick(Aliases)).Write(":");
        }
        Write(_random.Chance(0.02) ? _random.Pick(["nam", "owners", "barkVolum", "unknown", field.Name.Value + "s"]) : field.Name.Value);
        Arguments(field.Arguments, type.IsIntrospection);
        Directives(plain ? [] : ["skip", "include", "onField", "onField"], 0.08);
        if (field.Type.Named.IsComposite ? !_random.Chance(0.02) : _random.Chance(0.01))
        {
            SelectionSet(field.Type.Named, depth + 1, false);
        }
    }

    /// <summary>Introspection takes nulls in some editions of the specification and not in others, so it gets none.</summary>
    private void Arguments(NameMap<InputValue> arguments, bool introspection)
    {
        if (introspection)
        {
            Write(arguments.Count > 0 && _random.Chance(0.4) ? "(includeDeprecated: true)" : "");
            return;
        }
        var given = arguments.Where(a => _random.Chance(a.IsRequired ? 0.97 : 0.4)).Select(a => (a.Name.Value, a.Type)).ToList();
        if (_random.Chance(0.02))
        {
            given.Add((_random.Pick(["unknown", "commmand", "first"]), schema.Types["String"]!));
        }
        if (given.Count > 0 && _random.Chance(0.02))
        {
            given.Add(given[0]);
        }
        if (given.Count == 0)
        {
            return;
        }
        Write("(");
        foreach (var (name, type) in given)
        {
            Write(name).Write(":").Write(_values.Value(type, 3, _variables));
        }
        Write(")");
    }

    private void Directives(string[] likely, double chance, bool constant = false)
    {
        while (_random.Chance(chance))
        {
            var name = _random.Chance(0.05) ? "unknown" : _random.Chance(0.05) || likely.Length == 0 ? "deprecated" : _random.Pick(likely);
            Write($"@{name}");
            if (name == "deprecated")
            {
                Write(_random.Chance(0.5) ? "(reason: \"no\")" : "");
            }
            else if (schema.Directives[name] is { Arguments.Count: > 0 } directive)
            {
                var variables = _variables;
                if (constant)
                {
                    variables = [];
                }
                var given = directive.Arguments.Where(a => _random.Chance(a.IsRequired ? 0.95 : 0.4)).ToArray();
                Write(given.Length == 0 ? "" : $"({string.Join(", ", given.Select(a => $"{a}: {_values.Value(a.Type, 2, variables)}"))})");
            }
        }
    }
}
