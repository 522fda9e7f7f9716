using System.Text.Json;
using Spm.Platform.Connections.Mapping;

namespace Spm.Platform.Connections;

/// <param name="Connector">The id of an installed connector.</param>
/// <param name="Version">The newest that is installed when left out.</param>
/// <param name="Name">For people.</param>
/// <param name="Source">The source of what comes through it: the connector's id when left out. It never changes. Connections share a source where no two of them take the same kind of it: transactions of one entity, or reps.</param>
/// <param name="Config">By the connector's schema, secrets inside. Secrets are kept sealed; a change that leaves one out keeps it.</param>
/// <param name="BaseAddress">In the place of the vendor's own address: a sandbox. It is https and one of the connector's hosts.</param>
/// <param name="EverySeconds">It runs by itself so often: 60 to 604800. Only when it is asked to when left out.</param>
/// <param name="Mapping">By stream, what differs from what its records become by themselves.</param>
public sealed record ConnectionInput(
    string Connector,
    string Name,
    JsonElement? Config = null,
    string? Version = null,
    string? Source = null,
    string? BaseAddress = null,
    int? EverySeconds = null,
    IReadOnlyDictionary<string, StreamMapping>? Mapping = null);
