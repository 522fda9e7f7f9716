using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Spm.Connectors;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections.Runs;

/// <summary>A record of a source as text: kept of those that were rejected, to be tried again, and of people, to be recognised.</summary>
internal static class RecordBody
{
    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new MoneyConverter() },
        // A connector may have left unset what an entity requires: whether that matters is the mapping's to say, and never a reason not to read it.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireNothing } },
    };

    /// <returns>Null where it is too long to be kept.</returns>
    public static string? Of(SourceRecord record)
    {
        var entity = record.Entity is { } said ? JsonSerializer.SerializeToElement(said, said.GetType(), Options) : (JsonElement?)null;
        var text = JsonSerializer.Serialize(new Stored(record.UpdatedAt, entity, record.Fields), Options);
        // What is longer cannot be kept whole, and a part of it cannot be tried again.
        return text.Length > Limits.ImportKeptRowLength ? null : Storable(text);
    }

    public static SourceRecord Read(string key, string entity, string body)
    {
        var stored = JsonSerializer.Deserialize<Stored>(body, Options)!;
        return stored.Entity is { } said
            ? SourceRecord.Of(key, stored.UpdatedAt, (CanonicalEntity)said.Deserialize(EntityKinds.TypeOf(entity), Options)!) with { Fields = stored.Fields }
            : SourceRecord.Gone(key, stored.UpdatedAt);
    }

    /// <summary>Text that a store can hold: NUL is none, half a character neither, and what is too long is cut.</summary>
    public static string Storable(string text)
    {
        text = text.Length > Limits.ImportKeptRowLength ? text[..Limits.ImportKeptRowLength] : text;
        text = text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes()) : text;
        return text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;
    }

    private static void RequireNothing(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.IsRequired = false;
        }
    }

    /// <param name="Entity">Null of one that is gone.</param>
    private sealed record Stored(DateTimeOffset? UpdatedAt, JsonElement? Entity, IReadOnlyDictionary<string, string?> Fields);

    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var (amount, currency) = JsonSerializer.Deserialize<Text>(ref reader)!;
            return Money.IsCurrency(currency) ? new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency) : default;
        }

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("Amount"u8, value.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture));
            writer.WriteString("Currency"u8, value.Currency ?? "");
            writer.WriteEndObject();
        }

        private sealed record Text(string Amount, string Currency);
    }
}
