using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spm.Client;

/// <summary>A rep as results name it.</summary>
[JsonConverter(typeof(RepRefJson))]
public sealed record RepRef(string Id, string? ExternalId = null, string? Name = null, string? Title = null)
{
    /// <summary>The most human name the platform gave.</summary>
    public override string ToString() => Name ?? ExternalId ?? Id;
}

/// <summary>Long lists name a rep by its id alone, short ones by id and name: both are read.</summary>
internal sealed class RepRefJson : JsonConverter<RepRef>
{
    public override RepRef? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new RepRef(reader.GetString()!);
        var full = JsonSerializer.Deserialize<Full>(ref reader, options);
        return full is null ? null : new RepRef(full.Id, full.ExternalId, full.Name, full.Title);
    }

    public override void Write(Utf8JsonWriter writer, RepRef value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Id);

    private sealed record Full(string Id, string? ExternalId, string? Name, string? Title);
}
