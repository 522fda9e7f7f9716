using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spm.Connectors.HubSpot;

/// <summary>Reads the properties of objects. They have the same names in all objects of a type: each name is one text, and not one for each object.</summary>
internal sealed class PropertiesConverter : JsonConverter<IReadOnlyDictionary<string, string?>>
{
    /// <summary>Names that are kept. An account has some hundred properties.</summary>
    private const int MaxNames = 2000;

    /// <summary>Bytes of a name that is looked for.</summary>
    private const int MaxLength = 128;

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private int _count;

    public override IReadOnlyDictionary<string, string?> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Properties are an object.");
        }
        // As many as the last object had: a dictionary that grows is made three times.
        var properties = new Dictionary<string, string?>(_count, StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Name(ref reader);
            reader.Read();
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null) || !properties.TryAdd(name, reader.GetString()))
            {
                throw new JsonException($"The property '{name}' is no text, or is there twice.");
            }
        }
        _count = properties.Count;
        return properties;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string?> value, JsonSerializerOptions options) => throw new NotSupportedException();

    private string Name(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > MaxLength)
        {
            return reader.GetString()!;
        }
        Span<char> text = stackalloc char[MaxLength];
        text = text[..reader.CopyString(text)];
        if (!_names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var name))
        {
            name = text.ToString();
            if (_names.Count < MaxNames)
            {
                _names.TryAdd(name, name);
            }
        }
        return name;
    }
}
