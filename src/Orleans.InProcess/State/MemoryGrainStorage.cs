using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.InProcess;

/// <summary>
/// Keeps records in memory, serialised: a grain that changes its state and does not write it loses the change, as with any storage.
/// </summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    static readonly JsonSerializerOptions Json = new() { IncludeFields = true };
    readonly ConcurrentDictionary<(string Name, GrainId Grain), Record> _records = new();
    long _version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = _records.TryGetValue((stateName, grainId), out var record);
        grainState.State = found ? JsonSerializer.Deserialize<T>(record!.Value, Json) : Activator.CreateInstance<T>();
        (grainState.ETag, grainState.RecordExists) = (record?.ETag, found);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var etag = Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);
        var written = new Record(JsonSerializer.SerializeToUtf8Bytes(grainState.State, Json), etag);
        var key = (stateName, grainId);
        var won = _records.TryGetValue(key, out var stored)
            ? stored.ETag == grainState.ETag && _records.TryUpdate(key, written, stored)
            : grainState.ETag is null && _records.TryAdd(key, written);
        if (!won) throw Inconsistent(stateName, grainId, stored?.ETag, grainState.ETag);
        (grainState.ETag, grainState.RecordExists) = (etag, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var won = _records.TryGetValue(key, out var stored)
            ? stored.ETag == grainState.ETag && _records.TryRemove(new(key, stored))
            : grainState.ETag is null;
        if (!won) throw Inconsistent(stateName, grainId, stored?.ETag, grainState.ETag);
        (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
        return Task.CompletedTask;
    }

    static InconsistentStateException Inconsistent(string name, GrainId grain, string? stored, string? current) =>
        new($"'{name}' of {grain} was changed by another writer.", stored, current);

    sealed record Record(byte[] Value, string ETag);
}
