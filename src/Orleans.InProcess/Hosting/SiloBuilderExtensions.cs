using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.InProcess;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Runtime
{
    /// <summary>Work to be done once when the host has started.</summary>
    public interface IStartupTask
    {
        /// <summary>Does the work; a failure stops the start.</summary>
        Task Execute(CancellationToken cancellationToken);
    }
}

namespace Orleans
{
    /// <summary>Stages of a start, in whose order start-up tasks run.</summary>
    public static class ServiceLifecycleStage
    {
        /// <summary>Services of the application.</summary>
        public const int ApplicationServices = 10000;

        /// <summary>Grains may be called.</summary>
        public const int Active = 20000;
    }
}

namespace Orleans.Hosting
{
    /// <summary>What a host may add to its grains.</summary>
    public static class SiloBuilderExtensions
    {
        /// <summary>Sets the options of the in-process host; this is the one call here that a cluster does not have.</summary>
        public static ISiloBuilder ConfigureInProcess(this ISiloBuilder builder, Action<InProcessGrainOptions> configure) =>
            builder.ConfigureServices(services => services.Configure(configure));

        /// <summary>Registers services.</summary>
        public static ISiloBuilder ConfigureServices(this ISiloBuilder builder, Action<IServiceCollection> configureDelegate)
        {
            configureDelegate(builder.Services);
            return builder;
        }

        /// <summary>Adds a storage that forgets everything when the process ends.</summary>
        public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name) =>
            builder.ConfigureServices(services => services.AddKeyedSingleton<IGrainStorage, MemoryGrainStorage>(name));

        /// <summary>Adds such a storage for grains that name none.</summary>
        public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder) =>
            builder.ConfigureServices(services => services.AddSingleton<IGrainStorage, MemoryGrainStorage>());

        /// <summary>Keeps reminders in memory. This is the default, and a durable <see cref="IReminderTable"/> takes its place.</summary>
        public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder) =>
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<IReminderTable, InMemoryReminderTable>()));

        /// <summary>Adds a filter around every grain call. Filters run in the order in which they are added.</summary>
        public static ISiloBuilder AddIncomingGrainCallFilter(this ISiloBuilder builder, IIncomingGrainCallFilter filter) =>
            builder.ConfigureServices(services => services.AddSingleton(filter));

        /// <inheritdoc cref="AddIncomingGrainCallFilter(ISiloBuilder, IIncomingGrainCallFilter)"/>
        public static ISiloBuilder AddIncomingGrainCallFilter<TImplementation>(this ISiloBuilder builder)
            where TImplementation : class, IIncomingGrainCallFilter =>
            builder.ConfigureServices(services => services.AddSingleton<IIncomingGrainCallFilter, TImplementation>());

        /// <inheritdoc cref="AddIncomingGrainCallFilter(ISiloBuilder, IIncomingGrainCallFilter)"/>
        public static ISiloBuilder AddIncomingGrainCallFilter(this ISiloBuilder builder, IncomingGrainCallFilterDelegate filter) =>
            builder.AddIncomingGrainCallFilter(new DelegateFilter(filter));

        /// <summary>Adds work to be done once when the host has started.</summary>
        public static ISiloBuilder AddStartupTask(this ISiloBuilder builder,
            Func<IServiceProvider, CancellationToken, Task> startupTask, int stage = ServiceLifecycleStage.Active) =>
            builder.ConfigureServices(services => services.AddSingleton(new StartupTask(startupTask, stage)));

        /// <inheritdoc cref="AddStartupTask(ISiloBuilder, Func{IServiceProvider, CancellationToken, Task}, int)"/>
        public static ISiloBuilder AddStartupTask(this ISiloBuilder builder, IStartupTask startupTask, int stage = ServiceLifecycleStage.Active) =>
            builder.AddStartupTask((_, token) => startupTask.Execute(token), stage);

        /// <inheritdoc cref="AddStartupTask(ISiloBuilder, Func{IServiceProvider, CancellationToken, Task}, int)"/>
        public static ISiloBuilder AddStartupTask<TStartup>(this ISiloBuilder builder, int stage = ServiceLifecycleStage.Active)
            where TStartup : class, IStartupTask =>
            builder.AddStartupTask((services, token) =>
                ActivatorUtilities.GetServiceOrCreateInstance<TStartup>(services).Execute(token), stage);
    }
}
