using System.Text;
using System.Text.Json;
using Spm.GraphQL.Json;

namespace Spm.GraphQL.Http;

/// <summary>A request as it was sent. What it points at lives as long as the bytes that it was read from.</summary>
internal sealed class RequestParameters : IDisposable
{
    private JsonDocument? _variables;
    private JsonDocument? _extensions;

    /// <summary>The document in UTF-8; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Query { get; set; }

    /// <summary>The id of a trusted document, or null.</summary>
    public string? DocumentId { get; private set; }

    public string? OperationName { get; private set; }

    public JsonElement Variables => _variables?.RootElement ?? default;

    public JsonElement Extensions => _extensions?.RootElement ?? default;

    /// <summary>Reads the parameters of a POST.</summary>
    /// <exception cref="BadParameters">They are malformed.</exception>
    public static RequestParameters OfJson(ReadOnlyMemory<byte> json)
    {
        RequireText(json.Span);
        var parameters = new RequestParameters();
        try
        {
            parameters.Read(json);
            return parameters;
        }
        catch (JsonException broken)
        {
            parameters.Dispose();
            throw new BadParameters($"The body is not JSON: {broken.Message}");
        }
        catch
        {
            parameters.Dispose();
            throw;
        }
    }

    /// <summary>Reads the parameters of a GET.</summary>
    /// <exception cref="BadParameters">They are malformed.</exception>
    public static RequestParameters OfQuery(Func<string, string?> find)
    {
        try
        {
            return new RequestParameters
            {
                Query = find("query") is { } query ? (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(query) : null,
                DocumentId = find("documentId") ?? find("id"),
                OperationName = find("operationName"),
                _variables = Object("variables", find("variables")),
                _extensions = Object("extensions", find("extensions")),
            };
        }
        catch (JsonException broken)
        {
            throw new BadParameters($"A parameter is not JSON: {broken.Message}");
        }
    }

    public void Dispose()
    {
        _variables?.Dispose();
        _extensions?.Dispose();
    }

    private static void RequireText(ReadOnlySpan<byte> json)
    {
        if (!JsonText.IsUnicode(json))
        {
            throw new BadParameters("What is sent is not UTF-8, or has one half of a surrogate pair.");
        }
    }

    private static JsonDocument? Object(string name, string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }
        var utf8 = Encoding.UTF8.GetBytes(json);
        RequireText(utf8);
        var document = JsonDocument.Parse(utf8);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.Object => document,
            JsonValueKind.Null => null,
            _ => throw new BadParameters($"`{name}` is an object."),
        };
    }

    private void Read(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            throw new BadParameters("Requests come one by one, not in a list.");
        }
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BadParameters("The body is an object.");
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            Parameter(ref reader, json);
        }
        if (reader.Read())
        {
            throw new BadParameters("The body is one object.");
        }
    }

    private void Parameter(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        if (reader.ValueTextEquals("query"u8))
        {
            reader.Read();
            Query = Text(ref reader, json, "query");
        }
        else if (reader.ValueTextEquals("operationName"u8))
        {
            reader.Read();
            OperationName = Text(ref reader, "operationName");
        }
        else if (reader.ValueTextEquals("documentId"u8) || reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            DocumentId = Text(ref reader, "documentId");
        }
        else if (reader.ValueTextEquals("variables"u8))
        {
            reader.Read();
            _variables = Object(ref reader, json, "variables");
        }
        else if (reader.ValueTextEquals("extensions"u8))
        {
            reader.Read();
            _extensions = Object(ref reader, json, "extensions");
        }
        else
        {
            reader.Skip();
        }
    }

    private static string? Text(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        _ => throw new BadParameters($"`{name}` is a string."),
    };

    /// <summary>The bytes where they are, unless something in them is escaped.</summary>
    private static ReadOnlyMemory<byte>? Text(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, string name)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return reader.TokenType == JsonTokenType.Null ? null : throw new BadParameters($"`{name}` is a string.");
        }
        if (!reader.ValueIsEscaped)
        {
            return json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        }
        var text = new byte[reader.ValueSpan.Length];
        return text.AsMemory(0, reader.CopyString(text));
    }

    private static JsonDocument? Object(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, string name)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BadParameters($"`{name}` is an object.");
        }
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return JsonDocument.Parse(json[start..(int)reader.BytesConsumed]);
    }
}

/// <summary>The parameters of a request are malformed, so that there is no request to speak of.</summary>
internal sealed class BadParameters(string message) : Exception(message);
