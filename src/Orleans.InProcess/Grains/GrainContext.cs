namespace Orleans.Runtime;

/// <summary>One activation: the life of one grain object in memory.</summary>
public interface IGrainContext
{
    /// <summary>The grain's identity.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain object; null before it is built and after it ended.</summary>
    object? GrainInstance { get; }

    /// <summary>Services whose scope is this activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Ends the activation once the calls in progress are over.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
