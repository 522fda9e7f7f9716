using System.Globalization;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Grains;

/// <summary>
/// Grain state in the embedded store, as JSON with a version that must match. It is derived from the durable log of transactions, so
/// it is written in order but does not wait for the disk by itself.
/// </summary>
public sealed class StoreGrainStorage(SpmStore store) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = store.Read(s => s.First(
            "select etag, body from grain_state where name = $1 and grain = $2",
            r => (object)(ETag: r.GetInt64(0), Body: r.GetString(1)),
            stateName,
            grainId.ToString()));
        if (row is (long etag, string body))
        {
            grainState.State = JsonSerializer.Deserialize<T>(body, Json.Stored)!;
            grainState.ETag = Text(etag);
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = Activator.CreateInstance<T>();
            grainState.ETag = null;
            grainState.RecordExists = false;
        }
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var body = JsonSerializer.Serialize(grainState.State, Json.Stored);
        var (grain, before) = (grainId.ToString(), Number(grainState.ETag));
        await store.Writer.WriteAsync(
            session =>
            {
                var written = before == 0
                    ? session.Execute("insert into grain_state (name, grain, etag, body) values ($1, $2, 1, $3) on conflict do nothing", stateName, grain, body)
                    : session.Execute("update grain_state set etag = $3 + 1, body = $4 where name = $1 and grain = $2 and etag = $3", stateName, grain, before, body);
                Demand(written == 1, session, stateName, grain, before);
            },
            Durability.Derived);
        grainState.ETag = Text(before + 1);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (grain, before) = (grainId.ToString(), Number(grainState.ETag));
        await store.Writer.WriteAsync(
            session => Demand(
                session.Execute("delete from grain_state where name = $1 and grain = $2 and etag = $3", stateName, grain, before) == 1 || before == 0,
                session,
                stateName,
                grain,
                before),
            Durability.Derived);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static void Demand(bool matched, SqlSession session, string stateName, string grain, long before)
    {
        if (!matched)
        {
            var stored = session.Long("select etag from grain_state where name = $1 and grain = $2", stateName, grain);
            throw new InconsistentStateException($"{stateName} of {grain} was written by somebody else.", Text(stored), Text(before));
        }
    }

    private static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    private static long Number(string? etag) => etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);
}
