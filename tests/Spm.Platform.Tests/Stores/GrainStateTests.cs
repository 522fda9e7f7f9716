using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Spm.Platform.Grains;
using Spm.Platform.Reps;

namespace Spm.Platform.Tests.Stores;

/// <summary>States of many grains that fall into one commit are written by one statement, and each keeps its version.</summary>
public sealed class GrainStateTests
{
    private const int Grains = 300;

    public static TheoryData<string> Kinds => StoreUnderTest.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Of_states_that_are_written_together_one_that_somebody_else_has_written_is_refused_and_no_other(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        var storage = new StoreGrainStorage(test.Store);
        var states = Enumerable.Range(0, Grains).Select(no => new GrainState<RepState>(new RepState { Postings = no })).ToArray();
        // Somebody else has made the state of 7 that is believed to be new.
        await storage.WriteStateAsync("rep", Id(7), new GrainState<RepState>(new RepState { Postings = -7 }));

        var first = await test.TogetherAsync(() => states.Select((s, no) => storage.WriteStateAsync("rep", Id(no), s)));

        Assert.Equal([7], Refused(first));
        Assert.Equal(Enumerable.Range(0, Grains).Select(no => no == 7 ? (-7, "1") : (no, "1")), await Stored(storage));

        // And has changed 9 since it was read.
        await storage.ReadStateAsync("rep", Id(7), states[7]);
        await storage.WriteStateAsync("rep", Id(9), new GrainState<RepState>(new RepState { Postings = -9 }, "1"));
        Array.ForEach(states, s => s.State!.Postings += 1000);

        var second = await test.TogetherAsync(() => states.Select((s, no) => storage.WriteStateAsync("rep", Id(no), s)));

        Assert.Equal([9], Refused(second));
        var refusal = Assert.IsType<InconsistentStateException>(second[9].Exception!.InnerException);
        Assert.Equal(("2", "1"), (refusal.StoredEtag, refusal.CurrentEtag));
        Assert.Equal(Enumerable.Range(0, Grains).Select(no => no == 9 ? (-9, "2") : (no == 7 ? 993 : no + 1000, "2")), await Stored(storage));
        Assert.All(states, (s, no) => Assert.Equal(no == 9 ? "1" : "2", s.ETag));
    }

    private static GrainId Id(int no) => GrainId.Create("rep", $"1/{no}");

    private static IEnumerable<int> Refused(Task[] writes) => Enumerable.Range(0, writes.Length).Where(no => writes[no].IsFaulted);

    private static async Task<List<(int Postings, string ETag)>> Stored(StoreGrainStorage storage)
    {
        List<(int, string)> stored = [];
        for (var no = 0; no < Grains; no++)
        {
            var state = new GrainState<RepState>();
            await storage.ReadStateAsync("rep", Id(no), state);
            stored.Add(((int)state.State!.Postings, state.ETag ?? ""));
        }
        return stored;
    }
}
