using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Spm.Storage;

/// <summary>
/// Brings a database to this program's schema: forward only, one transaction a step, each step's text checksummed, so that a
/// database that was altered by hand or written by a newer program is refused instead of guessed at.
/// </summary>
internal static class Migrator
{
    private sealed record Step(int Number, string Name, string Sql)
    {
        public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
    }

    /// <param name="dialect">The folder of the steps. Both dialects have the same steps under the same names.</param>
    public static void Migrate(SqlSession session, string dialect)
    {
        var steps = Steps(dialect);
        // Of two processes that start at once one waits here, and then finds everything done.
        session.BeginWrite(Durability.Durable);
        try
        {
            session.Execute("create table if not exists schema_version (number integer primary key, name text not null, checksum text not null, applied_at bigint not null)");
            Apply(session, steps);
            session.Commit();
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    /// <exception cref="StoreException">The database is not at this program's schema.</exception>
    public static void DemandCurrent(SqlSession session, string dialect)
    {
        var (steps, applied) = (Steps(dialect), session.Query("select checksum from schema_version order by number", r => r.GetString(0)));
        if (!applied.SequenceEqual(steps.Select(s => s.Checksum)))
        {
            throw new StoreException($"The database is at schema {applied.Count}, this program at {steps.Count}: use the program that the host runs.");
        }
    }

    private static void Apply(SqlSession session, IReadOnlyList<Step> steps)
    {
        var applied = session.Query("select number, checksum from schema_version order by number", r => (Number: r.GetInt32(0), Checksum: r.GetString(1)));
        if (applied.Count > steps.Count)
        {
            throw new StoreException($"The database is at schema {applied[^1].Number}, this program knows {steps.Count}: it was written by a newer version.");
        }
        if (applied.Count > 0 && applied.Count < steps.Count && session.HasHost)
        {
            // It would go on writing as its own steps have it, and what a later one keeps beside the rows would lack what it writes.
            throw new StoreException("A host of an earlier version runs on the database. Stop all of them: the first that starts then brings it up to date.");
        }
        for (var i = 0; i < steps.Count; i++)
        {
            if (i >= applied.Count)
            {
                session.ExecuteScript(steps[i].Sql);
                session.Execute(
                    "insert into schema_version (number, name, checksum, applied_at) values ($1, $2, $3, $4)",
                    steps[i].Number, steps[i].Name, steps[i].Checksum, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            }
            else if (applied[i].Checksum != steps[i].Checksum)
            {
                throw new StoreException($"Schema step {steps[i].Name} differs from the one this database was made with.");
            }
        }
    }

    private static List<Step> Steps(string dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var folder = $"{typeof(Migrator).Namespace}.Migrations.{dialect}.";
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select((name, i) =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return new Step(i + 1, name[folder.Length..], reader.ReadToEnd());
        })];
    }
}

/// <summary>The store cannot be used as it is; the message says why and is meant for the operator.</summary>
public class StoreException(string message) : Exception(message);

/// <summary>This process may not write to the store any more: another one has taken its place, or the server was lost. It must begin anew.</summary>
public sealed class StoreLostException(string message) : StoreException(message);
