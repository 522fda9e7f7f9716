using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// The base of a grain class. One object lives per key, and its calls are turns: one runs at a time, and code after an
/// <c>await</c> comes back to the grain's own scheduler.
/// </summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Called by the host, which knows the activation being built; elsewhere the grain has no context.</summary>
    protected Grain() => GrainContext = SynchronizationContext.Current as IGrainContext;

    /// <summary>The activation this object belongs to; null when the object was made outside a host.</summary>
    [AllowNull]
    public IGrainContext GrainContext { get => field ?? throw Outside(); }

    /// <summary>Hands out references to other grains.</summary>
    protected IGrainFactory GrainFactory => ServiceProvider.GetRequiredService<IGrainFactory>();

    /// <summary>The services of this activation; scoped services live as long as it does.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    /// <summary>The class name and key, for messages.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <inheritdoc cref="IGrainBase.OnActivateAsync"/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc cref="IGrainBase.OnDeactivateAsync"/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation once the calls in progress are over; later calls go to a fresh one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    static InvalidOperationException Outside() =>
        new("This grain object was made outside a grain host, so it has no key, no timers and no factory.");
}
