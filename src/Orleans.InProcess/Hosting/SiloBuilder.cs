using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;
using Orleans.InProcess;

namespace Orleans.Hosting
{
    /// <summary>Where grain hosting is configured.</summary>
    public interface ISiloBuilder
    {
        /// <summary>The host's services.</summary>
        IServiceCollection Services { get; }

        /// <summary>The host's configuration.</summary>
        IConfiguration Configuration { get; }
    }
}

namespace Microsoft.Extensions.Hosting
{
    /// <summary>Adds grains to a host.</summary>
    public static class OrleansSiloGenericHostExtensions
    {
        /// <summary>
        /// Hosts grains in this process. Say which with <c>silo.ConfigureInProcess(options => options.AddGrainAssembly(...))</c>. A
        /// <see cref="TimeProvider"/> among the services is the clock.
        /// </summary>
        public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
        {
            ArgumentNullException.ThrowIfNull(hostAppBuilder);
            ArgumentNullException.ThrowIfNull(configureDelegate);
            var services = hostAppBuilder.Services;
            services.TryAddSingleton(_ => new SingletonTypes(services));
            services.TryAddSingleton<GrainHost>();
            services.TryAddSingleton<IGrainFactory, GrainFactory>();
            services.TryAddSingleton<ReminderService>();
            services.TryAddSingleton<IReminderTable, InMemoryReminderTable>();
            services.AddHostedService<SiloService>();
            configureDelegate(new SiloBuilder(services, hostAppBuilder.Configuration));
            return hostAppBuilder;
        }
    }
}

namespace Orleans.InProcess
{
    internal sealed record SiloBuilder(IServiceCollection Services, IConfiguration Configuration) : ISiloBuilder;

    /// <summary>The service types that are singletons, which a grain can have without a scope of its own.</summary>
    internal sealed class SingletonTypes(IServiceCollection services)
    {
        internal HashSet<Type> Types { get; } = [.. services.Where(service => !service.IsKeyedService)
            .GroupBy(service => service.ServiceType)
            .Where(group => group.All(service => service.Lifetime == ServiceLifetime.Singleton))
            .Select(group => group.Key)];
    }
}
