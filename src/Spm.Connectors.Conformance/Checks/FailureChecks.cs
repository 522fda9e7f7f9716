using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Sync;

namespace Spm.Connectors.Conformance.Checks;

/// <summary>A vendor that fails: the connector names the kind of error, gives nothing up in silence, and betrays no secret.</summary>
internal static class FailureChecks
{
    public static Check[] All { get; } =
    [
        Check.ForSource("A_429_ends_the_read_as_rate_limited_with_the_vendors_wait", s => EndsAsync(s, StubFault.TooMany(7), ErrorKind.RateLimited)),
        Check.ForSource("A_500_ends_the_read_as_transient", s => EndsAsync(s, StubFault.Of(500), ErrorKind.Transient)),
        Check.ForSource("A_401_ends_the_read_as_refused_credentials", s => EndsAsync(s, StubFault.Of(401), ErrorKind.Auth)),
        Check.ForSource("A_403_ends_the_read_as_missing_permission", s => EndsAsync(s, StubFault.Of(403), ErrorKind.Permission)),
        Check.ForSource("A_silent_vendor_is_transient", s => EndsAsync(s, StubFault.Silence, ErrorKind.Transient)),
        Check.ForSource("An_answer_that_is_no_JSON_is_the_vendors_bug", s => EndsAsync(s, StubFault.Of(200, "<html>maintenance</html>"), ErrorKind.RemoteBug)),
        Check.ForSource("A_run_among_failures_gives_the_same_set", GetsThroughAsync),
        new("Refused_credentials_are_found_by_the_check", m => m.Auth.Any(a => a.Kind != "none"), FindsRefusalAsync),
        Check.ForSource("A_read_ends_where_it_is_cancelled", EndsWhereCancelledAsync),
        new("No_secret_is_ever_written_into_the_log_or_an_error", _ => true, KeepsSecretsAsync),
    ];

    /// <summary>Fails the first request, then the second, and so on: each must end the read with the right kind.</summary>
    private static async Task<string?> EndsAsync(Subject subject, StubFault fault, ErrorKind kind)
    {
        var ended = 0;
        foreach (var stream in subject.Manifest.Streams)
        {
            await using var bench = await SourceChecks.FilledAsync(subject, stream.Name).ConfigureAwait(false);
            var server = Server(bench);
            // Silence costs as long as the patience each time, so two places are enough.
            var places = fault.Hang ? 2 : 40;
            bench.Patience = fault.Hang ? TimeSpan.FromSeconds(1) : bench.Patience;
            for (var at = 0; at < places; at++)
            {
                server.Fail([.. Enumerable.Repeat<StubFault?>(null, at), fault]);
                var (messages, error) = await bench.ReadAsync(stream.Name, null).ConfigureAwait(false);
                if (server.ClearFaults() > 0)
                {
                    break;
                }
                ended++;
                Check.That(
                    error?.Kind == kind,
                    $"{stream.Name}: the failure of request {at + 1} was taken as {error?.Kind.ToString() ?? "the end of the data"} after {messages.Count} messages; it is {kind}. {error}");
                Check.That(kind != ErrorKind.RateLimited || error?.RetryAfter == TimeSpan.FromSeconds(7), $"{stream.Name}: the vendor's wait is lost: {error?.RetryAfter}.");
            }
        }
        return $"{ended} requests failed";
    }

    private static async Task<string?> GetsThroughAsync(Subject subject)
    {
        foreach (var stream in subject.Manifest.Streams)
        {
            await using var bench = await SourceChecks.FilledAsync(subject, stream.Name).ConfigureAwait(false);
            Server(bench).Fail(StubFault.Of(500), null, StubFault.Of(502), StubFault.TooMany(0), null, null, StubFault.Of(503), null, StubFault.TooMany(0));
            var store = new MemoryStore();
            var outcome = await bench.SyncAsync(store, stream, StreamState.New).ConfigureAwait(false);
            Check.That(outcome.Status == RunStatus.Complete, $"{stream.Name}: {outcome.Streams[0].Error}");
            Check.SameKeys(bench.Vendor.Keys(stream.Name), store.Records(stream.Name).Keys, $"{stream.Name} among failures");
        }
        return null;
    }

    /// <summary>Everything is refused, so that a connector which opens another session gets no further.</summary>
    private static async Task<string?> FindsRefusalAsync(Subject subject)
    {
        await using var bench = await Bench.StartAsync(subject).ConfigureAwait(false);
        Server(bench).Fail([.. Enumerable.Repeat(StubFault.Of(401), 40)]);
        var error = await bench.ErrorOfAsync(c => c.CheckAsync(CancellationToken.None)).ConfigureAwait(false);
        Check.That(error?.Kind == ErrorKind.Auth, $"CheckAsync ends with {error?.Kind.ToString() ?? "success"} where the vendor refuses every call; it is {ErrorKind.Auth}. {error}");
        return null;
    }

    /// <summary>The vendor is silent, and the host does not wait any more: a host that stops must not be held up by a call.</summary>
    private static async Task<string?> EndsWhereCancelledAsync(Subject subject)
    {
        foreach (var stream in subject.Manifest.Streams)
        {
            // What comes last where one record is read is a call for records, whatever opens a session before it.
            var calls = await SourceChecks.RequestsAsync(subject, stream.Name, 1).ConfigureAwait(false);
            await using var bench = await SourceChecks.FilledAsync(subject, stream.Name).ConfigureAwait(false);
            var server = Server(bench);
            bench.Patience = TimeSpan.FromSeconds(20);
            server.Fail([.. Enumerable.Repeat<StubFault?>(null, calls - 1), StubFault.Silence]);
            using var stopping = new CancellationTokenSource();
            var read = bench.ReadAsync(stream.Name, null, stopping.Token);
            while (server.Requests.Count < calls && !read.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10)).ConfigureAwait(false);
            }
            await stopping.CancelAsync().ConfigureAwait(false);
            try
            {
                var (_, error) = await read.ConfigureAwait(false);
                throw new ConformanceException($"{stream.Name}: a read that was cancelled while the vendor was silent ended with {error?.Kind.ToString() ?? "the end of the data"} and not by the cancellation: hand the token to every call.");
            }
            catch (OperationCanceledException)
            {
                // This is the way to end.
            }
        }
        return null;
    }

    private static async Task<string?> KeepsSecretsAsync(Subject subject)
    {
        List<string> lines = [];
        IReadOnlyDictionary<string, string> secrets = new Dictionary<string, string>();
        foreach (var (stream, call) in Calls(subject))
        {
            foreach (var fault in (StubFault?[])[null, StubFault.Of(401), StubFault.Of(400), StubFault.Of(500)])
            {
                await using var bench = await (stream is null ? Bench.StartAsync(subject) : SourceChecks.FilledAsync(subject, stream)).ConfigureAwait(false);
                secrets = bench.Secrets;
                bench.Vendor.Server?.Fail(fault);
                var error = await bench.ErrorOfAsync(c => call(c, bench)).ConfigureAwait(false);
                lines.AddRange(bench.Log.Lines);
                lines.Add(error?.ToString() ?? "");
            }
        }
        foreach (var (name, value) in secrets)
        {
            Check.That(!lines.Exists(l => l.Contains(value, StringComparison.Ordinal)), $"The secret '{name}' stands in a line of the log or in an error.");
        }
        return $"{lines.Count} lines";
    }

    /// <summary>Everything that a connector can be asked for, with the stream that is to be filled before.</summary>
    private static IEnumerable<(string? Stream, Func<IConnection, Bench, Task> Call)> Calls(Subject subject)
    {
        yield return (null, (c, _) => c.CheckAsync(CancellationToken.None));
        yield return (null, (c, _) => c.DiscoverAsync(CancellationToken.None));
        foreach (var stream in subject.Manifest.Kinds.HasFlag(ConnectorKinds.Source) ? subject.Manifest.Streams : [])
        {
            yield return (stream.Name, (_, b) => ReadAsync(b, stream.Name));
        }
        if (subject.Manifest.Kinds.HasFlag(ConnectorKinds.Sink))
        {
            yield return (null, (c, b) => ((ISink)c).PreviewAsync(SinkChecks.Payroll(b).Batch, CancellationToken.None));
            yield return (null, (c, b) => ((ISink)c).WriteAsync(SinkChecks.Payroll(b).Batch, CancellationToken.None));
            yield return (null, (c, b) => ((ISink)c).GetStatusAsync(SinkChecks.Payroll(b).Batch, CancellationToken.None));
        }
        if (subject.Manifest.Webhooks is not null)
        {
            yield return (null, (c, b) => Task.FromResult(((IWebhookReceiver)c).Receive(WebhookChecks.Delivered(b))));
        }
    }

    private static async Task ReadAsync(Bench bench, string stream)
    {
        if ((await bench.ReadAsync(stream, null).ConfigureAwait(false)).Error is { } error)
        {
            throw error;
        }
    }

    private static StubServer Server(Bench bench) => bench.Vendor.Server ?? throw new NotApplicableException("The connector calls nobody.");
}
