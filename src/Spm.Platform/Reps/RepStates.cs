using System.Text.Json;
using Orleans;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Reps;

/// <summary>The state of a rep's grain as it is stored, for whoever holds it against the rest of the store.</summary>
internal static class RepStates
{
    /// <summary>The name that the grain keeps its state under.</summary>
    public const string Name = "rep";

    public static RepState Read(SqlSession session, IRepGrain grain) =>
        session.First("select body from grain_state where name = $1 and grain = $2", r => r.GetString(0), Name, grain.GetGrainId().ToString()) is { } body
            ? JsonSerializer.Deserialize<RepState>(body, Json.Stored)!
            : new RepState();
}
