using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>Who the request at hand comes from, for what is made with the request's services. A WebSocket is one request, however long it lasts.</summary>
public sealed class CallerOfRequest(TimeProvider clock)
{
    private Caller? _caller;

    /// <summary>As of now: a manager sees who is beneath them on the day they ask.</summary>
    public Caller Caller
    {
        get => (_caller ?? throw new InvalidOperationException("Nobody has said who they are.")) with { Day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime) };
        set => _caller = value;
    }

    public bool IsKnown => _caller is not null;
}
