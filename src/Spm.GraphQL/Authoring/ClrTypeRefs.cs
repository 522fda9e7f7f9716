using System.Collections;
using System.Reflection;
using Spm.GraphQL.Language;

namespace Spm.GraphQL.Authoring;

/// <summary>References to types, with lists and nulls as C# says.</summary>
internal sealed class ClrTypeRefs(ClrSchemaTypes types)
{
    /// <summary>What a field or its method gives.</summary>
    public TypeNode Output(NullabilityInfo value, bool isId) => Reference(Awaited(value), isId, types.Output, n => n.ReadState);

    /// <summary>What a parameter or a property of an input object takes.</summary>
    public TypeNode Input(NullabilityInfo value, bool isId) => Reference(value, isId, types.Input, n => n.WriteState);

    /// <summary>The type behind tasks and streams.</summary>
    public static NullabilityInfo Awaited(NullabilityInfo value) =>
        value.Type.IsGenericType && value.Type.GetGenericTypeDefinition() is var generic
        && (generic == typeof(Task<>) || generic == typeof(ValueTask<>) || generic == typeof(Optional<>))
            ? value.GenericTypeArguments[0]
            : value;

    /// <summary>The type of a list's items; null of what is no list.</summary>
    public static Type? ItemOf(Type type) =>
        type == typeof(string) || type.IsAssignableTo(typeof(IDictionary)) ? null
        : type.IsArray ? type.GetElementType()
        : type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType
            && (i.GetGenericTypeDefinition() == typeof(IEnumerable<>) || i.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)))?.GetGenericArguments()[0];

    private static TypeNode Reference(NullabilityInfo value, bool isId, Func<Type, string> nameOf, Func<NullabilityInfo, NullabilityState> stateOf)
    {
        if (value.Type.IsGenericType && value.Type.GetGenericTypeDefinition() == typeof(Optional<>))
        {
            // What may be absent may be null.
            var inner = Reference(value.GenericTypeArguments[0], isId, nameOf, stateOf);
            return inner is NonNullTypeNode required ? required.Type : inner;
        }
        var underlying = Nullable.GetUnderlyingType(value.Type);
        var type = underlying ?? value.Type;
        TypeNode node;
        if (ItemOf(type) is { } item)
        {
            var items = value.ElementType ?? (value.GenericTypeArguments.Length == 1 ? value.GenericTypeArguments[0] : null);
            node = new ListTypeNode(items is null ? new NonNullTypeNode(new NamedTypeNode(nameOf(item))) : Reference(items, isId, nameOf, stateOf));
        }
        else
        {
            node = new NamedTypeNode(isId ? "ID" : nameOf(type));
        }
        var isNullable = type.IsValueType ? underlying is not null : stateOf(value) != NullabilityState.NotNull;
        return isNullable ? node : new NonNullTypeNode(node);
    }
}
