using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Sync;

namespace Spm.Connectors.Conformance.Checks;

/// <summary>Memory that does not grow with what is read. The heap is the process's: nothing else may run beside this check.</summary>
internal static class MemoryChecks
{
    /// <summary>Bytes the heap may grow by between a quarter of the records and all of them: a few pages, and far less than the records.</summary>
    private const long Growth = 8 * 1024 * 1024;

    public static Check[] All { get; } = [Check.ForSource("Memory_is_flat_however_much_is_read", IsFlatAsync)];

    private static async Task<string?> IsFlatAsync(Subject subject)
    {
        var stream = subject.Manifest.Stream(subject.ManyStream)!;
        await using var bench = await SourceChecks.FilledAsync(subject, stream.Name, subject.ManyRecords).ConfigureAwait(false);
        var (quarter, last) = (0L, 0L);
        var store = new CountingStore
        {
            At = records =>
            {
                if (quarter == 0 && records >= subject.ManyRecords / 4)
                {
                    quarter = GC.GetTotalMemory(forceFullCollection: true);
                }
                else if (last == 0 && records >= subject.ManyRecords * 9L / 10)
                {
                    last = GC.GetTotalMemory(forceFullCollection: true);
                }
            },
        };
        var outcome = await bench.SyncAsync(store, stream, StreamState.New).ConfigureAwait(false);
        Check.That(outcome.Status == RunStatus.Complete, $"{outcome.Streams[0].Error}");
        Check.That(store.Records >= bench.Vendor.Keys(stream.Name).Count, $"Only {store.Records} records came.");
        Check.That(last - quarter < Growth, $"Memory grew by {(last - quarter) / 1024} KiB while {store.Records} records were read.");
        return $"{store.Records} records, {(last - quarter) / 1024} KiB";
    }
}
