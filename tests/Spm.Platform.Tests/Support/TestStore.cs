using System.Security.Cryptography;
using System.Text;
using Spm.Storage;

namespace Spm.Platform.Tests.Support;

/// <summary>
/// The store that tests run on: SQLite in their data folder, or with SPM_TEST_STORE=postgres a schema of PostgreSQL that belongs to the folder,
/// so that who starts on the folder again finds what was there.
/// </summary>
internal static class TestStore
{
    public static bool IsPostgres => TestCluster.IsOne || Environment.GetEnvironmentVariable("SPM_TEST_STORE") == "postgres";

    /// <summary>What a host is told besides its folder.</summary>
    public static string[] Settings(string folder) => IsPostgres ? [$"--Spm:Store={Of(folder)}"] : [];

    public static string Of(string folder) => IsPostgres
        ? PostgresServer.Required.Schema("t" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))))[..20])
        : Path.Combine(folder, "spm.db");

    /// <summary>From now on rows of the table that the condition speaks of cannot be inserted, or updated.</summary>
    public static void Break(SqlSession session, string table, string condition, string change = "insert")
    {
        if (IsPostgres)
        {
            session.Execute("create or replace function broken() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$");
            session.Execute($"create trigger broken before {change} on {table} for each row when ({condition}) execute function broken()");
        }
        else
        {
            session.Execute($"create trigger broken before {change} on {table} when {condition} begin select raise(abort, 'no room'); end");
        }
    }

    public static void DropTrigger(SqlSession session, string trigger, string table) => session.Execute($"drop trigger {trigger}{(IsPostgres ? $" on {table}" : "")}");
}
