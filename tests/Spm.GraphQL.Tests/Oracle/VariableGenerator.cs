using System.Text.Json;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Tests.Oracle;

/// <summary>Writes variables and values for them: most fit.</summary>
internal sealed class VariableGenerator(Schema schema, int seed)
{
    private static readonly string[] Anything =
    [
        "1", "-1", "1.0", "1e3", "2147483648", "1.5", "12345678901234567890", "\"text\"", "\"\"", "true", "null", "\"SITT\"", "[]", "[1, \"a\"]", "{}",
        "{\"name\": 1}", "[[null]]", "{\"a\": {\"b\": {\"c\": {\"d\": 1}}}}", "[1,2,3,4,5,6,7,8,9,10,11,12]", "\"\\u0007\\n\\\"é😀\"", "0.000001", "1e-7", "1e21",
    ];

    private readonly RandomText _random = new(seed);

    public (string Source, string Json) Set()
    {
        List<string> definitions = [];
        List<string> values = [];
        for (var i = _random.Next(3); i >= 0; i--)
        {
            var type = Wrapped(_random.Pick(schema.Types.Where(t => t.IsInput && !t.IsIntrospection).ToArray()));
            definitions.Add($"$v{i}: {type}");
            if (_random.Chance(0.92))
            {
                values.Add($"\"v{i}\": {Value(type, 4)}");
            }
        }
        return ($"query ({string.Join(", ", definitions)}) {{ dog {{ id }} }}", $"{{{string.Join(", ", values)}}}");
    }

    private GraphQLType Wrapped(GraphQLType type) => _random.Next(6) switch
    {
        0 => type.List,
        1 => type.NonNull.List.NonNull,
        2 => type.NonNull,
        _ => type,
    };

    public string Value(GraphQLType type, int depth)
    {
        if (_random.Chance(0.08))
        {
            return _random.Pick(Anything);
        }
        return type switch
        {
            NonNullType nonNull => Value(nonNull.OfType, depth),
            _ when _random.Chance(0.05) => "null",
            ListType list when depth > 0 && _random.Chance(0.8) =>
                $"[{string.Join(", ", Enumerable.Range(0, _random.Next(3)).Select(_ => Value(list.OfType, depth - 1)))}]",
            ListType list => Value(list.OfType, depth - 1),
            InputObjectType input => Object(input, depth),
            EnumType values => JsonSerializer.Serialize(_random.Chance(0.9) ? _random.Pick(values.Values).Name.Value : "BROWNN"),
            _ => type.ToString() switch
            {
                "Int" => _random.Pick(["0", "-7", "2147483647"]),
                "Float" => _random.Pick(["0.5", "1", "1e3"]),
                "Boolean" => "true",
                "ID" => _random.Pick(["\"a\"", "7"]),
                _ => "\"text\"",
            },
        };
    }

    private string Object(InputObjectType type, int depth)
    {
        var fields = type.IsOneOf && _random.Chance(0.8)
            ? [_random.Pick(type.Fields)]
            : type.Fields.Where(f => _random.Chance(f.IsRequired ? 0.9 : depth > 0 ? 0.3 : 0)).ToList();
        return $"{{{string.Join(", ", fields.Select(f => $"\"{(_random.Chance(0.03) ? f.Name.Value + "x" : f.Name.Value)}\": {Value(f.Type, depth - 1)}"))}}}";
    }
}
