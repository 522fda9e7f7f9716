using System.Linq.Expressions;
using System.Reflection;
using Spm.GraphQL.Resolvers;

namespace Spm.GraphQL.Authoring;

/// <summary>Resolvers compiled from properties and methods.</summary>
internal static class ClrResolvers
{
    public static Resolve Property(PropertyInfo property)
    {
        var context = Expression.Parameter(typeof(ResolveContext));
        var source = Expression.Convert(Expression.Property(context, nameof(ResolveContext.Source)), property.DeclaringType!);
        return Expression.Lambda<Resolve>(Expression.Convert(Expression.Property(source, property), typeof(object)), context).Compile();
    }

    /// <exception cref="NotSupportedException">The method gives nothing that a response could carry.</exception>
    public static FieldResolver Method(MethodInfo method, ClrParameters parameters, bool isStream)
    {
        var context = Expression.Parameter(typeof(ResolveContext));
        var call = Expression.Call(method, parameters.Values(context));
        var type = method.ReturnType;
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask))
        {
            throw new NotSupportedException($"{method.DeclaringType}.{method.Name} gives nothing, so that it cannot be a field.");
        }
        if (isStream)
        {
            var stream = StreamOf(call, method);
            return FieldResolver.LaterStream(() => Lambda<Subscribe>(stream, context));
        }
        if (Generic(type, typeof(Task<>)) || Generic(type, typeof(ValueTask<>)))
        {
            return FieldResolver.LaterAsync(() => Lambda<ResolveAsync>(Boxed(nameof(Awaiting.Value), call, type.GetGenericArguments()[0]), context));
        }
        return Generic(type, typeof(IAsyncEnumerable<>))
            ? FieldResolver.LaterAsync(() => Lambda<ResolveAsync>(
                Boxed(nameof(Awaiting.Items), call, type.GetGenericArguments()[0], Cancellation(context)), context))
            : ClrItems.IsKnown(type)
                ? FieldResolver.LaterItems(() => Lambda<Resolve>(Expression.Convert(call, typeof(object)), context), () => ClrItems.Of(type, call, context))
            : FieldResolver.Later(() => Lambda<Resolve>(Expression.Convert(call, typeof(object)), context));
    }

    /// <summary>The same resolver with something done to what it gives.</summary>
    public static FieldResolver Then(FieldResolver resolver, Func<ResolveContext, object?, object?> change) =>
        resolver.IsSync
            ? FieldResolver.Of(context => change(context, resolver.Sync!(context)))
            : FieldResolver.OfAsync(context =>
            {
                var value = resolver.Async!(context);
                return value.IsCompletedSuccessfully ? new(change(context, value.Result)) : Awaiting.Then(value, context, change);
            });

    private static Expression StreamOf(Expression call, MethodInfo method)
    {
        var type = method.ReturnType;
        if (Generic(type, typeof(IAsyncEnumerable<>)))
        {
            return Boxed(nameof(Awaiting.Stream), call, type.GetGenericArguments()[0]);
        }
        if (Generic(type, typeof(Task<>)) && Generic(type.GetGenericArguments()[0], typeof(IAsyncEnumerable<>)))
        {
            return Boxed(nameof(Awaiting.StreamLater), call, type.GetGenericArguments()[0].GetGenericArguments()[0]);
        }
        throw new NotSupportedException($"{method.DeclaringType}.{method.Name} is a subscription, so it gives an IAsyncEnumerable.");
    }

    private static T Lambda<T>(Expression body, ParameterExpression context)
        where T : Delegate => Expression.Lambda<T>(body, context).Compile();

    private static Expression Boxed(string method, Expression call, Type value, params Expression[] more) =>
        Expression.Call(typeof(Awaiting), method, [value], [call, .. more]);

    private static Expression Cancellation(Expression context) => Expression.Property(context, nameof(ResolveContext.CancellationToken));

    private static bool Generic(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
