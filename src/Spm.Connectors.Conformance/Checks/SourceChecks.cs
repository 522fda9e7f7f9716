using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Sync;

namespace Spm.Connectors.Conformance.Checks;

/// <summary>Completeness: everything is read, from wherever a run goes on.</summary>
internal static class SourceChecks
{
    /// <summary>Records that make several pages of any vendor and are read in a moment.</summary>
    internal const int Some = 250;

    /// <summary>More than any vendor's longest page.</summary>
    private const int Many = 2_500;

    public static Check[] All { get; } =
    [
        Check.ForSource("The_connection_is_checked_and_every_stream_discovered", DiscoversAsync),
        Check.ForSource("A_full_read_gives_every_record_with_its_text_unharmed", ReadsEverythingAsync),
        Check.ForSource("A_stream_of_long_pages_is_read_to_its_end", ReadsLongPagesAsync),
        Check.ForSource("A_run_resumed_from_any_checkpoint_gives_the_same_set", ResumesAsync),
        Check.ForSource("A_run_killed_anywhere_goes_on_without_loss_or_double", SurvivesKillsAsync),
        Check.ForSource("A_page_that_comes_twice_changes_nothing", RepeatsAsync),
    ];

    private static async Task<string?> DiscoversAsync(Subject subject)
    {
        await using var bench = await Bench.StartAsync(subject).ConfigureAwait(false);
        var connection = await bench.OpenAsync().ConfigureAwait(false);
        var account = await connection.CheckAsync(CancellationToken.None).ConfigureAwait(false);
        Check.That(account.Id.Length > 0 && account.Name.Length > 0, "CheckAsync must say whom the credentials speak for.");
        var found = await connection.DiscoverAsync(CancellationToken.None).ConfigureAwait(false);
        Check.SameKeys(subject.Manifest.Streams.Select(s => s.Name), found.Select(s => s.Name), "Discovered streams");
        Check.That(found.All(s => s.Fields.Count > 0), "Every stream has fields.");
        return $"{account.Name}: {found.Count} streams";
    }

    private static async Task<string?> ReadsEverythingAsync(Subject subject)
    {
        foreach (var stream in subject.Manifest.Streams)
        {
            await using var bench = await FilledAsync(subject, stream.Name).ConfigureAwait(false);
            var (messages, error) = await bench.ReadAsync(stream.Name, null).ConfigureAwait(false);
            Check.That(error is null, $"{stream.Name}: {error}");
            var records = messages.OfType<SourceRecord>().ToList();
            Check.SameKeys(bench.Vendor.Keys(stream.Name), records.Where(r => !r.Deleted).Select(r => r.Key), stream.Name);
            Check.That(records.All(r => r.Entity is null || r.Entity.GetType() == EntityKinds.TypeOf(stream.Entity)), $"{stream.Name} gives other entities than its manifest says.");
            Check.That(records.Exists(r => Mentions(r, Texts.Unicode)), $"{stream.Name}: the text '{Texts.Unicode}' did not arrive unharmed.");
            Check.That(stream.Ordered || !messages.SkipWhile(m => m is not Checkpoint).OfType<SourceRecord>().Any(), $"{stream.Name} is not ordered and gives a checkpoint before its end.");
            Check.That(stream.Cursor is null || messages.OfType<Checkpoint>().Any(), $"{stream.Name} has a cursor and gives no checkpoint.");
        }
        return null;
    }

    /// <summary>Only streams of which some records take no more requests than one: the others have shown several pages already.</summary>
    private static async Task<string?> ReadsLongPagesAsync(Subject subject)
    {
        var read = 0;
        foreach (var stream in subject.Manifest.Streams)
        {
            if (await RequestsAsync(subject, stream.Name, 1).ConfigureAwait(false) < await RequestsAsync(subject, stream.Name, Some).ConfigureAwait(false))
            {
                continue;
            }
            await using var bench = await FilledAsync(subject, stream.Name, Many).ConfigureAwait(false);
            var (messages, error) = await bench.ReadAsync(stream.Name, null).ConfigureAwait(false);
            Check.That(error is null, $"{stream.Name}: {error}");
            Check.SameKeys(bench.Vendor.Keys(stream.Name), messages.OfType<SourceRecord>().Where(r => !r.Deleted).Select(r => r.Key), $"{stream.Name} of {Many} records");
            read++;
        }
        return read > 0 ? $"{read} streams" : throw new NotApplicableException("Every stream has pages of fewer records than the other checks read.");
    }

    internal static async Task<int> RequestsAsync(Subject subject, string stream, int records)
    {
        await using var bench = await FilledAsync(subject, stream, records).ConfigureAwait(false);
        var server = bench.Vendor.Server ?? throw new NotApplicableException("The connector calls nobody.");
        await bench.ReadAsync(stream, null).ConfigureAwait(false);
        return server.Requests.Count;
    }

    private static async Task<string?> ResumesAsync(Subject subject)
    {
        var checkpoints = 0;
        foreach (var stream in subject.Manifest.Streams)
        {
            await using var bench = await FilledAsync(subject, stream.Name).ConfigureAwait(false);
            var (messages, error) = await bench.ReadAsync(stream.Name, null).ConfigureAwait(false);
            Check.That(error is null, $"{stream.Name}: {error}");
            for (var i = 0; i < messages.Count; i++)
            {
                if (messages[i] is not Checkpoint checkpoint)
                {
                    continue;
                }
                checkpoints++;
                var (rest, broken) = await bench.ReadAsync(stream.Name, checkpoint).ConfigureAwait(false);
                Check.That(broken is null, $"{stream.Name} from {checkpoint.Text}: {broken}");
                var keys = messages.Take(i).Concat(rest).OfType<SourceRecord>().Where(r => !r.Deleted).Select(r => r.Key);
                Check.SameKeys(bench.Vendor.Keys(stream.Name), keys, $"{stream.Name} resumed from {checkpoint.Text}");
            }
        }
        return $"{checkpoints} checkpoints";
    }

    private static async Task<string?> SurvivesKillsAsync(Subject subject)
    {
        var kills = 0;
        foreach (var stream in subject.Manifest.Streams)
        {
            await using var bench = await FilledAsync(subject, stream.Name).ConfigureAwait(false);
            var store = new MemoryStore();
            // The power goes at the first commit, then at the second, and so on until a run gets through.
            for (var survived = 0; ; survived++)
            {
                var left = survived;
                store.Before = _ => left = left > 0 ? left - 1 : throw new KilledException();
                try
                {
                    var outcome = await bench.SyncAsync(store, stream, store.State(stream.Name)).ConfigureAwait(false);
                    Check.That(outcome.Status == RunStatus.Complete, $"{stream.Name}: {outcome.Streams[0].Error}");
                    break;
                }
                catch (KilledException)
                {
                    kills++;
                }
                Check.That(survived < 500, $"{stream.Name} does not get through.");
            }
            Check.SameKeys(bench.Vendor.Keys(stream.Name), store.Records(stream.Name).Keys, $"{stream.Name} after kills");
        }
        return $"{kills} kills";
    }

    private static async Task<string?> RepeatsAsync(Subject subject)
    {
        foreach (var stream in subject.Manifest.Streams)
        {
            await using var bench = await FilledAsync(subject, stream.Name).ConfigureAwait(false);
            var store = new MemoryStore();
            await bench.SyncAsync(store, stream, StreamState.New, SyncMode.Full).ConfigureAwait(false);
            var once = store.Records(stream.Name);
            await bench.SyncAsync(store, stream, StreamState.New, SyncMode.Full).ConfigureAwait(false);
            Check.SameKeys(bench.Vendor.Keys(stream.Name), store.Records(stream.Name).Keys, $"{stream.Name} read twice");
            ValueChecks.Same(once.Values, store.Records(stream.Name).Values, $"{stream.Name}, read twice and not changed in between");
        }
        return null;
    }

    internal static async Task<Bench> FilledAsync(Subject subject, string stream, int count = Some)
    {
        var bench = await Bench.StartAsync(subject).ConfigureAwait(false);
        bench.Vendor.Fill(stream, count);
        return bench;
    }

    /// <summary>Printed values of records show their members; fields are beside them.</summary>
    private static bool Mentions(SourceRecord record, string text) =>
        record.Entity?.ToString()?.Contains(text, StringComparison.Ordinal) == true || record.Fields.Values.Contains(text);

    /// <summary>The power goes.</summary>
    private sealed class KilledException : Exception;
}
