namespace Spm.Connectors;

/// <summary>What went wrong, as far as it matters to what the host does next. <see cref="HostActions"/> has the table.</summary>
public enum ErrorKind
{
    /// <summary>The configuration cannot work.</summary>
    Config,

    /// <summary>The credentials are refused.</summary>
    Auth,

    /// <summary>The credentials are fine and may not do this.</summary>
    Permission,

    /// <summary>The vendor asks to wait.</summary>
    RateLimited,

    /// <summary>It may work in a moment: a timeout, a broken connection, a 5xx.</summary>
    Transient,

    /// <summary>One row is wrong.</summary>
    DataInvalid,

    /// <summary>Somebody else changed the same thing.</summary>
    Conflict,

    /// <summary>The vendor no longer knows the place to go on from.</summary>
    CursorExpired,

    /// <summary>The vendor's fields are not what they were.</summary>
    SchemaChanged,

    /// <summary>The vendor breaks its own contract.</summary>
    RemoteBug,

    /// <summary>The connector is wrong.</summary>
    Internal,
}

/// <summary>What the host does about an error.</summary>
public enum HostAction
{
    /// <summary>Stops the connection until a person has changed something, and tells them.</summary>
    StopAndNotify,

    /// <summary>Waits as long as the vendor says, then goes on from the checkpoint.</summary>
    Wait,

    /// <summary>Waits longer each time, then goes on from the checkpoint.</summary>
    BackOff,

    /// <summary>Keeps the row apart and goes on.</summary>
    Quarantine,

    /// <summary>Reads what is there now, then decides again.</summary>
    ReadAndDecide,

    /// <summary>Forgets the checkpoint and reads everything.</summary>
    ReadEverything,

    /// <summary>Pauses the stream and shows people the difference.</summary>
    PauseAndShow,

    /// <summary>Tries a few times, then stops the stream and tells people.</summary>
    TryAFewTimes,
}

/// <summary>The one table from error kinds to actions. A connector never retries: it names the kind.</summary>
public static class HostActions
{
    public static HostAction For(ErrorKind kind) => kind switch
    {
        ErrorKind.Config or ErrorKind.Auth or ErrorKind.Permission => HostAction.StopAndNotify,
        ErrorKind.RateLimited => HostAction.Wait,
        ErrorKind.Transient => HostAction.BackOff,
        ErrorKind.DataInvalid => HostAction.Quarantine,
        ErrorKind.Conflict => HostAction.ReadAndDecide,
        ErrorKind.CursorExpired => HostAction.ReadEverything,
        ErrorKind.SchemaChanged => HostAction.PauseAndShow,
        ErrorKind.RemoteBug or ErrorKind.Internal => HostAction.TryAFewTimes,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
