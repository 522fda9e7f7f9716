using System.Linq.Expressions;
using Spm.GraphQL.Resolvers;

namespace Spm.GraphQL.Authoring;

/// <summary>Lists that are structs over an array of objects: a part of one, or one that never changes. They are written without being boxed.</summary>
internal static class ClrItems
{
    public static bool IsKnown(Type type) => Definition(type) is { } definition
        && (definition == typeof(ArraySegment<>) || definition == typeof(ImmutableArray<>)) && !type.GetGenericArguments()[0].IsValueType;

    /// <param name="call">Gives the list.</param>
    public static ResolveItems Of(Type type, Expression call, ParameterExpression context)
    {
        var items = (Definition(type) == typeof(ArraySegment<>) ? typeof(Segment<>) : typeof(Immutable<>)).MakeGenericType(type.GetGenericArguments());
        var compute = Expression.Lambda(typeof(Func<,>).MakeGenericType(typeof(ResolveContext), type), call, context).Compile();
        return items.GetMethod(nameof(Segment<object>.Of))!.CreateDelegate<ResolveItems>(Activator.CreateInstance(items, compute));
    }

    private static Type? Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : null;

    private sealed class Segment<T>(Func<ResolveContext, ArraySegment<T>> compute)
        where T : class
    {
        public ReadOnlySpan<object?> Of(ResolveContext context) => ReadOnlySpan<object?>.CastUp<T>(compute(context).AsSpan());
    }

    private sealed class Immutable<T>(Func<ResolveContext, ImmutableArray<T>> compute)
        where T : class
    {
        public ReadOnlySpan<object?> Of(ResolveContext context) => ReadOnlySpan<object?>.CastUp<T>(compute(context).AsSpan());
    }
}
