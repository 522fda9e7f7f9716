using Microsoft.Data.Sqlite;
using Spm.Storage.Sqlite;

namespace Spm.Storage.Backups;

/// <summary>What a backup has besides the tables of the store: how many rows each had, and files in parts.</summary>
internal static class BackupFile
{
    private const int PartBytes = 8 * 1024 * 1024;

    public static string ConnectionString(string file, bool readOnly = false) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Pooling = false,
        DefaultTimeout = 30,
        Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
    }.ToString();

    /// <summary>The tables of a store, which both stores have; tenants first, since others refer to them. What only PostgreSQL has is of running hosts.</summary>
    public static List<string> Tables(SqlSession sqlite) => sqlite.Query(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite@_%' escape '@' and name not in ('schema_version', 'backup_table', 'backup_file') order by case name when 'tenant' then 0 else 1 end, name", r => r.GetString(0));

    public static List<string> Columns(SqlSession sqlite, string table) => sqlite.Query("select name from pragma_table_info($1) order by cid", r => r.GetString(0), table);

    public static Dictionary<string, long> Count(SqlSession session, IReadOnlyList<string> tables) => tables.ToDictionary(t => t, t => session.Long($"select count(*) from {t}"), StringComparer.Ordinal);

    public static void Seal(SqliteSession copy, BackupContents contents, IEnumerable<(string Name, string Path)> files)
    {
        // One file and nothing beside it.
        copy.Execute("pragma journal_mode = delete");
        copy.Execute("pragma synchronous = full");
        copy.BeginWrite(Durability.Durable);
        copy.Execute("create table backup_table (name text primary key, row_count integer not null, taken_at integer not null)");
        copy.Execute("create table backup_file (name text not null, part integer not null, bytes blob not null, primary key (name, part))");
        foreach (var (table, rows) in contents.Rows)
        {
            copy.Execute("insert into backup_table (name, row_count, taken_at) values ($1, $2, $3)", table, rows, contents.TakenAt);
        }
        foreach (var (name, path) in files)
        {
            try
            {
                Add(copy, name, path);
            }
            catch (FileNotFoundException)
            {
                // Whoever needed it has ended meanwhile.
            }
        }
        copy.Commit();
    }

    public static void Unseal(SqliteSession copy)
    {
        copy.Execute("drop table backup_table");
        copy.Execute("drop table backup_file");
    }

    /// <exception cref="StoreException">It is no backup, or not as it was when it was taken.</exception>
    public static BackupContents Verify(SqliteSession backup)
    {
        try
        {
            var sound = backup.First("pragma integrity_check", r => r.GetString(0));
            if (sound != "ok")
            {
                throw new StoreException($"The backup is damaged: {sound}");
            }
            var rows = backup.Query("select name, row_count, taken_at from backup_table order by name", r => (Name: r.GetString(0), Rows: r.GetInt64(1), TakenAt: r.GetInt64(2)));
            var there = Count(backup, Tables(backup));
            if (rows.Find(r => there.GetValueOrDefault(r.Name, -1) != r.Rows) is { Name: { } table } lost)
            {
                throw new StoreException($"The backup is damaged: {table} had {lost.Rows} rows and has {there.GetValueOrDefault(table)}.");
            }
            return new BackupContents(there, rows[0].TakenAt);
        }
        catch (SqliteException failure)
        {
            throw new StoreException($"The file is no backup, or damaged: {failure.Message}");
        }
    }

    public static void Extract(SqliteSession backup, string folder)
    {
        foreach (var name in backup.Query("select distinct name from backup_file order by name", r => r.GetString(0)))
        {
            Directory.CreateDirectory(folder);
            using var file = new FileStream(Path.Combine(folder, Path.GetFileName(name)), FileMode.Create, FileAccess.Write);
            backup.ForEach("select bytes from backup_file where name = $1 order by part", r => file.Write((byte[])r[0]), name);
            file.Flush(flushToDisk: true);
        }
    }

    private static void Add(SqliteSession copy, string name, string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[PartBytes];
        for (var part = 0; file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is > 0 and var read; part++)
        {
            copy.Execute("insert into backup_file (name, part, bytes) values ($1, $2, $3)", name, part, buffer[..read]);
        }
    }
}
