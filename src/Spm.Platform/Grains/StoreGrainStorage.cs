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
        if (await store.Writer.WriteTogetherAsync(Write, new NewState(stateName, grain, before, body), Durability.Derived) is { } stored)
        {
            throw Inconsistent(stateName, grain, stored, before);
        }
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

    /// <returns>For each state null where it was written, else the version that stands in its way.</returns>
    private static long?[] Write(SqlSession session, IReadOnlyList<NewState> states)
    {
        var conflicts = new long?[states.Count];
        Write(session, states, conflicts, isNew: true, "insert into grain_state (name, grain, etag, body) values ($1, $2, 1, $3) on conflict do nothing", s => [s.Name, s.Grain, s.Body]);
        Write(session, states, conflicts, isNew: false, "update grain_state set etag = $3 + 1, body = $4 where name = $1 and grain = $2 and etag = $3", s => [s.Name, s.Grain, s.Before, s.Body]);
        return conflicts;
    }

    private static void Write(SqlSession session, IReadOnlyList<NewState> states, long?[] conflicts, bool isNew, string sql, Func<NewState, object?[]> arguments)
    {
        int[] some = [.. Enumerable.Range(0, states.Count).Where(i => states[i].Before == 0 == isNew)];
        foreach (var (i, written) in some.Zip(session.ExecuteEach(sql, [.. some.Select(i => arguments(states[i]))])))
        {
            conflicts[i] = written == 1 ? null : Stored(session, states[i].Name, states[i].Grain);
        }
    }

    private static long Stored(SqlSession session, string name, string grain) => session.Long("select etag from grain_state where name = $1 and grain = $2", name, grain);

    private static InconsistentStateException Inconsistent(string name, string grain, long stored, long before) =>
        new($"{name} of {grain} was written by somebody else.", Text(stored), Text(before));

    private static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    private static long Number(string? etag) => etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);

    /// <param name="Before">The version it was read in; 0 where there was none.</param>
    private sealed record NewState(string Name, string Grain, long Before, string Body);
}
