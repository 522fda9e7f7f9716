namespace Spm.Platform.Connections.Mapping;

/// <summary>What the records of a stream become.</summary>
public enum MappingTarget : byte
{
    Transactions,
    Reps,

    /// <summary>Nobody's record: people by whose e-mail address owners of deals are recognised.</summary>
    Directory,

    /// <summary>They are not read.</summary>
    None,
}

/// <summary>What a stream becomes, as far as it differs from what its entity becomes by itself.</summary>
/// <param name="Into">transactions, reps, directory or none.</param>
/// <param name="Only">Names of the record with the texts that one of them must have; other records count for nothing.</param>
/// <param name="Fields">Fields of a transaction or rep by name; `facts/x` for a fact of it.</param>
public sealed record StreamMapping(
    MappingTarget? Into = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? Only = null, IReadOnlyDictionary<string, FieldMapping>? Fields = null);

/// <summary>Where a field comes from: a name of the record or a fixed text. With neither, the field stays away.</summary>
/// <param name="From">A name of the canonical entity, or `fields/name` for one of the vendor's own.</param>
/// <param name="Value">The same text for every record.</param>
/// <param name="Words">Other words for the record's own.</param>
/// <param name="Otherwise">For records where nothing is set.</param>
public sealed record FieldMapping(string? From = null, string? Value = null, IReadOnlyDictionary<string, string>? Words = null, string? Otherwise = null)
{
    public static FieldMapping Of(string name) => new(name);

    public static FieldMapping Always(string text) => new(Value: text);
}
