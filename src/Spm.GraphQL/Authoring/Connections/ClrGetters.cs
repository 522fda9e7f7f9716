using System.Linq.Expressions;
using System.Reflection;

namespace Spm.GraphQL.Authoring.Connections;

/// <summary>Properties and conversions as functions of objects, compiled when they are called for the first time.</summary>
internal static class ClrGetters
{
    public static Func<object, object?> Of(PropertyInfo property) => Later.Of(() =>
    {
        var source = Expression.Parameter(typeof(object));
        var value = Expression.Property(Expression.Convert(source, property.DeclaringType!), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), source).Compile();
    });

    /// <summary>Makes a coerced value the type that a property has, so that the two can be compared. Null stays null.</summary>
    public static Func<object?, object?> Converter(Type type) => Later.Of(() =>
    {
        var value = Expression.Parameter(typeof(object));
        var converted = Expression.Convert(ClrConversions.To(type, value), typeof(object));
        var orNull = Expression.Condition(Expression.Equal(value, Expression.Constant(null)), Expression.Constant(null), converted);
        return Expression.Lambda<Func<object?, object?>>(orNull, value).Compile();
    });
}
