using System.Text.Json;

namespace Spm.GraphQL.Types.Coercion;

/// <summary>
/// Values of JSON, which variables have, become values of the program. Every mistake is reported, not only the first. For one value.
/// </summary>
internal sealed class JsonCoercion(JsonCoercion.Report report, bool suggest)
{
    private int _mistakes;

    /// <summary>Is told where a mistake is, what stands there, and what is wrong about it.</summary>
    public delegate void Report(InputPath? path, JsonElement value, string error);

    /// <summary>The coerced value; something or other when there was a mistake.</summary>
    public object? Coerce(JsonElement value, GraphQLType type, InputPath? path = null)
    {
        var isNull = value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;
        switch (type)
        {
            case NonNullType when isNull:
                return Refuse(path, value, $"Expected non-nullable type \"{type}\" not to be null.");
            case NonNullType nonNull:
                return Coerce(value, nonNull.OfType, path);
            case var _ when isNull:
                return null;
            case ListType list:
                return List(value, list.OfType, path);
            case InputObjectType input:
                return Object(value, input, path);
            case ScalarType scalar:
                return Leaf(scalar.ParseValue(value), value, path);
            case EnumType enumeration:
                return Leaf(EnumCoercion.Parse(enumeration, value, suggest), value, path);
            default:
                throw new InvalidOperationException($"{type} is no input type.");
        }
    }

    private object? Refuse(InputPath? path, JsonElement value, string error)
    {
        _mistakes++;
        report(path, value, error);
        return null;
    }

    private object? Leaf(Coerced coerced, JsonElement value, InputPath? path) =>
        coerced.Error is null ? coerced.Value : Refuse(path, value, coerced.Error);

    /// <summary>What is no list is a list of one.</summary>
    private object?[] List(JsonElement value, GraphQLType itemType, InputPath? path)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return [Coerce(value, itemType, path)];
        }
        var items = new object?[value.GetArrayLength()];
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            items[index] = Coerce(item, itemType, InputPath.Item(path, index));
            index++;
        }
        return items;
    }

    private object? Object(JsonElement value, InputObjectType type, InputPath? path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Refuse(path, value, $"Expected type \"{type}\" to be an object.");
        }
        var before = _mistakes;
        var built = new InputObject.Builder(type);
        foreach (var field in type.Fields)
        {
            if (value.TryGetProperty(field.Name.Utf8.Span, out var given))
            {
                built.Set(field.Index, Coerce(given, field.Type, InputPath.Field(path, field.Name.Value)));
            }
            else if (field.HasDefault)
            {
                built.Set(field.Index, field.DefaultValue);
            }
            else if (field.Type is NonNullType)
            {
                Refuse(path, value, $"Field \"{field}\" of required type \"{field.Type}\" was not provided.");
            }
        }
        foreach (var property in value.EnumerateObject())
        {
            if (type.Fields.IndexOf(property.Name) < 0)
            {
                Refuse(path, value, $"Field \"{property.Name}\" is not defined by type \"{type}\".{DidYouMean(property.Name, type)}");
            }
        }
        if (type.IsOneOf)
        {
            OneOf(value, type, path);
        }
        // Whoever makes the program's object may rely on sound fields.
        return _mistakes == before ? built.Build() : null;
    }

    private void OneOf(JsonElement value, InputObjectType type, InputPath? path)
    {
        var given = type.Fields.Where(f => value.TryGetProperty(f.Name.Utf8.Span, out _)).ToArray();
        if (given.Length != 1)
        {
            Refuse(path, value, $"Exactly one key must be specified for OneOf type \"{type}\".");
        }
        if (given.Length > 0 && value.GetProperty(given[0].Name.Value) is { ValueKind: JsonValueKind.Null } nothing)
        {
            Refuse(InputPath.Field(path, given[0].Name.Value), nothing, $"Field \"{given[0]}\" must be non-null.");
        }
    }

    private string DidYouMean(string name, InputObjectType type) =>
        suggest ? Suggestions.DidYouMean(Suggestions.For(name, type.Fields.Names)) : "";
}
