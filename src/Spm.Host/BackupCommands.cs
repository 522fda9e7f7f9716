using Spm.Platform.AuditTrail;
using Spm.Platform.Ledger;
using Spm.Storage;
using Spm.Storage.Backups;

namespace Spm.Host;

/// <summary>
/// `backup FILE` takes everything of a store, while a host runs on it; `restore FILE` makes a store out of it where none is. Both check what they have made:
/// rows counted, trial balances zero, audit trails hashed again.
/// </summary>
internal static class BackupCommands
{
    public static int Backup(string file, string[] args)
    {
        var settings = Settings(args);
        var contents = StoreBackup.Take(settings.Store, Path.GetFullPath(file), () => Imports(settings), Check);
        Tell("Backed up", contents, file);
        return 0;
    }

    public static int Restore(string file, string[] args)
    {
        var settings = Settings(args);
        var contents = StoreBackup.Restore(Path.GetFullPath(file), settings.Store, ImportFolder(settings), Check);
        Tell("Restored", contents, file);
        return 0;
    }

    private static HostSettings Settings(string[] args) =>
        HostSettings.Read(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build(), isDevelopment: false);

    private static string ImportFolder(HostSettings settings) => Path.Combine(settings.Data, "imports");

    /// <summary>Files of imports that are on their way. Asked for after the store was copied: whichever job the copy has, its file is there or was done with.</summary>
    private static IEnumerable<(string Name, string Path)> Imports(HostSettings settings) =>
        Directory.Exists(ImportFolder(settings)) ? Directory.EnumerateFiles(ImportFolder(settings), "*.rows").Select(f => (Path.GetFileName(f), f)) : [];

    /// <exception cref="StoreException">A ledger does not balance, or an audit trail was touched.</exception>
    private static void Check(SqlSession session)
    {
        foreach (var (tenant, id) in AuditChain.Tenants(session))
        {
            if (AuditChain.Verify(session, tenant) is { Sound: false } broken)
            {
                throw new StoreException($"The audit trail of {id} is broken at entry {broken.BrokenAt}. {broken.Detail}");
            }
            if (TrialBalance.Differences(session, tenant) is [var (currency, minor), ..])
            {
                throw new StoreException($"The ledger of {id} does not balance: debits less credits are {minor} in minor units of {currency}.");
            }
        }
    }

    private static void Tell(string done, BackupContents contents, string file)
    {
        foreach (var (table, rows) in contents.Rows.Where(r => r.Value > 0))
        {
            Console.WriteLine(FormattableString.Invariant($"{rows,12:N0}  {table}"));
        }
        Console.WriteLine(FormattableString.Invariant(
            $"{done}: {file}, as of {DateTimeOffset.FromUnixTimeMilliseconds(contents.TakenAt):yyyy-MM-dd'T'HH:mm:ss'Z'}. Rows counted, ledgers balanced, audit trails sound."));
    }
}
