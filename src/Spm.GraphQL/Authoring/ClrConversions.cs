using System.Collections;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;

namespace Spm.GraphQL.Authoring;

/// <summary>Coerced values become values of the types that a program's parameters have.</summary>
internal static class ClrConversions
{
    /// <summary>An expression of that type, of one that is an object.</summary>
    public static Expression To(Type type, Expression value) =>
        Expression.Call(
            typeof(ClrConversions).GetMethod(Method(type), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(Arguments(type)), value);

    private static string Method(Type type) =>
        Nullable.GetUnderlyingType(type) is not null ? nameof(OrNull)
        : type.IsArray ? nameof(Array)
        : ClrTypeRefs.ItemOf(type) is null ? nameof(One)
        : type.IsAssignableFrom(typeof(List<>).MakeGenericType(ClrTypeRefs.ItemOf(type)!)) ? nameof(List)
        : nameof(Set);

    private static Type[] Arguments(Type type) => [Nullable.GetUnderlyingType(type) ?? ClrTypeRefs.ItemOf(type) ?? type];

    private static T? OrNull<T>(object? value)
        where T : struct => value is null ? null : One<T>(value);

    private static T? One<T>(object? value) => value switch
    {
        T same => same,
        null => default,
        // Identifiers are text on the wire.
        string text when typeof(T) == typeof(Guid) => (T)(object)Guid.Parse(text),
        DateTimeOffset moment when typeof(T) == typeof(DateTime) => (T)(object)moment.UtcDateTime,
        _ => (T)Convert.ChangeType(value, typeof(T), CultureInfo.InvariantCulture),
    };

    private static T?[]? Array<T>(object? value) => value is null ? null : [.. Items<T>(value)];

    private static List<T?>? List<T>(object? value) => value is null ? null : [.. Items<T>(value)];

    private static HashSet<T?>? Set<T>(object? value) => value is null ? null : [.. Items<T>(value)];

    private static IEnumerable<T?> Items<T>(object value)
    {
        var convert = Converter<T>.Instance;
        foreach (var item in (IEnumerable)value)
        {
            yield return convert(item);
        }
    }

    /// <summary>Lists may hold lists.</summary>
    private static class Converter<T>
    {
        public static readonly Func<object?, T?> Instance = Make();

        private static Func<object?, T?> Make()
        {
            var value = Expression.Parameter(typeof(object));
            return Expression.Lambda<Func<object?, T?>>(To(typeof(T), value), value).Compile();
        }
    }
}
