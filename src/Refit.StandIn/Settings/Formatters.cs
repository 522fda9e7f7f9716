using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;

namespace Refit;

/// <summary>Writes a value into a path or query. Null: the parameter is left out of a query, and is empty in a path.</summary>
public interface IUrlParameterFormatter
{
    string? Format(object? value, ICustomAttributeProvider attributeProvider, Type type);
}

/// <summary>Writes the names of properties into a query or form.</summary>
public interface IUrlParameterKeyFormatter
{
    string Format(string key);
}

/// <summary>Writes a value into a form.</summary>
public interface IFormUrlEncodedParameterFormatter
{
    string? Format(object? value, string? formatString);
}

/// <summary>The invariant culture, <see cref="QueryAttribute.Format"/>, and the names that <see cref="EnumMemberAttribute"/> gives.</summary>
public class DefaultUrlParameterFormatter : IUrlParameterFormatter
{
    public virtual string? Format(object? value, ICustomAttributeProvider attributeProvider, Type type)
    {
        ArgumentNullException.ThrowIfNull(attributeProvider);
        if (value is null or string)
        {
            return (string?)value;
        }
        var query = attributeProvider.IsDefined(typeof(QueryAttribute), true)
            ? (QueryAttribute)attributeProvider.GetCustomAttributes(typeof(QueryAttribute), true)[0]
            : null;
        return InvariantText.Of(value, query?.Format);
    }
}

/// <summary>The same for forms.</summary>
public class DefaultFormUrlEncodedParameterFormatter : IFormUrlEncodedParameterFormatter
{
    public virtual string? Format(object? value, string? formatString) => value is null ? null : InvariantText.Of(value, formatString);
}

/// <summary>Names as they stand.</summary>
public class DefaultUrlParameterKeyFormatter : IUrlParameterKeyFormatter
{
    public virtual string Format(string key) => key;
}

/// <summary>Names in camelCase.</summary>
public class CamelCaseUrlParameterKeyFormatter : IUrlParameterKeyFormatter
{
    public string Format(string key) => JsonNamingPolicy.CamelCase.ConvertName(key);
}

/// <summary>Names in snake_case.</summary>
public class SnakeCaseUrlParameterKeyFormatter : IUrlParameterKeyFormatter
{
    public string Format(string key) => JsonNamingPolicy.SnakeCaseLower.ConvertName(key);
}

internal static class InvariantText
{
    public static string Of(object value, string? format) => value switch
    {
        string text => text,
        Enum member when MemberName(member) is { } name => name,
        IFormattable formattable => formattable.ToString(string.IsNullOrWhiteSpace(format) ? null : format, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string? MemberName(Enum value) =>
        value.GetType().GetField(value.ToString())?.GetCustomAttribute<EnumMemberAttribute>()?.Value;
}
