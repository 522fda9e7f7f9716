using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Spm.Platform.Changes;
using Spm.Platform.Companies;
using Spm.Platform.Connections;
using Spm.Platform.Connections.Runs;
using Spm.Platform.Connections.Sinks;
using Spm.Platform.Credentials;
using Spm.Platform.Grains;
using Spm.Platform.Graph;
using Spm.Platform.Hosts;
using Spm.Platform.Http;
using Spm.Platform.Imports;
using Spm.Platform.Kernel;
using Spm.Platform.Plans;
using Spm.Platform.Proofs;
using Spm.Platform.Reps;
using Spm.Platform.Tenants;
using Spm.Platform.Webhooks;

namespace Spm.Platform;

/// <summary>Everything the platform's slices need. The host adds the store, the grains' host and the web server.</summary>
public static class PlatformServices
{
    public static IServiceCollection AddPlatform(this IServiceCollection services)
    {
        services.AddSingleton<RecordClock>();
        services.AddSingleton<TenantHosts>();
        services.AddSingleton<RequestForwarder>();
        services.AddSingleton<SocketHandOn>();
        services.AddSingleton<HostUpkeep>();
        services.AddHostedService(s => s.GetRequiredService<HostUpkeep>());
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<Authentication>();
        services.AddSingleton<SocketCallers>();
        services.AddSingleton<RateLimits>();
        services.AddScoped<CallerOfRequest>();
        services.AddTransient<Call>();
        services.AddTransient<RecordGraph>();
        services.AddTransient<OnceOnly>();
        services.AddSingleton<StoreChanges>();
        services.AddTransient<Watch>();
        services.AddTransient<RepRecord>();
        services.AddSingleton(s => PlatformSchema.Create(s.GetRequiredService<IServiceProviderIsService>()));
        services.AddSingleton<IdempotentAnswers>();
        services.AddSingleton<LiveState>();
        services.AddSingleton<PayoutProjection>();
        services.AddSingleton<PlanVerdicts>();
        services.AddSingleton<Settlements>();
        services.AddHostedService(s => s.GetRequiredService<Settlements>());
        services.AddSingleton<ImportRunner>();
        services.AddHostedService(s => s.GetRequiredService<ImportRunner>());
        services.AddSingleton<ConnectorCatalog>();
        services.AddSingleton<ConnectionOpener>();
        services.AddSingleton<ConnectionChecks>();
        services.AddSingleton<SignedCaller>();
        services.AddSingleton<ConnectionRuns>();
        services.AddSingleton<SinkRuns>();
        services.AddSingleton<ConnectionRunner>();
        services.AddHostedService(s => s.GetRequiredService<ConnectionRunner>());
        services.AddSingleton<Prover>();
        services.AddHostedService(s => s.GetRequiredService<Prover>());
        services.AddSingleton<WebhookSender>();
        services.AddHostedService<WebhookDeliveries>();
        services.AddSingleton<ChangeSight>();
        services.AddSingleton<ChangeUpkeep>();
        services.AddHostedService(s => s.GetRequiredService<ChangeUpkeep>());
        services.AddKeyedSingleton<IGrainStorage, StoreGrainStorage>(GrainStores.Name);
        services.Scan(scan => scan.FromAssemblyOf<PlatformAssembly>()
            .AddClasses(c => c.Where(t => t.Name.EndsWith("Commands", StringComparison.Ordinal))).AsSelf().WithSingletonLifetime()
            .AddClasses(c => c.Where(t => t.Name.EndsWith("Queries", StringComparison.Ordinal))).AsSelf().WithSingletonLifetime()
            .AddClasses(c => c.AssignableTo<IRecordSlice>()).AsSelfWithInterfaces().WithSingletonLifetime()
            .AddClasses(c => c.AssignableTo<IEndpoints>()).As<IEndpoints>().WithSingletonLifetime());
        return services;
    }
}

/// <summary>Marks this assembly for scanning.</summary>
public sealed class PlatformAssembly;
