namespace Spm.Connectors;

/// <summary>
/// A record of a source. The host upserts by (connection, stream, <see cref="Key"/>) and keeps the newer <see cref="UpdatedAt"/>, so a
/// page that comes twice and a webhook that comes late are harmless.
/// </summary>
public sealed record SourceRecord : SourceMessage
{
    /// <summary>Characters.</summary>
    public const int MaxKeyLength = 200;

    private SourceRecord(string key, DateTimeOffset? updatedAt, CanonicalEntity? entity)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.Length > MaxKeyLength)
        {
            throw new ArgumentException($"A key has at most {MaxKeyLength} characters.", nameof(key));
        }
        Key = key;
        UpdatedAt = updatedAt;
        Entity = entity;
    }

    /// <summary>The vendor's id of the record, unique within the stream for ever.</summary>
    public string Key { get; }

    /// <summary>When the vendor last changed it; null where the vendor does not say, and then the later arrival wins.</summary>
    public DateTimeOffset? UpdatedAt { get; }

    /// <summary>Null exactly when the record is deleted.</summary>
    public CanonicalEntity? Entity { get; }

    public bool Deleted => Entity is null;

    /// <summary>The vendor's other fields by name, as text, for the mapping that people write.</summary>
    public IReadOnlyDictionary<string, string?> Fields { get; init; } = EmptyFields;

    private static readonly IReadOnlyDictionary<string, string?> EmptyFields = new Dictionary<string, string?>();

    public static SourceRecord Of(string key, DateTimeOffset? updatedAt, CanonicalEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return new SourceRecord(key, updatedAt, entity);
    }

    /// <summary>The vendor no longer has it.</summary>
    public static SourceRecord Gone(string key, DateTimeOffset? deletedAt) => new(key, deletedAt, null);
}
