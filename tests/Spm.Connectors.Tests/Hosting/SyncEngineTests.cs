using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Sync;

namespace Spm.Connectors.Tests.Hosting;

public sealed class SyncEngineTests
{
    private readonly ScriptedSource _source = new();
    private readonly MemoryStore _store = new();

    private Task<RunOutcome> RunAsync(params StreamPlan[] plans) => new SyncEngine(
        _source, _store, TimeProvider.System, new CapturedLog(), new SyncOptions { FirstDelay = TimeSpan.FromMilliseconds(1), BatchRecords = 10, BatchLength = 1000, RecordLength = 500 })
        .RunAsync(plans, CancellationToken.None);

    private StreamPlan Plan(string stream, SyncMode mode = SyncMode.Incremental, bool ordered = true, DeleteDetection deletes = DeleteDetection.None) =>
        new(ScriptedSource.Stream(stream, ordered, deletes), mode, _store.State(stream));

    private static IEnumerable<SourceMessage> Throw(ErrorKind kind, TimeSpan? wait = null, params SourceMessage[] before)
    {
        foreach (var message in before)
        {
            yield return message;
        }
        throw new ConnectorException(kind, "scripted") { RetryAfter = wait };
    }

    [Fact]
    public async Task A_checkpoint_is_committed_with_exactly_the_records_before_it()
    {
        List<(int Records, string? At)> commits = [];
        _store.Before = c => commits.Add((c.Records.Count, c.State.Checkpoint?.Text));
        _source.Streams["a"] = _ => [ScriptedSource.Deal("1"), ScriptedSource.Deal("2"), new Checkpoint("x"), ScriptedSource.Deal("3"), new Checkpoint("y")];
        await RunAsync(Plan("a"));
        Assert.Equal([(2, "x"), (1, "y"), (0, "y")], commits);
        Assert.Null(_store.State("a").FullRead);
    }

    [Fact]
    public async Task One_stream_that_fails_leaves_the_others_running()
    {
        _source.Streams["a"] = _ => Throw(ErrorKind.Permission);
        _source.Streams["b"] = _ => [ScriptedSource.Deal("1")];
        var run = await RunAsync(Plan("a"), Plan("b"));
        Assert.Equal(RunStatus.Partial, run.Status);
        Assert.Equal([StreamStatus.Failed, StreamStatus.Complete], run.Streams.Select(s => s.Status));
    }

    [Fact]
    public async Task Refused_credentials_end_the_run()
    {
        _source.Streams["a"] = _ => Throw(ErrorKind.Auth);
        _source.Streams["b"] = _ => [ScriptedSource.Deal("1")];
        var run = await RunAsync(Plan("a"), Plan("b"));
        Assert.Equal([StreamStatus.Failed, StreamStatus.Skipped], run.Streams.Select(s => s.Status));
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public async Task A_transient_failure_goes_on_from_the_checkpoint_and_loses_nothing()
    {
        _source.Streams["a"] = from => from is null
            ? Throw(ErrorKind.Transient, null, ScriptedSource.Deal("1"), new Checkpoint("x"), ScriptedSource.Deal("lost"))
            : [ScriptedSource.Deal("2"), new Checkpoint("y")];
        var run = await RunAsync(Plan("a"));
        Assert.Equal(RunStatus.Complete, run.Status);
        Assert.Equal(["1", "2"], _store.Records("a").Keys.Order());
        Assert.Equal([null, "x"], _source.Reads.Select(r => r.From?.Text));
    }

    [Theory]
    [InlineData(ErrorKind.Transient, 4)]
    [InlineData(ErrorKind.RemoteBug, 2)]
    [InlineData(ErrorKind.Internal, 2)]
    [InlineData(ErrorKind.Config, 1)]
    [InlineData(ErrorKind.SchemaChanged, 1)]
    public async Task How_often_a_stream_is_tried_depends_on_the_kind_of_error(ErrorKind kind, int reads)
    {
        _source.Streams["a"] = _ => Throw(kind);
        var run = await RunAsync(Plan("a"));
        Assert.Equal(reads, _source.Reads.Count);
        Assert.Equal(kind == ErrorKind.SchemaChanged ? StreamStatus.Paused : StreamStatus.Failed, run.Streams[0].Status);
    }

    [Fact]
    public async Task A_vendor_that_asks_for_a_long_wait_is_left_until_later()
    {
        _source.Streams["a"] = _ => Throw(ErrorKind.RateLimited, TimeSpan.FromHours(1));
        var run = await RunAsync(Plan("a"));
        Assert.Equal(StreamStatus.Waiting, run.Streams[0].Status);
        Assert.Equal(TimeSpan.FromHours(1), run.Streams[0].Error!.RetryAfter);
    }

    [Fact]
    public async Task An_expired_cursor_means_everything_is_read_once()
    {
        _source.Streams["a"] = from => from is null ? [ScriptedSource.Deal("1"), new Checkpoint("new")] : Throw(ErrorKind.CursorExpired);
        var run = await RunAsync(Plan("a") with { State = new StreamState { Checkpoint = new Checkpoint("old") } });
        Assert.Equal(RunStatus.Complete, run.Status);
        Assert.Equal("new", _store.State("a").Checkpoint!.Text);
    }

    [Theory]
    [InlineData(DeleteDetection.FullRead, "2,3")]
    [InlineData(DeleteDetection.Tombstones, "2,3")]
    [InlineData(DeleteDetection.None, "1,2,3")]
    public async Task A_full_refresh_begins_without_a_checkpoint_and_drops_what_it_does_not_see(DeleteDetection deletes, string left)
    {
        _source.Streams["a"] = _ => [ScriptedSource.Deal("1"), ScriptedSource.Deal("2")];
        await RunAsync(Plan("a", deletes: deletes));
        _source.Streams["a"] = _ => [ScriptedSource.Deal("2"), ScriptedSource.Deal("3")];
        await RunAsync(Plan("a", SyncMode.Full, deletes: deletes));
        Assert.Equal(left, string.Join(',', _store.Records("a").Keys.Order()));
    }

    [Fact]
    public async Task What_was_deleted_while_the_cursor_expired_is_gone()
    {
        _source.Streams["a"] = _ => [ScriptedSource.Deal("1"), ScriptedSource.Deal("2"), new Checkpoint("old")];
        await RunAsync(Plan("a", deletes: DeleteDetection.Tombstones));
        _source.Streams["a"] = from => from is null ? [ScriptedSource.Deal("2"), new Checkpoint("new")] : Throw(ErrorKind.CursorExpired);
        await RunAsync(Plan("a", deletes: DeleteDetection.Tombstones) with { State = _store.State("a") });
        Assert.Equal(["2"], _store.Records("a").Keys);
    }

    [Fact]
    public async Task A_full_read_that_was_interrupted_is_still_the_same_full_read()
    {
        _source.Streams["a"] = _ => Throw(ErrorKind.Config, null, ScriptedSource.Deal("1"), new Checkpoint("x"));
        await RunAsync(Plan("a", deletes: DeleteDetection.FullRead));
        var under = _store.State("a").FullRead;
        Assert.NotNull(under);
        _source.Streams["a"] = _ => [ScriptedSource.Deal("2")];
        await RunAsync(Plan("a", deletes: DeleteDetection.FullRead));
        Assert.Equal(["1", "2"], _store.Records("a").Keys.Order());
        Assert.Null(_store.State("a").FullRead);
    }

    [Fact]
    public async Task An_unordered_stream_that_gives_a_checkpoint_before_its_end_is_wrong()
    {
        _source.Streams["a"] = _ => [ScriptedSource.Deal("1"), new Checkpoint("x"), ScriptedSource.Deal("2")];
        var run = await RunAsync(Plan("a", ordered: false));
        Assert.Equal(ErrorKind.Internal, run.Streams[0].Error!.Kind);
        Assert.Null(_store.State("a").Checkpoint);
    }

    [Theory]
    [InlineData(true, "x")]
    [InlineData(true, "x", "y", "z")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_vendor_whose_pages_go_round_is_left_after_some_of_them(bool ordered, params string[] places)
    {
        var pages = 0;
        IEnumerable<SourceMessage> Round()
        {
            for (; pages < 10_000; pages++)
            {
                yield return ScriptedSource.Deal("1");
                yield return ScriptedSource.Deal("2");
                yield return ScriptedSource.Deal("3");
                if (places.Length > 0)
                {
                    yield return new Checkpoint(places[pages % places.Length]);
                }
            }
        }
        _source.Streams["a"] = _ => Round();
        _source.Streams["b"] = _ => [ScriptedSource.Deal("1")];

        var run = await RunAsync(Plan("a", ordered: ordered), Plan("b"));

        Assert.Equal([StreamStatus.Failed, StreamStatus.Complete], run.Streams.Select(s => s.Status));
        Assert.Equal(ErrorKind.RemoteBug, run.Streams[0].Error!.Kind);
        Assert.Equal("1,2,3", string.Join(',', _store.Records("a").Keys.Order()));
        Assert.InRange(pages, 1, 1_000);
    }

    [Fact]
    public async Task A_page_that_comes_again_and_others_of_the_same_place_are_no_round()
    {
        _source.Streams["a"] = _ =>
        [
            .. Enumerable.Range(0, 9).SelectMany(_ => (SourceMessage[])[ScriptedSource.Deal("0"), new Checkpoint("x")]),
            .. Enumerable.Range(0, 200).SelectMany(i => (SourceMessage[])[ScriptedSource.Deal($"{i}"), new Checkpoint("x")]),
            .. Enumerable.Range(0, 200).SelectMany(i => (SourceMessage[])[ScriptedSource.Deal("0"), new Checkpoint($"{i}")]),
        ];

        var run = await RunAsync(Plan("a"));

        Assert.Equal(StreamStatus.Complete, run.Streams[0].Status);
        Assert.Equal(200, _store.Records("a").Count);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_kept_apart_and_the_rest_goes_on()
    {
        _source.Streams["a"] = _ =>
        [
            new InvalidRow("7", "raw", [new RowError("/amount", "not_a_number", "…")]),
            SourceRecord.Of("8", null, new Reference { Label = "not a deal" }),
            ScriptedSource.Deal("9"),
        ];
        var run = await RunAsync(Plan("a"));
        Assert.Equal((1, 2), (run.Streams[0].Records, run.Streams[0].Quarantined));
        Assert.Equal(["not_a_number", "wrong_entity"], _store.Quarantined.Select(q => q.Errors[0].Code));
    }

    [Fact]
    public async Task A_field_that_is_gone_or_of_another_type_pauses_and_a_new_one_does_not()
    {
        _source.Streams["a"] = _ => [ScriptedSource.Deal("1")];
        _source.Fields["a"] = [new("id", "string"), new("amount", "number")];
        await RunAsync(Plan("a"));

        _source.Fields["a"] = [new("id", "string"), new("amount", "number"), new("more", "string")];
        var grown = await RunAsync(Plan("a"));
        Assert.Equal(StreamStatus.Complete, grown.Streams[0].Status);
        Assert.Equal("more", Assert.Single(grown.Streams[0].Difference!.Added).Name);

        _source.Fields["a"] = [new("id", "number"), new("more", "string")];
        var broken = await RunAsync(Plan("a"));
        Assert.Equal(StreamStatus.Paused, broken.Streams[0].Status);
        Assert.Equal("amount", Assert.Single(broken.Streams[0].Difference!.Removed).Name);
        Assert.Equal("id", Assert.Single(broken.Streams[0].Difference!.Retyped).After.Name);
    }

    [Fact]
    public async Task A_store_that_fails_is_not_the_vendors_fault()
    {
        _source.Streams["a"] = _ => [ScriptedSource.Deal("1"), new Checkpoint("x")];
        _store.Before = _ => throw new IOException("disk full");
        await Assert.ThrowsAsync<IOException>(() => RunAsync(Plan("a")));
        Assert.Single(_source.Reads);
    }

    [Fact]
    public async Task A_store_that_refuses_what_a_stream_says_ends_that_stream_alone_by_the_kind_it_gives()
    {
        _source.Streams["a"] = _ => [ScriptedSource.Deal("1")];
        _source.Streams["b"] = _ => [ScriptedSource.Deal("2")];
        _store.Before = c => _ = c.Stream == "a" ? throw new ConnectorException(ErrorKind.SchemaChanged, "scripted") : c;

        var run = await RunAsync(Plan("a"), Plan("b"));

        Assert.Equal([StreamStatus.Paused, StreamStatus.Complete], run.Streams.Select(s => s.Status));
    }

    [Fact]
    public async Task Long_stretches_without_a_checkpoint_are_committed_in_batches()
    {
        var largest = 0;
        _store.Before = c => largest = Math.Max(largest, c.Records.Count);
        _source.Streams["a"] = _ => Enumerable.Range(0, 95).Select(i => (SourceMessage)ScriptedSource.Deal($"{i}")).Append(new Checkpoint("end"));
        await RunAsync(Plan("a", ordered: false));
        Assert.Equal(10, largest);
        Assert.Equal(95, _store.Records("a").Count);
        Assert.Equal("end", _store.State("a").Checkpoint!.Text);
    }

    [Fact]
    public async Task Long_records_are_committed_sooner_and_one_that_is_too_long_waits_in_quarantine()
    {
        List<int> commits = [];
        _store.Before = c => commits.Add(c.Records.Count);
        SourceMessage Long(string key, int length) => ScriptedSource.Deal(key) with { Fields = new Dictionary<string, string?> { ["note"] = new string('x', length) } };
        _source.Streams["a"] = _ => [.. Enumerable.Range(0, 7).Select(i => Long($"{i}", 400)), Long("8", 501), Long("9", 1), new Checkpoint("end")];

        await RunAsync(Plan("a"));

        Assert.Equal([3, 3, 2, 0], commits);
        Assert.Equal("8 record_too_long", Assert.Single(_store.Quarantined) is var row ? $"{row.Key} {row.Errors[0].Code}" : "");
    }

    [Fact]
    public async Task What_is_quoted_of_a_row_that_cannot_be_read_is_no_longer_than_a_record()
    {
        _source.Streams["a"] = _ => [new InvalidRow("7", new string('x', 10_000), [new RowError("/amount", "not_a_number", "…")])];

        await RunAsync(Plan("a"));

        Assert.Equal(500, Assert.Single(_store.Quarantined).Raw.Length);
    }
}
