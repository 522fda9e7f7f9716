using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Rules;

/// <summary>A default of an input field does not need itself, by way of defaults of the fields that it leaves out.</summary>
internal sealed class DefaultValueCycles
{
    private readonly SchemaErrors _errors;
    private readonly HashSet<InputValue> _seen = [];
    private readonly List<(InputValue Field, string Name)> _path = [];

    private DefaultValueCycles(SchemaErrors errors) => _errors = errors;

    public static void Check(SchemaErrors errors)
    {
        var cycles = new DefaultValueCycles(errors);
        foreach (var type in errors.Schema.Types.OfType<InputObjectType>())
        {
            cycles.Value(type, new ObjectValueNode([]));
        }
    }

    private void Value(InputObjectType type, ValueNode value)
    {
        if (value is ListValueNode list)
        {
            foreach (var item in list.Values)
            {
                Value(type, item);
            }
        }
        if (value is not ObjectValueNode fields)
        {
            return;
        }
        foreach (var field in type.Fields)
        {
            if (field.Type.Named is not InputObjectType inner)
            {
                continue;
            }
            if (fields.Fields.LastOrDefault(f => f.Name.Value == field.Name.Value) is { } given)
            {
                Value(inner, given.Value);
            }
            else if (field.DefaultLiteral is not null)
            {
                Default(field, field.DefaultLiteral, inner, $"{type}.{field}");
            }
        }
    }

    private void Default(InputValue field, ValueNode literal, InputObjectType type, string name)
    {
        var start = _path.FindIndex(p => p.Field == field);
        if (start >= 0)
        {
            var via = _path[(start + 1)..];
            _errors.Add(
                $"Invalid circular reference. The default value of Input Object field {name} references itself"
                + (via.Count == 0 ? "." : $" via the default values of: {string.Join(", ", via.Select(p => p.Name))}."),
                _path[start..].Select(p => p.Field.Node?.DefaultValue));
        }
        else if (_seen.Add(field))
        {
            _path.Add((field, name));
            Value(type, literal);
            _path.RemoveAt(_path.Count - 1);
        }
    }
}
