using System.Buffers;
using System.Text.Json;
using Spm.Connectors;

namespace Spm.Platform.Connections.Runs;

/// <summary>A part of a stream that is in the store as it came, and not yet in the platform.</summary>
/// <param name="No">Parts of a connection are taken in the order of their numbers.</param>
/// <param name="FullRead">The full read that has shown it; null in between.</param>
internal sealed record LandedPart(long No, string Stream, string? FullRead, IReadOnlyList<SourceRecord> Records, IReadOnlyList<InvalidRow> Invalid)
{
    private const int FirstLength = 64 * 1024;

    /// <summary>The records as UTF-8 text. Every record passes here once and is read again only after a kill, so it is written member by member.</summary>
    public byte[] Body()
    {
        var text = new ArrayBufferWriter<byte>(FirstLength);
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { SkipValidation = true }))
        {
            // What a vendor tells of one record it mostly tells of all: the names then stand once.
            string[] names = Records.Count == 0 ? [] : [.. Records[0].Fields.Keys];
            writer.WriteStartObject();
            writer.WriteStartArray("names"u8);
            Array.ForEach(names, writer.WriteStringValue);
            writer.WriteEndArray();
            writer.WriteStartArray("records"u8);
            foreach (var record in Records)
            {
                Write(writer, record, names);
            }
            writer.WriteEndArray();
            writer.WritePropertyName("invalid"u8);
            JsonSerializer.Serialize(writer, Invalid, RecordBody.Options);
            writer.WriteEndObject();
        }
        return text.WrittenSpan.ToArray();
    }

    /// <param name="entity">What the records of the stream are; null of a stream that there is no more: nobody could tell what they say.</param>
    public static LandedPart Read(long no, string stream, string? fullRead, string body, Type? entity)
    {
        if (entity is null)
        {
            return new LandedPart(no, stream, fullRead, [], []);
        }
        var stored = JsonSerializer.Deserialize<Stored>(body, RecordBody.Options)!;
        return new LandedPart(no, stream, fullRead, [.. stored.Records.Select(r => r.Read(entity, stored.Names ?? []))], stored.Invalid);
    }

    private static void Write(Utf8JsonWriter writer, SourceRecord record, string[] names)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, record.Key);
        if (record.UpdatedAt is { } at)
        {
            writer.WriteString("updatedAt"u8, at);
        }
        if (record.Entity is { } entity)
        {
            writer.WritePropertyName("entity"u8);
            JsonSerializer.Serialize(writer, entity, entity.GetType(), RecordBody.Options);
        }
        if (record.Fields.Count > 0 && record.Fields.Keys.SequenceEqual(names))
        {
            writer.WriteStartArray("values"u8);
            foreach (var (_, value) in record.Fields)
            {
                writer.WriteStringValue(value);
            }
            writer.WriteEndArray();
        }
        else if (record.Fields.Count > 0)
        {
            writer.WritePropertyName("fields"u8);
            JsonSerializer.Serialize(writer, record.Fields, RecordBody.Options);
        }
        writer.WriteEndObject();
    }

    /// <param name="Names">Of the fields of every record that has <see cref="Record.Values"/>. Null in a part that landed before parts had them.</param>
    private sealed record Stored(IReadOnlyList<string>? Names, IReadOnlyList<Record> Records, IReadOnlyList<InvalidRow> Invalid);

    /// <param name="Entity">Null of one that is gone. Written as what it is; what it was is known by the stream.</param>
    /// <param name="Values">Fields by the names of the part.</param>
    /// <param name="Fields">Of a record whose names are its own.</param>
    private sealed record Record(string Key, DateTimeOffset? UpdatedAt, JsonElement? Entity, IReadOnlyList<string?>? Values, IReadOnlyDictionary<string, string?>? Fields)
    {
        public SourceRecord Read(Type type, IReadOnlyList<string> names)
        {
            var record = Entity is { } entity ? SourceRecord.Of(Key, UpdatedAt, (CanonicalEntity)entity.Deserialize(type, RecordBody.Options)!) : SourceRecord.Gone(Key, UpdatedAt);
            var fields = Values is null ? Fields : names.Zip(Values).ToDictionary(f => f.First, f => f.Second);
            return fields is null ? record : record with { Fields = fields };
        }
    }
}
