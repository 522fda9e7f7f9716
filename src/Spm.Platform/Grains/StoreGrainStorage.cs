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
        await store.Writer.WriteTogetherAsync(Write, new NewState(stateName, grain, before, body), Durability.Derived);
        grainState.ETag = Text(before + 1);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (grain, before) = (grainId.ToString(), Number(grainState.ETag));
        await store.Writer.WriteAsync(
            session =>
            {
                if (session.Execute("delete from grain_state where name = $1 and grain = $2 and etag = $3", stateName, grain, before) == 0 && before != 0)
                {
                    throw Inconsistent(stateName, grain, Stored(session, stateName, grain), before);
                }
            },
            Durability.Derived);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    /// <exception cref="InconsistentStateException">One of them was written by somebody else: each is then written again, alone, and knows by that which it is.</exception>
    private static bool[] Write(SqlSession session, IReadOnlyList<NewState> states)
    {
        var (insert, update) = (session.Prepare("insert into grain_state (name, grain, etag, body) values (?, ?, 1, ?) on conflict do nothing"), session.Prepare("update grain_state set etag = etag + 1, body = ? where name = ? and grain = ? and etag = ?"));
        foreach (var state in states)
        {
            if (state.Before == 0)
            {
                insert.Bind(state.Name).Bind(state.Grain).Bind(state.Body).Add();
            }
            else
            {
                update.Bind(state.Body).Bind(state.Name).Bind(state.Grain).Bind(state.Before).Add();
            }
        }
        if (insert.Flush() + update.Flush() < states.Count)
        {
            throw Inconsistent(states[0].Name, states[0].Grain, Stored(session, states[0].Name, states[0].Grain), states[0].Before);
        }
        return new bool[states.Count];
    }

    private static long Stored(SqlSession session, string name, string grain) => session.Long("select etag from grain_state where name = $1 and grain = $2", name, grain);

    private static InconsistentStateException Inconsistent(string name, string grain, long stored, long before) =>
        new($"{name} of {grain} was written by somebody else.", Text(stored), Text(before));

    private static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    private static long Number(string? etag) => etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);

    /// <param name="Before">The version it was read in; 0 where there was none.</param>
    private sealed record NewState(string Name, string Grain, long Before, string Body);
}
