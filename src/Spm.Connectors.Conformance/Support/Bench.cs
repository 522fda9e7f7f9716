using Spm.Connectors.Hosting.Http;
using Spm.Connectors.Hosting.Secrets;
using Spm.Connectors.Hosting.Sync;

namespace Spm.Connectors.Conformance.Support;

/// <summary>A vendor, and as many connections to it as a check needs.</summary>
public sealed class Bench : IAsyncDisposable
{
    private readonly Subject _subject;
    private readonly List<IAsyncDisposable> _opened = [];
    private readonly SemaphoreSlim _turn = new(1, 1);

    private Bench(Subject subject, IVendor vendor)
    {
        (_subject, Vendor) = (subject, vendor);
        (Config, Secrets) = subject.Manifest.ConfigSchema.Split(subject.Configuration);
        Rotating = new MemorySecrets(Secrets);
    }

    public IVendor Vendor { get; }

    public ConnectorConfig Config { get; }

    public IReadOnlyDictionary<string, string> Secrets { get; }

    /// <summary>The secrets that rotate, as the host has them.</summary>
    public MemorySecrets Rotating { get; }

    public CapturedLog Log { get; } = new();

    /// <summary>How long an answer may take. Long, because a busy machine must fail nobody; short only where silence is what is checked.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>So often a read may give what the vendor has, and so many messages more, before it is one without end.</summary>
    private const int Times = 10, Spare = 1_000;

    public ConnectorManifest Manifest => _subject.Manifest;

    public static async Task<Bench> StartAsync(Subject subject) => new(subject, await subject.StartVendorAsync().ConfigureAwait(false));

    /// <param name="retries">None, for a check that wants to see what the connector itself does.</param>
    public async Task<IConnection> OpenAsync(int retries = 0)
    {
        var address = Vendor.Address ?? Manifest.BaseAddress ?? new Uri("https://nobody.invalid");
        var options = new ConnectorHttpOptions
        {
            AllowPrivateAddresses = true,
            TrustedRoots = Vendor.TrustedRoots,
            Retries = retries,
            FirstDelay = TimeSpan.FromMilliseconds(1),
            AttemptTimeout = Patience,
            BreakerCalls = 1000,
        };
        // The vendor's limits would only make the checks wait.
        var unlimited = Manifest with { RateLimit = null, Streams = [.. Manifest.Streams.Select(s => s with { RateLimit = null })] };
        var http = ConnectorHttp.Create(unlimited, address, TimeProvider.System, Log, options, certificate: ClientCertificate.Read(Manifest, Secrets, DateTimeOffset.UtcNow));
        var connection = await _subject.Create().OpenAsync(
            new ConnectorContext
            {
                Config = Config,
                Secrets = new NamedSecrets(Secrets, Manifest.ConfigSchema.Rotating),
                Http = http,
                Clock = TimeProvider.System,
                Log = Log,
                BaseAddress = address,
                DropFolder = Vendor.DropFolder,
                Rotating = Manifest.ConfigSchema.Rotating.Count == 0 ? null : new SecretRotation(Rotating, _turn, _ => { }),
            },
            CancellationToken.None).ConfigureAwait(false);
        _opened.Add(connection);
        return connection;
    }

    /// <summary>Everything a read says, until it ends or throws.</summary>
    /// <exception cref="ConformanceException">It has no end.</exception>
    public async Task<(List<SourceMessage> Messages, ConnectorException? Error)> ReadAsync(string stream, Checkpoint? from, CancellationToken cancellationToken = default)
    {
        List<SourceMessage> messages = [];
        var there = Vendor.Keys(stream).Count;
        var connection = await OpenAsync().ConfigureAwait(false);
        try
        {
            await foreach (var message in ((ISource)connection).ReadAsync(new ReadRequest(stream, from), cancellationToken).ConfigureAwait(false))
            {
                messages.Add(message);
                Check.That(messages.Count <= (Times * there) + Spare, $"{stream} has no end: a read gave {messages.Count} messages and went on, and the vendor has {there} records.");
            }
            return (messages, null);
        }
        catch (Exception e) when (e is not ConformanceException && !(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            return (messages, HttpFailure.Of(e));
        }
    }

    /// <summary>How a call of a new connection fails; null if it does not.</summary>
    public async Task<ConnectorException?> ErrorOfAsync(Func<IConnection, Task> call)
    {
        try
        {
            await call(await OpenAsync().ConfigureAwait(false)).ConfigureAwait(false);
            return null;
        }
        catch (Exception e)
        {
            return HttpFailure.Of(e);
        }
    }

    public async Task<RunOutcome> SyncAsync(ISyncStore store, StreamManifest stream, StreamState state, SyncMode mode = SyncMode.Incremental, int retries = 0)
    {
        var options = new SyncOptions { FirstDelay = TimeSpan.FromMilliseconds(1), BatchRecords = 500, TransientRetries = 20 };
        var engine = new SyncEngine(await OpenAsync(retries).ConfigureAwait(false), store, TimeProvider.System, Log, options);
        return await engine.RunAsync([new StreamPlan(stream, mode, state)], CancellationToken.None).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _opened)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        await Vendor.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }
}
