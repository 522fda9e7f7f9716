using Spm.Storage.Postgres;
using Spm.Storage.Sqlite;

namespace Spm.Storage.Backups;

/// <summary>Restores a backup into PostgreSQL, in one transaction: all of it, checked, or nothing.</summary>
internal static class PostgresRestore
{
    /// <returns>How many rows there are.</returns>
    public static long Run(string file, string store, BackupContents contents, Action<SqlSession> check)
    {
        // Brought up to date beside it: a backup may be of an earlier version of the program, and stays what it is.
        var copy = Path.Combine(Path.GetTempPath(), $"spm-restore-{Guid.NewGuid():N}.db");
        try
        {
            File.Copy(file, copy);
            using var backup = new SqliteSession(BackupFile.ConnectionString(copy));
            BackupFile.Unseal(backup);
            Migrator.Migrate(backup, "Sqlite");
            using var engine = new PostgresEngine(store);
            using var target = (PostgresSession)engine.OpenWriter();
            target.BeginWrite(Durability.Durable);
            if (target.Long("select count(*) from tenant") > 0)
            {
                throw new StoreException("The database has tenants already: a backup is restored where nothing is.");
            }
            Copy(backup, target, contents);
            check(target);
            target.Commit();
            return contents.Rows.Values.Sum();
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static void Copy(SqliteSession backup, PostgresSession target, BackupContents contents)
    {
        foreach (var month in backup.Query("select distinct month from posting order by month", r => r.GetInt32(0)))
        {
            target.EnsurePart("posting", month);
        }
        foreach (var table in BackupFile.Tables(backup))
        {
            var columns = BackupFile.Columns(backup, table);
            // What a migration put there, such as counters, is in the backup too.
            target.Execute($"delete from {table}");
            target.CopyIn(table, columns, backup.Rows($"select {string.Join(", ", columns)} from {table}"));
            var rows = target.Long($"select count(*) from {table}");
            if (contents.Rows.TryGetValue(table, out var expected) && rows != expected)
            {
                throw new StoreException($"{table} has {rows} rows after the restore, and {expected} in the backup.");
            }
        }
        target.CountOnFrom();
    }
}
