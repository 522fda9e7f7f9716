using System.Text;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Tests.Oracle;

/// <summary>
/// Writes operations that are valid: fields asked for twice with different selections, fragments spread in many places, conditions,
/// arguments of every kind. The same seed writes the same operation.
/// </summary>
internal sealed class OperationGenerator(Schema schema, int seed)
{
    private readonly RandomText _random = new(seed);
    private readonly ValueGenerator _values = new(new RandomText(seed + 1), mistakes: false);
    private readonly List<string> _variables = [];
    private readonly List<(string Name, NamedType Type, string Text)> _fragments = [];

    public string Operation()
    {
        var mutation = schema.MutationType is not null && _random.Chance(0.2);
        var selections = Selections(mutation ? schema.MutationType! : schema.QueryType!, 0);
        var variables = _variables.Count == 0 ? "" : $"({string.Join(", ", _variables)})";
        return $"{(mutation ? "mutation" : "query")} Op{variables}{_random.Space()}{selections}{string.Concat(_fragments.Select(f => $"\n{f.Text}"))}";
    }

    private string Selections(NamedType type, int depth)
    {
        var text = new StringBuilder("{");
        for (var i = _random.Next(depth > 3 ? 2 : 5); i >= 0; i--)
        {
            text.Append(_random.Space()).Append(Selection(type, depth));
        }
        return text.Append(_random.Space()).Append('}').ToString();
    }

    private string Selection(NamedType type, int depth)
    {
        if (depth < 5 && _random.Chance(0.12))
        {
            var condition = _random.Chance(0.3) || type.PossibleTypes.Length == 0 ? type : _random.Pick(type.PossibleTypes);
            return $"...{(_random.Chance(0.9) || condition != type ? $" on {condition}" : "")}{Condition()} {Selections(condition, depth + 1)}";
        }
        var known = _fragments.Where(f => f.Type == type).ToArray();
        if (known.Length > 0 && _random.Chance(0.3))
        {
            return $"...{_random.Pick(known).Name}{Condition()}";
        }
        if (depth < 4 && _random.Chance(0.08))
        {
            // The text comes before the fragment is known, so that no fragment spreads itself.
            var text = Selections(type, depth + 1);
            var name = $"F{_fragments.Count}";
            _fragments.Add((name, type, $"fragment {name} on {type} {text}"));
            return $"...{name}{Condition()}";
        }
        return Field(type, depth);
    }

    private string Field(NamedType type, int depth)
    {
        var fields = (type as FieldsType)?.Fields.Where(f => depth < 5 || f.Type.Named.IsLeaf).ToArray() ?? [];
        if (fields.Length == 0 || _random.Chance(0.06))
        {
            return "__typename";
        }
        var field = _random.Pick(fields);
        var arguments = Arguments(field);
        var name = arguments.Length == 0 && IsAlike(field) ? field.Name.Value : $"{Alias($"{type} {field} {arguments}")}: {field}";
        return $"{name}{arguments}{Condition()}{(field.Type.Named.IsComposite ? " " + Selections(field.Type.Named, depth + 1) : "")}";
    }

    /// <summary>Whether the field is of one type wherever it is, and takes nothing, so that it can answer under its own name.</summary>
    private bool IsAlike(FieldDefinition field) =>
        schema.Types.OfType<FieldsType>().Select(t => t.Fields[field.Name.Value]).OfType<FieldDefinition>()
            .All(f => f.Type == field.Type && f.Arguments.All(a => !a.IsRequired));

    /// <summary>The same for what is the same, so that it is merged.</summary>
    private static string Alias(string meaning) => $"a{(uint)meaning.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)) % 100000}";

    private string Arguments(FieldDefinition field)
    {
        var given = field.Arguments.Where(a => a.IsRequired || _random.Chance(0.4)).ToArray();
        return given.Length == 0 ? "" : $"({string.Join(", ", given.Select(a => $"{a}: {Value(a)}"))})";
    }

    private string Value(InputValue argument)
    {
        if (!_random.Chance(0.35))
        {
            return _values.Value(argument.Type, 3, []);
        }
        var name = $"$v{_variables.Count}";
        var type = argument.HasDefault && _random.Chance(0.5) ? argument.Type.Nullable : argument.Type;
        _variables.Add($"{name}: {type}{(_random.Chance(0.3) ? $" = {_values.Value(type, 2, [])}" : "")}");
        return name;
    }

    private string Condition()
    {
        if (!_random.Chance(0.08))
        {
            return "";
        }
        var value = _random.Chance(0.3) ? _random.Pick(["true", "false"]) : $"$v{_variables.Count}";
        if (value[0] == '$')
        {
            _variables.Add($"{value}: Boolean{(_random.Chance(0.5) ? "!" : " = " + _random.Pick(["true", "false"]))}");
        }
        return $" @{_random.Pick(["skip", "include"])}(if: {value})";
    }
}
