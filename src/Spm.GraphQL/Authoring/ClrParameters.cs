using System.Linq.Expressions;
using System.Reflection;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Spm.GraphQL.Authoring.Connections;
using Spm.GraphQL.DataLoaders;
using Spm.GraphQL.Resolvers;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Authoring;

/// <summary>Where the parameters of a resolver come from: the request, its services, the object at hand, or the arguments of the field.</summary>
internal sealed class ClrParameters(ClrSchemaTypes types, MethodInfo method)
{
    /// <summary>The arguments that the field has because of its parameters.</summary>
    public List<InputValueConfig> Arguments { get; } = [];

    /// <summary>What the method is called with.</summary>
    public Expression[] Values(ParameterExpression context) => [.. method.GetParameters().Select(p => Value(p, context))];

    /// <summary>An argument's value: converted, and wrapped where it may be absent.</summary>
    public static Expression OrAbsent(Type type, Expression value, Expression has)
    {
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Optional<>))
        {
            return ClrConversions.To(type, value);
        }
        var inner = type.GetGenericArguments()[0];
        return Expression.Condition(
            has, Expression.New(type.GetConstructor([inner])!, ClrConversions.To(inner, value)), Expression.Default(type));
    }

    private Expression Value(ParameterInfo parameter, ParameterExpression context)
    {
        var type = parameter.ParameterType;
        if (parameter.IsDefined(typeof(ParentAttribute), false))
        {
            return Expression.Convert(Expression.Property(context, nameof(ResolveContext.Source)), type);
        }
        if (type == typeof(ResolveContext))
        {
            return context;
        }
        if (type == typeof(PageArguments))
        {
            return Expression.Call(typeof(ConnectionFields), nameof(ConnectionFields.PageOf), null, context);
        }
        var property = type == typeof(CancellationToken) ? nameof(ResolveContext.CancellationToken)
            : type == typeof(RequestContext) ? nameof(ResolveContext.Request)
            : type == typeof(ClaimsPrincipal) ? nameof(ResolveContext.User)
            : type == typeof(IServiceProvider) ? nameof(ResolveContext.Services)
            : null;
        if (property is not null)
        {
            return Expression.Property(context, property);
        }
        if (type.IsAssignableTo(typeof(DataLoader)))
        {
            var loaders = Expression.Property(Expression.Property(context, nameof(ResolveContext.Request)), nameof(RequestContext.Loaders));
            return Expression.Call(loaders, nameof(DataLoaderScope.Get), [type]);
        }
        if (parameter.IsDefined(typeof(ServiceAttribute), false) || IsService(type))
        {
            return Expression.Call(
                typeof(ServiceProviderServiceExtensions), nameof(ServiceProviderServiceExtensions.GetRequiredService), [type],
                Expression.Property(context, nameof(ResolveContext.Services)));
        }
        return Argument(parameter, context);
    }

    /// <summary>A container has a list of anything, so that a list is a service only where it is said to be one.</summary>
    private bool IsService(Type type) => ClrTypeRefs.ItemOf(type) is null && types.Services?.IsService(type) == true;

    private Expression Argument(ParameterInfo parameter, ParameterExpression context)
    {
        var index = Expression.Constant(Arguments.Count);
        Arguments.Add(ClrInputs.Field(types, parameter));
        var arguments = Expression.Property(context, nameof(ResolveContext.Arguments));
        var value = Expression.MakeIndex(arguments, typeof(Resolvers.Arguments).GetProperty("Item", [typeof(int)]), [index]);
        return OrAbsent(parameter.ParameterType, value, Expression.Call(arguments, nameof(Resolvers.Arguments.Has), null, index));
    }
}
