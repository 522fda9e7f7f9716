using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace Refit;

/// <summary>Names and properties as they appear on the wire.</summary>
internal static class Wire
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<WireProperty>> Cache = new();

    public static string NameOf(ParameterInfo parameter) => parameter.GetCustomAttribute<AliasAsAttribute>()?.Name ?? parameter.Name!;

    public static string NameOf(PropertyInfo property) => property.GetCustomAttribute<AliasAsAttribute>(true)?.Name ?? property.Name;

    public static IReadOnlyList<WireProperty> PropertiesOf(Type type) => Cache.GetOrAdd(type, static t =>
    [
        .. from property in t.GetProperties(BindingFlags.Instance | BindingFlags.Public)
           where property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0
           select new WireProperty(
               property,
               property.GetCustomAttribute<AliasAsAttribute>(true)?.Name,
               property.GetCustomAttribute<QueryAttribute>(true),
               property.IsDefined(typeof(JsonIgnoreAttribute), true) || property.IsDefined(typeof(IgnoreDataMemberAttribute), true)),
    ]);

    /// <summary>Whether a value is written as one text rather than by property.</summary>
    public static bool IsScalar(object value) => value is string or bool or char or IFormattable or Uri;

    /// <summary>Whether a collection holds such values; it is told by its type, so an empty one is told too.</summary>
    public static bool HoldsScalars(Type type)
    {
        var element = type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0];
        element = element is null ? null : Nullable.GetUnderlyingType(element) ?? element;
        return element is not null && (element == typeof(string) || element == typeof(bool) || element == typeof(char)
            || element == typeof(Uri) || typeof(IFormattable).IsAssignableFrom(element));
    }

    public static char DelimiterOf(CollectionFormat format) => format switch
    {
        CollectionFormat.Ssv => ' ',
        CollectionFormat.Tsv => '\t',
        CollectionFormat.Pipes => '|',
        _ => ',',
    };
}

/// <summary>A property that may stand in a query or form.</summary>
internal sealed record WireProperty(PropertyInfo Property, string? Alias, QueryAttribute? Query, bool IgnoredInQuery)
{
    /// <summary>The alias, else the serializer's name, else the name as the formatter writes it; after its own prefix.</summary>
    public string Key(RefitSettings settings, bool askSerializer)
    {
        var name = Alias
            ?? (askSerializer ? settings.ContentSerializer.GetFieldNameForProperty(Property) : null)
            ?? settings.UrlParameterKeyFormatter.Format(Property.Name);
        return string.IsNullOrWhiteSpace(Query?.Prefix) ? name : Query.Prefix + Query.Delimiter + name;
    }
}
