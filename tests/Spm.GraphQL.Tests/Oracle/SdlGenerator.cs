using System.Text;

namespace Spm.GraphQL.Tests.Oracle;

/// <summary>Writes definitions of schemas: most of what they say is right, and every rule is broken now and then.</summary>
internal sealed class SdlGenerator(int seed)
{
    private static readonly string[] Objects = ["Query", "User", "Team", "Mutation"];
    private static readonly string[] Interfaces = ["Node", "Named", "Owned"];
    private static readonly string[] Inputs = ["Filter", "Key", "Patch"];
    private static readonly string[] Leaves = ["Int", "Float", "String", "Boolean", "ID", "Color", "Money"];
    private static readonly string[] Fields = ["id", "name", "owner", "size"];

    private readonly RandomText _random = new(seed);
    private readonly StringBuilder _text = new();

    public string Definitions()
    {
        if (_random.Chance(0.15))
        {
            Description("");
            _text.Append("schema ").Append(Directives("SCHEMA")).Append("{ query: ").Append(_random.Chance(0.9) ? "Query" : "Node")
                .Append(_random.Chance(0.1) ? " query: User" : "").Append(_random.Chance(0.3) ? " mutation: Mutation" : "").Append(" }\n");
        }
        foreach (var name in Interfaces.Where(_ => _random.Chance(0.9)))
        {
            FieldsType("interface", name, 0.3);
        }
        foreach (var name in Objects.Where(n => n != "Mutation" || _random.Chance(0.3)))
        {
            FieldsType("type", _random.Chance(0.01) ? "Team" : name, 0.5);
        }
        foreach (var name in Inputs.Where(_ => _random.Chance(0.95)))
        {
            Input(name);
        }
        Others();
        if (_random.Chance(0.3))
        {
            Extension();
        }
        return _text.ToString();
    }

    private void Others()
    {
        Description("");
        _text.Append("enum Color ").Append(Directives("ENUM")).Append("{ RED GREEN ").Append(_random.Chance(0.03) ? "RED " : "")
            .Append(_random.Chance(0.05) ? "__BLUE " : "").Append("TAN").Append(Directives("ENUM_VALUE")).Append(" }\n");
        _text.Append("scalar Money").Append(_random.Chance(0.5) ? " @specifiedBy(url: \"https://example.com/\\\"m\\\"\")" : "").Append(Directives("SCALAR")).Append('\n');
        _text.Append("union Any").Append(Directives("UNION")).Append(_random.Chance(0.97) ? " = User | Team" : "").Append(_random.Chance(0.04) ? " | User" : "")
            .Append(_random.Chance(0.03) ? " | Node" : "").Append('\n');
        Description("");
        _text.Append("directive @mark(").Append("level: Int = 1, by: String").Append(_random.Chance(0.05) ? "!" : "").Append(_random.Chance(0.03) ? ", by: Int" : "").Append(") ")
            .Append(_random.Chance(0.5) ? "repeatable " : "").Append("on OBJECT | INTERFACE | FIELD_DEFINITION | ENUM | SCALAR | FIELD\n");
    }

    private string Directives(string location) =>
        !_random.Chance(0.06) ? ""
        : _random.Chance(0.1) ? " @unknown"
        : location is "FIELD_DEFINITION" or "ARGUMENT_DEFINITION" or "INPUT_FIELD_DEFINITION" or "ENUM_VALUE" && _random.Chance(0.7)
            ? _random.Pick([" @deprecated", " @deprecated(reason: \"Gone \\\\ \\\"now\\\"\")", " @deprecated @deprecated", " @deprecated(raeson: \"x\")"])
        : _random.Pick([" @mark", " @mark(level: 2) @mark(by: \"x\")", " @mark(levle: 1)", " @mark(level: 1, level: 2)"]);

    private void Description(string indent)
    {
        if (_random.Chance(0.3))
        {
            _text.Append(indent).Append(_random.Pick(
            [
                "\"One line\"", "\"\"\"Block \\\"\"\" quote\"\"\"", "\"\"\"\n  Two\n    lines\n\"\"\"", "\"\"", "\"ends with \\\\\"", "\" indented\"",
                "\"a\\u0007b\"", "\"tail \"", "\"two\\nlines\"", "\"\"\"A line of text that is so long that it needs a line of its own between the quotes\"\"\"",
            ])).Append('\n');
        }
    }

    private string OutputType()
    {
        var named = _random.Chance(0.01) ? "Unknwon" : _random.Chance(0.02) ? _random.Pick(Inputs) : _random.Chance(0.6) ? _random.Pick(Leaves) : _random.Pick([.. Interfaces, .. Objects, "Any"]);
        return Wrapped(named);
    }

    private string InputType() => Wrapped(_random.Chance(0.02) ? _random.Pick(Objects) : _random.Chance(0.7) ? _random.Pick(Leaves) : _random.Pick(Inputs));

    private string Wrapped(string named) => _random.Next(8) switch
    {
        0 => $"[{named}]",
        1 => $"[{named}!]!",
        2 => $"{named}!",
        _ => named,
    };

    private void FieldsType(string keyword, string name, double implements)
    {
        Description("");
        _text.Append(keyword).Append(' ').Append(_random.Chance(0.01) ? "__" : "").Append(name);
        if (_random.Chance(implements))
        {
            var interfaces = Interfaces.Where(_ => _random.Chance(0.5)).DefaultIfEmpty("Node").ToList();
            if (_random.Chance(0.03))
            {
                interfaces.Add(_random.Pick(["Node", "User", "Color"]));
            }
            _text.Append(" implements ").AppendJoin(" & ", interfaces);
        }
        _text.Append(Directives("OBJECT"));
        if (_random.Chance(0.98))
        {
            _text.Append(" {\n");
            FieldDefinitions(0.9);
            _text.Append("}\n");
        }
        _text.Append('\n');
    }

    /// <summary>Fields are mostly alike everywhere, so that interfaces are often implemented.</summary>
    private void FieldDefinitions(double chance)
    {
        foreach (var field in Fields.Where(f => f == "id" || _random.Chance(chance)))
        {
            Description("  ");
            _text.Append("  ").Append(_random.Chance(0.01) ? "id" : field);
            if (field is "owner" or "size" && _random.Chance(0.9))
            {
                _text.Append('(');
                var type = _random.Chance(0.97) ? "Int" : InputType();
                InputValue("first", type, type == "Int" && _random.Chance(0.5) ? "10" : null, "ARGUMENT_DEFINITION");
                if (_random.Chance(0.1))
                {
                    InputValue(_random.Chance(0.1) ? "first" : "more", InputType(), null, "ARGUMENT_DEFINITION");
                }
                _text.Append(')');
            }
            _text.Append(": ").Append(_random.Chance(0.1) ? OutputType() : field switch { "id" => "ID!", "name" => "String", "owner" => "Node", _ => "[Int!]" })
                .Append(Directives("FIELD_DEFINITION")).Append('\n');
        }
    }

    private void InputValue(string name, string type, string? defaultValue, string location)
    {
        Description(" ");
        _text.Append(name).Append(": ").Append(type).Append(defaultValue is null ? "" : " = " + defaultValue).Append(Directives(location)).Append(' ');
    }

    private void Input(string name)
    {
        Description("");
        _text.Append("input ").Append(name).Append(name == "Key" ? " @oneOf" : "").Append(" {\n");
        foreach (var field in Fields)
        {
            var type = field == "id" ? "ID" : InputType();
            // Defaults are written as graphql-js 16 prints them, which is not always how they were read.
            var value = type is "Int" or "Float" ? "7" : type == "String" ? "\"seven\"" : type == "Color" ? "RED" : type == "[Int]" ? "[1, 2]" : null;
            InputValue(_random.Chance(0.01) ? "id" : field, name == "Key" && _random.Chance(0.95) ? type.TrimEnd('!') : type,
                _random.Chance(name == "Key" ? 0.05 : 0.4) ? value : null, "INPUT_FIELD_DEFINITION");
            _text.Append('\n');
        }
        _text.Append("}\n");
    }

    private void Extension()
    {
        _text.Append(_random.Pick(
        [
            "extend type User { extra: Int }\n", "extend type User implements Node\n", "extend type User { id: ID! }\n", "extend type Usr { a: Int }\n",
            "extend enum Color { BLUE }\n", "extend enum Color { RED }\n", "extend union Any = Query\n", "extend scalar Money @mark\n", "extend input Filter { extra: Int = 3 }\n",
            "extend interface Color { a: Int }\n", "extend schema { subscription: Team }\n", "extend schema @mark\n", "extend scalar Money @specifiedBy(url: \"later\")\n",
        ]));
    }
}
