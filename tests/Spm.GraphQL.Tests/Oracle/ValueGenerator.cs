using Spm.GraphQL.Types;

namespace Spm.GraphQL.Tests.Oracle;

/// <summary>Writes values for types: most of them fit.</summary>
internal sealed class ValueGenerator(RandomText random, bool mistakes = true)
{
    private static readonly string[] Anything =
    [
        "1", "-1", "0", "2147483648", "1.5", "1e40", "\"text\"", "\"\"\"block\"\"\"", "true", "null", "SIT", "BROWNN", "[]", "[1, \"a\"]", "{}", "{name: 1}", "[[null]]",
    ];

    /// <param name="variables">That may be used, with their types.</param>
    public string Value(GraphQLType type, int depth, IReadOnlyList<(string Name, string Type)> variables)
    {
        if (variables.Count > 0 && random.Chance(0.25))
        {
            var fitting = variables.Where(v => v.Type.TrimEnd('!') == type.Nullable.ToString()).ToArray();
            return "$" + (fitting.Length > 0 && random.Chance(0.8) ? random.Pick(fitting).Name : random.Chance(0.1) ? "undefined" : random.Pick(variables).Name);
        }
        if (mistakes && random.Chance(0.04))
        {
            return random.Pick(Anything);
        }
        return type switch
        {
            NonNullType nonNull => Value(nonNull.OfType, depth, variables),
            _ when random.Chance(0.05) => "null",
            ListType list when depth > 0 && random.Chance(0.8) =>
                $"[{string.Join(", ", Enumerable.Range(0, random.Next(3)).Select(_ => Value(list.OfType, depth - 1, variables)))}]",
            ListType list => Value(list.OfType, depth - 1, variables),
            InputObjectType input => Object(input, depth, variables),
            EnumType values => random.Pick(values.Values).Name.Value,
            _ => Scalar(type.ToString()),
        };
    }

    private string Object(InputObjectType type, int depth, IReadOnlyList<(string Name, string Type)> variables)
    {
        var fields = type.IsOneOf && (!mistakes || random.Chance(0.9))
            ? [random.Pick(type.Fields)]
            : type.Fields.Where(f => random.Chance(f.IsRequired ? (mistakes ? 0.95 : 1) : depth > 0 ? 0.3 : 0)).ToList();
        var texts = fields.Select(f => $"{(mistakes && random.Chance(0.02) ? f.Name.Value + "x" : f.Name.Value)}: {Value(f.Type, depth - 1, variables)}").ToList();
        if (mistakes && texts.Count > 0 && random.Chance(0.02))
        {
            texts.Add(texts[0]);
        }
        return $"{{{string.Join(", ", texts)}}}";
    }

    private string Scalar(string type) => type switch
    {
        "Int" => random.Pick(["0", "1", "-7", "2147483647"]),
        "Float" => random.Pick(["0.5", "1", "-1.25e3"]),
        "Boolean" => random.Pick(["true", "false"]),
        "ID" => random.Pick(["\"a1\"", "7"]),
        _ => random.Pick(["\"\"", "\"text\"", "\"\"\"\n    more\n      text\n    \"\"\"", "\"é \\u00e9 \\\"\""]),
    };
}
