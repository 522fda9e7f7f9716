using System.Text.Json;
using Spm.Connectors;

namespace Spm.Platform.Connections.Runs;

/// <summary>A part of a stream that is in the store as it came, and not yet in the platform.</summary>
/// <param name="No">Parts of a connection are taken in the order of their numbers.</param>
/// <param name="FullRead">The full read that has shown it; null in between.</param>
internal sealed record LandedPart(long No, string Stream, string? FullRead, IReadOnlyList<SourceRecord> Records, IReadOnlyList<InvalidRow> Invalid)
{
    /// <summary>The records as UTF-8 text.</summary>
    public byte[] Body() => JsonSerializer.SerializeToUtf8Bytes(new Stored([.. Records.Select(Record.Of)], Invalid), RecordBody.Options);

    /// <param name="entity">What the records of the stream are; null of a stream that there is no more: nobody could tell what they say.</param>
    public static LandedPart Read(long no, string stream, string? fullRead, string body, Type? entity)
    {
        if (entity is null)
        {
            return new LandedPart(no, stream, fullRead, [], []);
        }
        var stored = JsonSerializer.Deserialize<Stored>(body, RecordBody.Options)!;
        return new LandedPart(no, stream, fullRead, [.. stored.Records.Select(r => r.Read(entity))], stored.Invalid);
    }

    private sealed record Stored(IReadOnlyList<Record> Records, IReadOnlyList<InvalidRow> Invalid);

    /// <param name="Entity">Null of one that is gone. Written as what it is; what it was is known by the stream.</param>
    private sealed record Record(string Key, DateTimeOffset? UpdatedAt, object? Entity, IReadOnlyDictionary<string, string?>? Fields)
    {
        public static Record Of(SourceRecord record) => new(record.Key, record.UpdatedAt, record.Entity, record.Fields.Count == 0 ? null : record.Fields);

        public SourceRecord Read(Type type)
        {
            var record = Entity is JsonElement entity
                ? SourceRecord.Of(Key, UpdatedAt, (CanonicalEntity)entity.Deserialize(type, RecordBody.Options)!)
                : SourceRecord.Gone(Key, UpdatedAt);
            return Fields is null ? record : record with { Fields = Fields };
        }
    }
}
