using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Coercion;

/// <summary>Values of a document become values of the program.</summary>
public static class LiteralCoercion
{
    /// <summary>
    /// Coerces a literal. Variables in it are taken to be coerced to a fitting type already; one without a value makes an item null and an
    /// input field absent.
    /// </summary>
    /// <returns>False when the literal does not fit the type; validation says why.</returns>
    public static bool TryCoerce(ValueNode literal, GraphQLType type, IReadOnlyDictionary<string, object?>? variables, out object? value)
    {
        value = null;
        switch (literal, type)
        {
            case (VariableNode variable, _):
                return variables is not null && variables.TryGetValue(variable.Name.Value, out value) && !(value is null && type is NonNullType);
            case (NullValueNode, NonNullType):
                return false;
            case (_, NonNullType nonNull):
                return TryCoerce(literal, nonNull.OfType, variables, out value);
            case (NullValueNode, _):
                return true;
            case (ListValueNode list, ListType { OfType: var itemType }):
                return TryList(list, itemType, variables, out value);
            case (_, ListType { OfType: var itemType }):
                var fits = TryCoerce(literal, itemType, variables, out var item);
                value = fits ? new[] { item } : null;
                return fits;
            case (ObjectValueNode fields, InputObjectType input):
                return TryObject(fields, input, variables, out value);
            case (_, ScalarType scalar):
                return Taken(scalar.ParseLiteral(literal, variables), out value);
            case (_, EnumType enumeration):
                return Taken(EnumCoercion.Parse(enumeration, literal, suggest: false), out value);
            default:
                return false;
        }
    }

    private static bool Taken(Coerced coerced, out object? value)
    {
        value = coerced.Value;
        return coerced.Error is null;
    }

    private static bool TryList(ListValueNode list, GraphQLType itemType, IReadOnlyDictionary<string, object?>? variables, out object? value)
    {
        var items = new object?[list.Values.Length];
        value = items;
        for (var i = 0; i < items.Length; i++)
        {
            if (IsMissing(list.Values[i], variables))
            {
                if (itemType is NonNullType)
                {
                    return false;
                }
            }
            else if (!TryCoerce(list.Values[i], itemType, variables, out items[i]))
            {
                return false;
            }
        }
        return true;
    }

    private static bool TryObject(ObjectValueNode given, InputObjectType type, IReadOnlyDictionary<string, object?>? variables, out object? value)
    {
        value = null;
        var built = new InputObject.Builder(type);
        var nodes = new ValueNode?[type.Fields.Count];
        foreach (var node in given.Fields)
        {
            var index = type.Fields.IndexOf(node.Name.Value);
            if (index < 0)
            {
                return false;
            }
            nodes[index] = node.Value;
        }
        foreach (var field in type.Fields)
        {
            var node = nodes[field.Index];
            if (node is null || IsMissing(node, variables))
            {
                if (field.HasDefault)
                {
                    built.Set(field.Index, field.DefaultValue);
                }
                else if (field.Type is NonNullType)
                {
                    return false;
                }
            }
            else if (TryCoerce(node, field.Type, variables, out var fieldValue))
            {
                built.Set(field.Index, fieldValue);
            }
            else
            {
                return false;
            }
        }
        if (type.IsOneOf && built.Given() is not (1, not null))
        {
            return false;
        }
        value = built.Build();
        return true;
    }

    private static bool IsMissing(ValueNode literal, IReadOnlyDictionary<string, object?>? variables) =>
        literal is VariableNode variable && variables?.ContainsKey(variable.Name.Value) != true;
}
