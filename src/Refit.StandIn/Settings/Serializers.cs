using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Refit;

/// <summary>Writes and reads bodies.</summary>
public interface IHttpContentSerializer
{
    HttpContent ToHttpContent<T>(T item);

    Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default);

    /// <summary>The name that the serializer gives a property, or null if it has none of its own.</summary>
    string? GetFieldNameForProperty(PropertyInfo propertyInfo);
}

/// <summary>JSON by System.Text.Json: camelCase, read without case, enums as texts, numbers read from texts, no member twice.</summary>
public sealed class SystemTextJsonContentSerializer(JsonSerializerOptions jsonSerializerOptions) : IHttpContentSerializer
{
    public SystemTextJsonContentSerializer()
        : this(GetDefaultJsonSerializerOptions())
    {
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public JsonSerializerOptions SerializerOptions => jsonSerializerOptions;

    public static JsonSerializerOptions GetDefaultJsonSerializerOptions() => new()
    {
        PropertyNameCaseInsensitive = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        AllowDuplicateProperties = false,
        Converters = { new InferredTypesConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public HttpContent ToHttpContent<T>(T item)
    {
        // An interface or abstract class would lose the members of what really is there.
        var type = item is not null && (typeof(T).IsInterface || typeof(T).IsAbstract) ? item.GetType() : typeof(T);
        return JsonContent.Create(item, type, mediaType: null, jsonSerializerOptions);
    }

    public async Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default)
    {
        if (content.Headers.ContentType?.CharSet is { } charset && !charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return await content.ReadFromJsonAsync<T>(jsonSerializerOptions, cancellationToken).ConfigureAwait(false);
        }
        // All of it is here already, and costs less to read at once than by the piece.
        var text = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Deserialize<T>(text.AsSpan(text.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0), jsonSerializerOptions);
    }

    public T? DeserializeFromString<T>(string content) => JsonSerializer.Deserialize<T>(content, jsonSerializerOptions);

    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) =>
        propertyInfo.GetCustomAttribute<JsonPropertyNameAttribute>(true)?.Name;

    internal IAsyncEnumerable<T?> StreamAsync<T>(Stream stream, bool lines, CancellationToken cancellationToken) =>
        JsonSerializer.DeserializeAsyncEnumerable<T>(stream, topLevelValues: lines, jsonSerializerOptions, cancellationToken);

    /// <summary>Members of type object become what they look like rather than a JsonElement.</summary>
    private sealed class InferredTypesConverter : JsonConverter<object>
    {
        public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Number when reader.TryGetInt64(out var whole) => whole,
            JsonTokenType.Number => reader.GetDouble(),
            JsonTokenType.String when reader.TryGetDateTime(out var time) => time,
            JsonTokenType.String => reader.GetString(),
            _ => JsonElement.ParseValue(ref reader),
        };

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
        {
            if (value.GetType() == typeof(object))
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
                return;
            }
            JsonSerializer.Serialize(writer, value, value.GetType(), options);
        }
    }
}
