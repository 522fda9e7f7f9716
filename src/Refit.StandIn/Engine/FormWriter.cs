using System.Collections;

namespace Refit;

/// <summary>Takes an object or dictionary apart into the fields of a form.</summary>
internal sealed class FormWriter(RefitSettings settings)
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    public static FormUrlEncodedContent Write(object source, RefitSettings settings)
    {
        var writer = new FormWriter(settings);
        writer.AddObject("", source, ".", 0);
        return new FormUrlEncodedContent(writer._fields);
    }

    private void AddObject(string prefix, object source, string delimiter, int depth)
    {
        if (depth > 32)
        {
            throw new ArgumentException("A form is nested deeper than 32 levels, or refers to itself.");
        }
        if (source is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                if (entry.Value is not null)
                {
                    Add(prefix + entry.Key, entry.Value, null, delimiter, depth);
                }
            }
            return;
        }
        foreach (var property in Wire.PropertiesOf(source.GetType()))
        {
            var key = prefix + property.Key(settings, askSerializer: true);
            var value = property.Property.GetValue(source);
            if (value is not null)
            {
                Add(key, value, property.Query, property.Query?.Delimiter ?? delimiter, depth);
            }
            else if (property.Query?.SerializeNull == true)
            {
                _fields.Add(new(key, ""));
            }
        }
    }

    private void Add(string key, object value, QueryAttribute? query, string delimiter, int depth)
    {
        if (Wire.IsScalar(value))
        {
            _fields.Add(new(key, settings.FormUrlEncodedParameterFormatter.Format(value, query?.Format) ?? ""));
        }
        else if (value is IEnumerable values and not IDictionary)
        {
            var format = query?.IsCollectionFormatSpecified == true ? query.CollectionFormat : settings.CollectionFormat;
            var texts = values.Cast<object?>().Select(v => settings.FormUrlEncodedParameterFormatter.Format(v, query?.Format) ?? "");
            _fields.AddRange(format == CollectionFormat.Multi
                ? texts.Select(t => new KeyValuePair<string, string>(key, t))
                : [new(key, string.Join(Wire.DelimiterOf(format), texts))]);
        }
        else
        {
            AddObject(key + delimiter, value, delimiter, depth + 1);
        }
    }
}
