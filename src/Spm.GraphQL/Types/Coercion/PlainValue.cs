using System.Globalization;
using System.Text.Json;
using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Coercion;

/// <summary>
/// Values without a type, for scalars that take whatever comes: null, bool, int, long, double, string, <c>object?[]</c> and dictionaries.
/// </summary>
public static class PlainValue
{
    public static object? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when value.TryGetInt32(out var number) => number,
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => value.EnumerateArray().Select(Of).ToArray(),
        JsonValueKind.Object => Dictionary(value.EnumerateObject().Select(p => (p.Name, Of(p.Value)))),
        _ => null,
    };

    /// <summary>Variables within are replaced by their values; one without a value is null.</summary>
    public static object? Of(ValueNode value, IReadOnlyDictionary<string, object?>? variables = null) => value switch
    {
        BooleanValueNode boolean => boolean.Value,
        StringValueNode text => text.Value,
        EnumValueNode name => name.Value,
        IntValueNode number when int.TryParse(number.Value, CultureInfo.InvariantCulture, out var integer) => integer,
        IntValueNode number when long.TryParse(number.Value, CultureInfo.InvariantCulture, out var integer) => integer,
        IntValueNode number => double.Parse(number.Value, CultureInfo.InvariantCulture),
        FloatValueNode number => double.Parse(number.Value, CultureInfo.InvariantCulture),
        ListValueNode list => list.Values.Select(item => Of(item, variables)).ToArray(),
        ObjectValueNode fields => Dictionary(fields.Fields.Select(f => (f.Name.Value, Of(f.Value, variables)))),
        VariableNode variable => variables?.GetValueOrDefault(variable.Name.Value),
        _ => null,
    };

    /// <summary>Of two values with one name the later counts, as in JSON.</summary>
    private static Dictionary<string, object?> Dictionary(IEnumerable<(string Name, object? Value)> members)
    {
        Dictionary<string, object?> values = new(StringComparer.Ordinal);
        foreach (var (name, value) in members)
        {
            values[name] = value;
        }
        return values;
    }
}
