namespace Spm.GraphQL.Types.Rules;

/// <summary>An input object does not need itself: no value of it would end.</summary>
internal sealed class InputObjectCycles
{
    private readonly SchemaErrors _errors;
    private readonly HashSet<InputObjectType> _seen = [];
    private readonly List<InputValue> _path = [];

    /// <summary>How long the path was when a type on it was entered.</summary>
    private readonly Dictionary<InputObjectType, int> _entered = [];

    private InputObjectCycles(SchemaErrors errors) => _errors = errors;

    public static void Check(SchemaErrors errors)
    {
        var cycles = new InputObjectCycles(errors);
        foreach (var type in errors.Schema.Types.OfType<InputObjectType>())
        {
            cycles.Visit(type);
        }
    }

    private void Visit(InputObjectType type)
    {
        if (!_seen.Add(type))
        {
            return;
        }
        _entered[type] = _path.Count;
        foreach (var field in type.Fields)
        {
            if (field.Type is not NonNullType { OfType: InputObjectType needed })
            {
                continue;
            }
            _path.Add(field);
            if (_entered.TryGetValue(needed, out var start))
            {
                var cycle = _path[start..];
                _errors.Add(
                    $"Cannot reference Input Object \"{needed}\" within itself through a series of non-null fields: \"{string.Join('.', cycle)}\".",
                    cycle.Select(f => f.Node));
            }
            else
            {
                Visit(needed);
            }
            _path.RemoveAt(_path.Count - 1);
        }
        _entered.Remove(type);
    }
}
