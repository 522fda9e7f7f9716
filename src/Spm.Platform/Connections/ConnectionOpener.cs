using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Spm.Connectors;
using Spm.Connectors.Hosting.Http;
using Spm.Connectors.Hosting.Plugins;
using Spm.Connectors.Hosting.Secrets;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Connections;

/// <summary>
/// Opens connections: hands a connector its configuration, its secrets and a client for its vendor. The client stays from run to run, and with it
/// the circuit breaker and the rate limit of the connection.
/// </summary>
public sealed class ConnectionOpener(ConnectorCatalog catalog, ConnectorSettings settings, TenantDirectory tenants, SpmStore store, TimeProvider clock, RecordClock records, ILogger<ConnectionOpener> log) : IDisposable
{
    private readonly ConcurrentDictionary<long, Client> _clients = new();

    /// <summary>By connection: whoever exchanges one of its secrets takes the turn, in a run or for a question.</summary>
    private readonly ConcurrentDictionary<long, SemaphoreSlim> _turns = new();

    /// <summary>A call that a person waits for ends soon, whatever the vendor does.</summary>
    private static readonly ConnectorHttpOptions AtOnce = new() { Retries = 0, AttemptTimeout = TimeSpan.FromSeconds(15) };

    /// <summary>Null where the connector is not installed any more.</summary>
    public Plugin? PluginOf(ConnectionRow connection) => catalog.Find(connection.Connector, connection.Version);

    /// <summary>For runs.</summary>
    /// <exception cref="ConnectorException">It cannot be opened as it is configured.</exception>
    public async Task<(IConnection Connection, RedactingLog Log)> OpenAsync(ConnectionRow connection, Plugin plugin, CancellationToken cancelled)
    {
        var client = _clients.AddOrUpdate(
            connection.No,
            _ => Make(connection, plugin, new ConnectorHttpOptions()),
            (_, known) => known.Revision == connection.Revision ? known : Replace(known, connection, plugin));
        return (await OpenAsync(connection, plugin, client, cancelled), client.Log);
    }

    /// <summary>For one question that somebody waits for.</summary>
    /// <exception cref="ConnectorException">It cannot be opened, or the vendor does not answer.</exception>
    public async Task<T> AskAsync<T>(ConnectionRow connection, Plugin plugin, Func<IConnection, Task<T>> ask, CancellationToken cancelled)
    {
        using var client = Make(connection, plugin, AtOnce);
        await using var open = await OpenAsync(connection, plugin, client, cancelled);
        try
        {
            return await ask(open);
        }
        catch (Exception failure) when (!cancelled.IsCancellationRequested)
        {
            throw client.Log.Redact(HttpFailure.Of(failure));
        }
    }

    public IReadOnlyDictionary<string, string> SecretsOf(ConnectionRow connection) => StoredSecrets.Open(connection, settings.Keys);

    public void Forget(long connection)
    {
        if (_clients.TryRemove(connection, out var client))
        {
            client.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
        foreach (var turn in _turns.Values)
        {
            turn.Dispose();
        }
    }

    private Client Replace(Client known, ConnectionRow connection, Plugin plugin)
    {
        known.Dispose();
        return Make(connection, plugin, new ConnectorHttpOptions());
    }

    private Client Make(ConnectionRow connection, Plugin plugin, ConnectorHttpOptions options)
    {
        var secrets = SecretsOf(connection);
        var redacting = new RedactingLog(new HostLog(log, connection.Id), secrets.Values);
        var address = connection.BaseAddress is { } own ? new Uri(own) : plugin.Manifest.BaseAddress ?? new Uri("https://invalid.invalid");
        return new Client(
            connection.Revision, Http(plugin.Manifest, address, redacting, options, secrets), redacting, address, secrets);
    }

    private HttpClient Http(ConnectorManifest manifest, Uri address, RedactingLog log, ConnectorHttpOptions options, IReadOnlyDictionary<string, string> secrets) => ConnectorHttp.Create(
        manifest, address, clock, log, options with { AllowPrivateAddresses = settings.AnyAddress, TrustedRoots = settings.TrustedRoots },
        certificate: ClientCertificate.Read(manifest, secrets, clock.GetUtcNow()));

    private async Task<IConnection> OpenAsync(ConnectionRow connection, Plugin plugin, Client client, CancellationToken cancelled) => await plugin.Create().OpenAsync(
        new ConnectorContext
        {
            Config = new ConnectorConfig(JsonDocument.Parse(connection.Config).RootElement),
            Secrets = new NamedSecrets(client.Secrets, plugin.Manifest.ConfigSchema.Rotating),
            Http = client.Http,
            Clock = clock,
            Log = client.Log,
            BaseAddress = client.Address,
            DropFolder = DropFolder(connection.Tenant),
            Rotating = plugin.Manifest.ConfigSchema.Rotating.Count == 0 ? null
                : new SecretRotation(new StoredSecrets(connection, settings.Keys, store, records), _turns.GetOrAdd(connection.No, _ => new SemaphoreSlim(1, 1)), client.Log.Learn),
        },
        cancelled);

    /// <summary>Each tenant has its own: files of one are not read by another.</summary>
    private string? DropFolder(int tenant) => settings.DropFolder is { } root ? Directory.CreateDirectory(Path.Combine(root, tenants.Get(tenant).Id)).FullName : null;

    private sealed record Client(long Revision, HttpClient Http, RedactingLog Log, Uri Address, IReadOnlyDictionary<string, string> Secrets) : IDisposable
    {
        public void Dispose() => Http.Dispose();
    }
}
