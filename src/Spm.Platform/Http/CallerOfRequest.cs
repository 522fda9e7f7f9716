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

    /// <summary>Who sends the credential of this request, by now; null where nothing but the request itself says who it is.</summary>
    public Func<ValueTask<Result<Caller>>>? Again { get; set; }

    /// <summary>Looks the credential up once more: a conversation may outlast the key or the token that it began with, or what they allow.</summary>
    /// <returns>Why nobody is there any more; null where somebody is.</returns>
    public async ValueTask<Error?> RenewAsync()
    {
        if (Again is null)
        {
            return null;
        }
        var found = await Again();
        if (found.IsOk)
        {
            Caller = found.Value with { Request = Caller.Request };
        }
        return found.Error;
    }
}
