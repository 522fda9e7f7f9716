using System.Text.Json;
using Spm.Connectors;

namespace Spm.Platform.Connections.Runs;

/// <summary>A part of a stream that is in the store as it came, and not yet in the platform.</summary>
/// <param name="No">Parts of a connection are taken in the order of their numbers.</param>
/// <param name="FullRead">The full read that has shown it; null in between.</param>
internal sealed record LandedPart(long No, string Stream, string? FullRead, IReadOnlyList<SourceRecord> Records, IReadOnlyList<InvalidRow> Invalid)
{
    /// <summary>The records as UTF-8 text. What a vendor tells of one record it mostly tells of all: the names of its fields then stand once.</summary>
    public byte[] Body()
    {
        string[] names = Records.Count == 0 ? [] : [.. Records[0].Fields.Keys];
        return JsonSerializer.SerializeToUtf8Bytes(new Stored(names, [.. Records.Select(r => Record.Of(r, names))], Invalid), RecordBody.Options);
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

    /// <param name="Names">Of the fields of every record that has <see cref="Record.Values"/>. Null in a part that landed before parts had them.</param>
    private sealed record Stored(IReadOnlyList<string>? Names, IReadOnlyList<Record> Records, IReadOnlyList<InvalidRow> Invalid);

    /// <param name="Entity">Null of one that is gone. Written as what it is; what it was is known by the stream.</param>
    /// <param name="Values">Fields by the names of the part.</param>
    /// <param name="Fields">Of a record whose names are its own.</param>
    private sealed record Record(string Key, DateTimeOffset? UpdatedAt, object? Entity, IEnumerable<string?>? Values, IReadOnlyDictionary<string, string?>? Fields)
    {
        public static Record Of(SourceRecord record, string[] names)
        {
            var (fields, named) = (record.Fields, Has(record.Fields, names));
            return new Record(record.Key, record.UpdatedAt, record.Entity, named ? fields.Values : null, named || fields.Count == 0 ? null : fields);
        }

        public SourceRecord Read(Type type, IReadOnlyList<string> names)
        {
            var record = Entity is JsonElement entity
                ? SourceRecord.Of(Key, UpdatedAt, (CanonicalEntity)entity.Deserialize(type, RecordBody.Options)!)
                : SourceRecord.Gone(Key, UpdatedAt);
            var fields = Values is null ? Fields : names.Zip(Values).ToDictionary(f => f.First, f => f.Second);
            return fields is null ? record : record with { Fields = fields };
        }

        /// <summary>Whether the fields have these names, in this order, and there are some.</summary>
        private static bool Has(IReadOnlyDictionary<string, string?> fields, string[] names)
        {
            if (fields.Count != names.Length || fields.Count == 0)
            {
                return false;
            }
            var at = 0;
            foreach (var (name, _) in fields)
            {
                if (name != names[at++])
                {
                    return false;
                }
            }
            return true;
        }
    }
}
