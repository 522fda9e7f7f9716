using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace Spm.Storage;

/// <summary>Whether something failed because a disk has no room: that of the store, or that of a file beside it. What was to be written is not there, and nothing else is lost.</summary>
public static class DiskFull
{
    private const int NoSpaceOnUnix = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>The same without the database's own exception, for whom it cannot reach.</summary>
    public static IOException Plain(string message) => new(message, NoSpaceOnUnix);

    public static bool Is(Exception? failure) => failure switch
    {
        null => false,
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => true,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
        IOException { HResult: NoSpaceOnUnix or NoSpaceOnWindows } => true,
        _ => Is(failure.InnerException),
    };
}
