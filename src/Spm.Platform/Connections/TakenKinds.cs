using Spm.Connectors;
using Spm.Platform.Connections.Mapping;

namespace Spm.Platform.Connections;

/// <summary>
/// The kinds of external ids that a connection takes of its source. Transactions are of one kind for each entity, as <see cref="RecordMapper"/> names
/// them, and reps are one of their own. People of a directory are known to their connection alone, and what payroll is given is of no source: they take
/// nothing.
/// </summary>
internal sealed class TakenKinds
{
    /// <summary>Where nobody knows what is taken.</summary>
    public const string Anything = "anything";

    private const string Reps = "reps";

    /// <summary>Its transactions bear the record's key alone.</summary>
    private const string Bare = "opportunity";

    /// <summary>Entities whose transactions have it before the key.</summary>
    private static readonly string[] Named = [.. EntityKinds.Names.Where(e => e != Bare && MappingDefaults.Fits(e, MappingTarget.Transactions))];

    /// <summary>Streams by the kind that they take; null where nobody knows.</summary>
    private readonly Dictionary<string, string>? _streams;

    private TakenKinds(Dictionary<string, string>? streams) => _streams = streams;

    public bool AreKnown => _streams is not null;

    /// <param name="manifest">Null where the connector is not installed any more: what it takes may be anything.</param>
    /// <param name="mapping">As it is stored.</param>
    public static TakenKinds Of(ConnectorManifest? manifest, string mapping)
    {
        if (manifest is null)
        {
            return new TakenKinds(null);
        }
        var streams = new Dictionary<string, string>(StringComparer.Ordinal);
        var complete = MappingReader.Complete(manifest, mapping);
        foreach (var stream in manifest.Kinds.HasFlag(ConnectorKinds.Source) ? manifest.Streams : [])
        {
            if (complete[stream.Name].Into switch { MappingTarget.Transactions => stream.Entity, MappingTarget.Reps => Reps, _ => null } is { } kind)
            {
                streams.TryAdd(kind, stream.Name);
            }
        }
        return new TakenKinds(streams);
    }

    /// <summary>The stream that takes a kind; null where none does, or nobody knows.</summary>
    public string? StreamOf(string kind) => _streams?.GetValueOrDefault(kind);

    /// <summary>A kind that both take; null where there is none.</summary>
    public string? Meets(TakenKinds other) => (_streams, other._streams) switch
    {
        ({ Count: 0 }, _) or (_, { Count: 0 }) => null,
        (null, _) or (_, null) => Anything,
        var (mine, theirs) => mine.Keys.FirstOrDefault(theirs.ContainsKey),
    };

    /// <summary>What is taken now and was not before. Where nobody knows what was, it is all of it.</summary>
    public TakenKinds Beyond(TakenKinds before) =>
        _streams is null ? this : new TakenKinds(_streams.Where(s => before.StreamOf(s.Key) is null).ToDictionary(StringComparer.Ordinal));

    /// <summary>That the external id of a transaction is of a kind that is taken, in SQL; null where nobody knows.</summary>
    public string? Condition(string column) => _streams is null ? null : $"({string.Join(" or ", ["1 = 0", .. _streams.Keys.Where(k => k != Reps).Select(k => Condition(column, k))])})";

    /// <summary>The stream and key of the record that would have become a transaction; no stream where nobody knows.</summary>
    public (string Stream, string Key) RecordOf(string externalId)
    {
        var entity = Array.Find(Named, e => externalId.StartsWith(RecordMapper.ExternalId(e, ""), StringComparison.Ordinal));
        return StreamOf(entity ?? Bare) is not { } stream ? ("", externalId) : (stream, entity is null ? externalId : externalId[RecordMapper.ExternalId(entity, "").Length..]);
    }

    private static string Condition(string column, string kind) => kind == Bare
        ? $"not ({string.Join(" or ", Named.Select(e => Condition(column, e)))})"
        : RecordMapper.ExternalId(kind, "") is var prefix ? $"substr({column}, 1, {prefix.Length}) = '{prefix}'" : "";
}
