using System.Collections;
using System.Net;
using System.Reflection;
using System.Text;

namespace Refit;

/// <summary>Collects the parameters of a query and writes them, each part escaped.</summary>
internal sealed class QueryWriter(RefitSettings settings)
{
    private static readonly QueryAttribute Plain = new();
    private readonly List<(string Key, string Value)> _pairs = [];

    /// <summary>Texts that stand in the path's own query come first.</summary>
    public void AddWritten(string query)
    {
        var at = 0;
        foreach (var pair in query.Split('&'))
        {
            // One without a '=' is dropped.
            if (pair.Split('=', 2) is [var key, var value] && !string.IsNullOrWhiteSpace(key))
            {
                _pairs.Insert(at++, (WebUtility.UrlDecode(key), WebUtility.UrlDecode(value)));
            }
        }
    }

    public void Add(ParameterPlan parameter, object? value)
    {
        if (value is null)
        {
            return;
        }
        var query = parameter.Query ?? Plain;
        if (query.TreatAsString || query.Format is { Length: 0 })
        {
            AddOne(parameter.Name, value.ToString(), parameter.Info, parameter.Info.ParameterType);
        }
        else if (Wire.IsScalar(value))
        {
            AddOne(parameter.Name, value, parameter.Info, parameter.Info.ParameterType);
        }
        else if (value is IEnumerable values and not IDictionary && Wire.HoldsScalars(value.GetType()))
        {
            AddMany(parameter.Name, values, query, null, parameter.Info, parameter.Info.ParameterType);
        }
        else
        {
            var prefix = string.IsNullOrWhiteSpace(query.Prefix) ? "" : query.Prefix + query.Delimiter;
            var format = query.IsCollectionFormatSpecified ? query.CollectionFormat : (CollectionFormat?)null;
            AddObject(prefix, value, query.Delimiter, format, parameter.Info, parameter.InPath, depth: 0);
        }
    }

    /// <summary>Null values are left out.</summary>
    public void WriteTo(StringBuilder to)
    {
        var separator = '?';
        foreach (var (key, value) in _pairs)
        {
            to.Append(separator).Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
    }

    private void AddObject(
        string prefix, object value, string delimiter, CollectionFormat? format, ParameterInfo parameter, IReadOnlySet<string> left, int depth)
    {
        if (depth > 32)
        {
            throw new ArgumentException($"'{parameter.Name}' is nested deeper than 32 levels, or refers to itself.");
        }
        if (value is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                var key = settings.UrlParameterFormatter.Format(entry.Key, entry.Key.GetType(), entry.Key.GetType());
                if (entry.Value is not null && !string.IsNullOrWhiteSpace(key))
                {
                    AddMember(prefix + key, entry.Value, delimiter, null, format, parameter, parameter.ParameterType, depth);
                }
            }
            return;
        }
        foreach (var property in Wire.PropertiesOf(value.GetType()).Where(p => !p.IgnoredInQuery && !left.Contains(p.Property.Name)))
        {
            var key = prefix + property.Key(settings, settings.HonorContentSerializerPropertyNamesInQuery);
            switch (property.Property.GetValue(value))
            {
                case null when property.Query?.SerializeNull == true:
                    _pairs.Add((key, ""));
                    break;
                case null:
                    break;
                case { } member:
                    AddMember(key, member, delimiter, property, format, parameter, property.Property.PropertyType, depth);
                    break;
            }
        }
    }

    private void AddMember(
        string key, object value, string delimiter, WireProperty? property, CollectionFormat? format, ParameterInfo parameter, Type type, int depth)
    {
        if (property?.Query?.Format is { } text)
        {
            if (settings.FormUrlEncodedParameterFormatter.Format(value, text) is { } formatted)
            {
                _pairs.Add((key, formatted));
            }
        }
        else if (Wire.IsScalar(value))
        {
            AddOne(key, value, parameter, parameter.ParameterType);
        }
        else if (value is IEnumerable values and not IDictionary)
        {
            AddMany(key, values, property?.Query ?? Plain, format, (ICustomAttributeProvider?)property?.Property ?? parameter, type);
        }
        else
        {
            AddObject(key + delimiter, value, delimiter, format, parameter, new HashSet<string>(), depth + 1);
        }
    }

    /// <summary>Its own format wins over that of the parameter around it, and that over the settings'.</summary>
    private void AddMany(
        string key, IEnumerable values, QueryAttribute query, CollectionFormat? around, ICustomAttributeProvider attributes, Type type)
    {
        var format = query.IsCollectionFormatSpecified ? query.CollectionFormat : around ?? settings.CollectionFormat;
        var texts = values.Cast<object?>().Select(v => settings.UrlParameterFormatter.Format(v, attributes, type));
        if (format == CollectionFormat.Multi)
        {
            _pairs.AddRange(texts.OfType<string>().Select(t => (key, t)));
            return;
        }
        _pairs.Add((key, string.Join(Wire.DelimiterOf(format), texts)));
    }

    private void AddOne(string key, object? value, ICustomAttributeProvider attributes, Type type)
    {
        if (settings.UrlParameterFormatter.Format(value, attributes, type) is { } text)
        {
            _pairs.Add((key, text));
        }
    }
}
