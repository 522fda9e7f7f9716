using System.Data.Common;
using Microsoft.Data.Sqlite;
using Spm.Storage.Postgres;
using Spm.Storage.Sqlite;

namespace Spm.Storage.Backups;

/// <param name="Rows">Of every table, by its name.</param>
/// <param name="TakenAt">Unix milliseconds.</param>
public sealed record BackupContents(IReadOnlyDictionary<string, long> Rows, long TakenAt);

/// <summary>
/// Everything of a store at one moment, in one file: a database of the embedded store, whatever store it was taken from and whichever it is restored
/// to. It is taken while a host writes, keeps nobody waiting, and is not there under its name before it was checked.
/// </summary>
public static class StoreBackup
{
    /// <summary>Takes a backup of a store that others may have open.</summary>
    /// <param name="file">Must not be there yet.</param>
    /// <param name="files">Kept with it, by the name that they are restored under; those that vanish meanwhile are left out.</param>
    /// <param name="check">Throws where what was copied is not sound.</param>
    /// <exception cref="StoreException">It cannot be taken; nothing is left behind.</exception>
    public static BackupContents Take(string store, string file, Func<IEnumerable<(string Name, string Path)>> files, Action<SqlSession> check)
    {
        if (File.Exists(file))
        {
            throw new StoreException($"{file} is there already: a backup does not take the place of another one.");
        }
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return Finish(file, unfinished =>
        {
            var rows = PostgresAddress.IsOne(store) ? CopyPostgres(store, unfinished) : CopySqlite(store, unfinished);
            using var copy = new SqliteSession(BackupFile.ConnectionString(unfinished));
            var contents = new BackupContents(rows, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            BackupFile.Seal(copy, contents, files());
            BackupFile.Verify(copy);
            check(copy);
            return contents;
        });
    }

    /// <summary>Makes a store out of a backup. The store must be empty, and is afterwards what it was when the backup was taken.</summary>
    /// <param name="folder">Where the files that were kept with it go.</param>
    /// <param name="check">Throws where it is not sound: asked of the backup, and of the store again.</param>
    /// <exception cref="StoreException">It cannot be restored, and nothing was.</exception>
    public static BackupContents Restore(string file, string store, string folder, Action<SqlSession> check)
    {
        if (!File.Exists(file))
        {
            throw new StoreException($"There is no file {file}.");
        }
        BackupContents contents;
        using (var backup = new SqliteSession(BackupFile.ConnectionString(file, readOnly: true)))
        {
            contents = BackupFile.Verify(backup);
            check(backup);
        }
        if (PostgresAddress.IsOne(store))
        {
            Named(() => PostgresRestore.Run(file, store, contents, check));
        }
        else
        {
            RestoreSqlite(file, store, check);
        }
        using var again = new SqliteSession(BackupFile.ConnectionString(file, readOnly: true));
        BackupFile.Extract(again, folder);
        return contents;
    }

    /// <summary>Counts and copies what one moment has; in WAL mode whoever writes is not kept waiting.</summary>
    private static Dictionary<string, long> CopySqlite(string store, string copy)
    {
        if (!File.Exists(store))
        {
            throw new StoreException($"There is no store {store}.");
        }
        using var source = new SqliteConnection(BackupFile.ConnectionString(store));
        source.Open();
        using var session = new SqliteSession(source);
        Migrator.DemandCurrent(session, "Sqlite");
        session.BeginSnapshot();
        var rows = BackupFile.Count(session, BackupFile.Tables(session));
        using var target = new SqliteConnection(BackupFile.ConnectionString(copy));
        target.Open();
        // From the connection that has counted: the copy is of the same moment.
        source.BackupDatabase(target);
        session.Commit();
        return rows;
    }

    private static Dictionary<string, long> CopyPostgres(string store, string copy)
    {
        using var engine = new PostgresEngine(store);
        using var source = engine.OpenReader();
        using var target = new SqliteSession(BackupFile.ConnectionString(copy));
        target.Execute("pragma synchronous = off");
        Migrator.Migrate(target, "Sqlite");
        Migrator.DemandCurrent(source, "Postgres");
        var tables = BackupFile.Tables(target);
        source.BeginSnapshot();
        target.BeginWrite(Durability.Derived);
        foreach (var table in tables)
        {
            target.Execute($"delete from {table}");
            target.CopyIn(table, BackupFile.Columns(target, table), source.Rows($"select {string.Join(", ", BackupFile.Columns(target, table))} from {table}"));
        }
        target.Commit();
        var rows = BackupFile.Count(source, tables);
        source.Commit();
        return rows;
    }

    private static void RestoreSqlite(string file, string store, Action<SqlSession> check)
    {
        using var engine = new SqliteEngine(store);
        if (File.Exists(store))
        {
            throw new StoreException($"{store} is there already: a backup is restored where nothing is.");
        }
        Finish(store, unfinished =>
        {
            File.Copy(file, unfinished);
            using var copy = new SqliteSession(BackupFile.ConnectionString(unfinished));
            BackupFile.Unseal(copy);
            Migrator.Migrate(copy, "Sqlite");
            check(copy);
            return true;
        });
    }

    /// <summary>What a database refuses, such as a disk that is full, is said to the operator.</summary>
    private static T Named<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DbException failure)
        {
            throw new StoreException($"The store refuses: {failure.Message}");
        }
    }

    /// <summary>Makes a file under another name, which it loses only when all went well and the disk has it.</summary>
    private static T Finish<T>(string file, Func<string, T> make)
    {
        var unfinished = file + ".unfinished";
        File.Delete(unfinished);
        try
        {
            var made = Named(() => make(unfinished));
            if (!OperatingSystem.IsWindows())
            {
                // Everybody's pay is in it.
                File.SetUnixFileMode(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
            using (var stream = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
            {
                stream.Flush(flushToDisk: true);
            }
            File.Move(unfinished, file);
            return made;
        }
        finally
        {
            File.Delete(unfinished);
            File.Delete(unfinished + "-journal");
        }
    }
}
