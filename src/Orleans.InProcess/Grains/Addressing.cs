namespace Orleans.Runtime
{
    /// <summary>Anything a call can be addressed to: a grain, or a reference to one.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    using Orleans.Runtime;

    /// <summary>Marks an interface whose methods are grain calls. Derive from <see cref="IGrainWithStringKey"/>, not from this.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain interface whose grains are named by a string.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>What a grain class is to the helpers in <see cref="GrainBaseExtensions"/>.</summary>
    public interface IGrainBase
    {
        /// <summary>The activation this grain object belongs to.</summary>
        IGrainContext GrainContext { get; }

        /// <summary>Runs before the first call, after persistent state was read. A failure fails the calls that wait for it.</summary>
        Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

        /// <summary>Runs after the last call. The token is cancelled when the deactivation has taken too long.</summary>
        Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
    }

    /// <summary>Hands out references to grains. A reference costs nothing to make and never expires.</summary>
    public interface IGrainFactory
    {
        /// <summary>A reference to the grain of that key.</summary>
        /// <param name="primaryKey">The key; compared ordinally.</param>
        /// <param name="grainClassNamePrefix">Chooses, by the start of its full name, among classes that share the interface.</param>
        TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithStringKey;

        /// <summary>A reference to the grain of that key, by an interface known only at run time.</summary>
        IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

        /// <summary>A reference to the grain of that identity.</summary>
        TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable;
    }
}
