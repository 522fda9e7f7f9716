using Orleans.Runtime;
using Spm.Platform.Hosts;

namespace Spm.Host.Grains;

/// <summary>A silo that was declared dead, or cannot go on, ends its host as one does that lost the store, and not with a crash.</summary>
internal sealed class SiloFailure(HostUpkeep upkeep) : IFatalErrorHandler
{
    public bool IsUnexpected(Exception exception) => exception is not ThreadAbortException;

    public void OnFatalException(object? sender, string? context, Exception? exception) =>
        upkeep.End(exception ?? new InvalidOperationException(context ?? "The silo cannot go on."));
}
