using System.Collections;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Spm.GraphQL.Execution;
using Spm.GraphQL.Types.Coercion;

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
        DateTimeOffset moment when typeof(T) == typeof(DateTime) => (T)(object)moment.UtcDateTime,
        string text => OfText<T>(text),
        _ => (T)Convert.ChangeType(value, typeof(T), CultureInfo.InvariantCulture),
    };

    /// <summary>Identifiers are text on the wire: whatever a client takes for one gets here.</summary>
    private static T OfText<T>(string text)
    {
        try
        {
            return (T)(typeof(T) == typeof(Guid) ? Guid.Parse(text) : Convert.ChangeType(text, typeof(T), CultureInfo.InvariantCulture));
        }
        catch (Exception malformed) when (malformed is FormatException or OverflowException)
        {
            throw new GraphQLException(new GraphQLError($"{JsText.Quote(text)} is no identifier here.") { Extensions = Codes.BadInput });
        }
    }

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
