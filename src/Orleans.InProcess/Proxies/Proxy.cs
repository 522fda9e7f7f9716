using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>What emitted references derive from.</summary>
internal abstract class Proxy(GrainClass grainClass, string key) : GrainReference(grainClass, key)
{
    /// <summary>Sends an emitted call; the task has the type that the call's method returns.</summary>
    internal Task Send(GrainCall call) => Class.Host.Send(this, call);
}
