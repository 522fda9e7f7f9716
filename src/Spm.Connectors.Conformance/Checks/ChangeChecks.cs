using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Sync;

namespace Spm.Connectors.Conformance.Checks;

/// <summary>What happens at the vendor between two runs.</summary>
internal static class ChangeChecks
{
    public static Check[] All { get; } =
    [
        Check.ForSource("A_change_is_seen_by_the_next_run", SeesChangesAsync),
        Check.ForSource("A_deletion_is_seen_as_the_manifest_says", SeesDeletionsAsync),
        Check.ForSource("A_full_refresh_ignores_every_checkpoint", RefreshesAsync),
    ];

    private static async Task<string?> SeesChangesAsync(Subject subject)
    {
        var seen = 0;
        foreach (var stream in subject.Manifest.Streams)
        {
            await using var bench = await SourceChecks.FilledAsync(subject, stream.Name).ConfigureAwait(false);
            var store = new MemoryStore();
            await bench.SyncAsync(store, stream, StreamState.New).ConfigureAwait(false);
            if (bench.Vendor.Change(stream.Name) is not { } key)
            {
                continue;
            }
            var before = store.Records(stream.Name)[key];
            var mode = stream.Cursor is null ? SyncMode.Full : SyncMode.Incremental;
            await bench.SyncAsync(store, stream, store.State(stream.Name), mode).ConfigureAwait(false);
            var after = store.Records(stream.Name)[key];
            Check.That(after.Entity != before.Entity || after.UpdatedAt != before.UpdatedAt, $"{stream.Name}: the change of {key} was not seen.");
            Check.SameKeys(bench.Vendor.Keys(stream.Name), store.Records(stream.Name).Keys, $"{stream.Name} after a change");
            seen++;
        }
        return seen > 0 ? $"{seen} streams" : throw new NotApplicableException("Records of this vendor never change.");
    }

    private static async Task<string?> SeesDeletionsAsync(Subject subject)
    {
        var seen = 0;
        foreach (var stream in subject.Manifest.Streams.Where(s => s.Deletes != DeleteDetection.None))
        {
            await using var bench = await SourceChecks.FilledAsync(subject, stream.Name).ConfigureAwait(false);
            var store = new MemoryStore();
            await bench.SyncAsync(store, stream, StreamState.New).ConfigureAwait(false);
            var key = bench.Vendor.Remove(stream.Name) ?? throw new ConformanceException($"The vendor must remove a record of {stream.Name}, whose manifest finds deletions.");
            var mode = stream.Deletes == DeleteDetection.FullRead ? SyncMode.Full : SyncMode.Incremental;
            await bench.SyncAsync(store, stream, store.State(stream.Name), mode).ConfigureAwait(false);
            Check.That(!store.Records(stream.Name).ContainsKey(key), $"{stream.Name}: {key} is gone at the vendor and still there.");
            Check.SameKeys(bench.Vendor.Keys(stream.Name), store.Records(stream.Name).Keys, $"{stream.Name} after a deletion");
            seen++;
        }
        return seen > 0 ? $"{seen} streams" : throw new NotApplicableException("No stream finds deletions.");
    }

    private static async Task<string?> RefreshesAsync(Subject subject)
    {
        foreach (var stream in subject.Manifest.Streams)
        {
            await using var bench = await SourceChecks.FilledAsync(subject, stream.Name).ConfigureAwait(false);
            var first = new MemoryStore();
            await bench.SyncAsync(first, stream, StreamState.New).ConfigureAwait(false);
            var second = new MemoryStore();
            await bench.SyncAsync(second, stream, first.State(stream.Name), SyncMode.Full).ConfigureAwait(false);
            Check.SameKeys(bench.Vendor.Keys(stream.Name), second.Records(stream.Name).Keys, $"{stream.Name} refreshed");
        }
        return null;
    }
}
