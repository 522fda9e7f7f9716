using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Spm.Platform.Connections;
using Spm.Platform.Connections.Runs;
using Spm.Platform.Credentials;
using Spm.Platform.Hosts;
using Spm.Platform.Http;
using Spm.Platform.Imports;
using Spm.Platform.Periods;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Host;

/// <summary>Before the first request: the first tenant and its key in an empty store, and what a crash left half-way is finished.</summary>
internal sealed partial class Bootstrap(
    HostSettings settings, SpmStore store, TenantHosts hosts, TenantDirectory tenants, ApiKeys keys, ApiVersions versions, PeriodCommands periods, ImportRunner imports, ConnectionRunner connections, TimeProvider clock,
    IServer server, IHostApplicationLifetime lifetime, ILogger<Bootstrap> log)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ThrowUnlessSecretsOpen();
        hosts.Taken = ResumeAsync;
        await hosts.EnterAsync();
        await AddFirstAsync();
        if (hosts.IsAlone)
        {
            foreach (var tenant in tenants.All())
            {
                await ResumeAsync(tenant);
            }
        }
        else
        {
            await hosts.AdoptAsync();
        }
        // Keys are kept for at least a day; a client that retries after a week starts anew.
        var weekAgo = clock.GetUtcNow().AddDays(-7).ToUnixTimeMilliseconds();
        await store.Writer.WriteAsync(s => s.Execute("delete from idempotency where created_at < $1", weekAgo));
        // Not now: nobody listens before everything has started, nor is it known where if any free port will do.
        lifetime.ApplicationStarted.Register(() => Listening(log, string.Join(", ", server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses), settings.Data));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task AddFirstAsync()
    {
        var key = settings.BootstrapApiKey ?? ApiKeys.New();
        if (await tenants.TryCreateFirstAsync("default", "Default", key, versions.Newest))
        {
            if (settings.BootstrapApiKey is null)
            {
                // Printed this once: only its hash is kept.
                Console.WriteLine($"API key of tenant 'default': {key}");
            }
        }
        else if (settings.BootstrapApiKey is { } given && keys.Find(given) is null)
        {
            KeyNotUsed(log, settings.Data);
        }
    }

    private async Task ResumeAsync(int tenant)
    {
        await periods.ResumeAsync(tenant);
        imports.Resume(tenant);
        await connections.ResumeAsync(tenant);
    }

    /// <summary>Connections whose secrets cannot be opened would stop one by one: better the host says at once which key it lacks.</summary>
    private void ThrowUnlessSecretsOpen()
    {
        var keys = settings.Connectors.Keys;
        foreach (var key in ConnectionKeys.Missing(store, keys))
        {
            throw keys.Keys.ContainsKey(key)
                ? new SettingsException(key == keys.Current ? "Spm:Connectors:Key" : "Spm:Connectors:OldKeys", $"has another key '{key}' than the one with which secrets of connections are sealed")
                : new SettingsException(keys.Current is null ? "Spm:Connectors:Key" : "Spm:Connectors:OldKeys", $"lacks the key '{key}', with which secrets of connections are sealed");
        }
    }

    [LoggerMessage(LogLevel.Information, "Spm at {Urls}, data in {Data}.")]
    private static partial void Listening(ILogger logger, string urls, string data);

    [LoggerMessage(LogLevel.Warning, "The store in {Data} got its first key when it was made: Spm:Bootstrap:ApiKey is another one and opens nothing.")]
    private static partial void KeyNotUsed(ILogger logger, string data);
}
