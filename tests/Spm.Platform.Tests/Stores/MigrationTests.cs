using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using Spm.Storage;

namespace Spm.Platform.Tests.Stores;

public sealed class MigrationTests
{
    public static TheoryData<string> Kinds => StoreUnderTest.Kinds;

    [Fact]
    public void Both_stores_have_the_same_steps()
    {
        string[] Steps(string dialect) => [.. typeof(SpmStore).Assembly.GetManifestResourceNames()
            .Where(n => n.Contains($".Migrations.{dialect}.", StringComparison.Ordinal)).Select(n => n.Split($".{dialect}.")[1]).Order(StringComparer.Ordinal)];

        Assert.NotEmpty(Steps("Sqlite"));
        Assert.Equal(Steps("Sqlite"), Steps("Postgres"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_database_of_a_newer_program_is_refused(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => s.Execute("insert into schema_version (number, name, checksum, applied_at) values (9999, '9999_later.sql', 'x', 0)"));

        var refused = Assert.Throws<StoreException>(test.Reopen);

        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_database_whose_steps_were_others_is_refused(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => s.Execute("update schema_version set checksum = 'x' where number = 1"));

        var refused = Assert.Throws<StoreException>(test.Reopen);

        Assert.Contains("0001_initial.sql", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_processes_that_start_at_once_on_an_empty_database_one_brings_it_up_to_date()
    {
        var address = Support.PostgresServer.Required.Schema();

        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => SpmStore.Open(address))));

        Assert.All(stores, s => Assert.Equal(0, s.Read(r => r.Long("select count(*) from tenant"))));
        Assert.Equal(1, stores[0].Read(r => r.Long("select count(*) from schema_version where number = 1")));
        Array.ForEach(stores, s => s.Dispose());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Transactions_of_before_are_found_by_their_instants_though_these_went_back(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("spm-store-");
        var address = kind == "postgres" ? Support.PostgresServer.Required.Schema() : Path.Combine(folder.FullName, "spm.db");
        // Of three tenants, the third with one transaction; instants that go back, that several share, and versions that have ended.
        (int Seq, int Tenant, int At)[] rows = [.. Enumerable.Range(1, 90).Select(i => (i, i == 44 ? 3 : 1 + (i % 2), 100 + (i * 37 % 53 / 2)))];
        MakeOfStep(18, kind, address, rows.Select(r =>
            "insert into txn (seq, tenant, source, external_id, version, kind, day, month, amount, currency, quantity, margin, rep, account, territory, flags, import, import_row, recorded_at, ended_at) "
            + $"values ({r.Seq}, {r.Tenant}, {r.Tenant}, 'T{r.Seq}', 1, 0, 1, 1, 1, 'USD', 0, 0, 0, 0, 0, 0, 0, 0, {r.At}, {(r.Seq % 5 == 0 ? "200" : "null")})"));

        using (var store = SpmStore.Open(address))
        {
            foreach (var (tenant, since) in Enumerable.Range(1, 3).SelectMany(tenant => Enumerable.Range(98, 34).Select(since => (tenant, since))))
            {
                var found = store.Read(s => s.Query("select first from txn_time where tenant = $1 and at >= $2 order by at limit 1", r => r.GetInt32(0), tenant, since));
                int[] asked = [.. rows.Where(r => r.Tenant == tenant && r.At >= since).Select(r => r.Seq)];
                Assert.Equal(asked.Length == 0 ? [] : [asked.Min()], found);
            }
        }
        folder.Delete(recursive: true);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Transactions_of_before_that_name_nobody_wait_for_their_deals(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("spm-store-");
        var address = kind == "postgres" ? Support.PostgresServer.Required.Schema() : Path.Combine(folder.FullName, "spm.db");
        (string Id, string More)[] rows =
        [
            ("waits", "'D', -1, -1, null, 4, null"), ("rep", "'D', 0, -1, null, 4, null"), ("territory", "'D', -1, 0, null, 4, null"), ("split", "'D', -1, -1, '0:1000000', 4, null"),
            ("house", "'D', -1, -1, null, 1, null"), ("deleted", "'D', -1, -1, null, 2, null"), ("itself", "'itself', -1, -1, null, 4, null"), ("ended", "'D', -1, -1, null, 4, 9"), ("no deal", "null, -1, -1, null, 4, null"),
        ];
        MakeOfStep(19, kind, address, rows.Index().Select(r =>
            "insert into txn (seq, tenant, source, external_id, version, kind, day, month, amount, currency, quantity, margin, account, import, import_row, recorded_at, deal, rep, territory, splits, flags, ended_at) "
            + $"values ({r.Index + 1}, 1, 1, '{r.Item.Id}', 1, 0, 1, 1, 1, 'USD', 0, 0, 5, 0, 0, 9, {r.Item.More})"));

        using (var store = SpmStore.Open(address))
        {
            Assert.Equal(["waits"], store.Read(s => s.Query("select external_id from txn where credited_as is not null", r => r.GetString(0))));
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_database_is_not_changed_beneath_a_host_of_an_earlier_version_that_still_runs()
    {
        var address = Support.PostgresServer.Required.Schema();
        MakeOfStep(18, "postgres", address, ["insert into host (no, started_at, gone) values (7, 0, 0), (8, 0, 0), (9, 0, 1)"]);
        using (var host = new NpgsqlConnection(address))
        {
            host.Open();
            Support.PostgresProcess.Execute("select pg_advisory_lock(hashtextextended('spm.host.' || current_schema() || '.8', 0))", host);

            var refused = Assert.Throws<StoreException>(() => SpmStore.Open(address));

            Assert.Contains("Stop", refused.Message, StringComparison.Ordinal);
        }
        using var store = SpmStore.Open(address);
        Assert.Equal(0, store.Read(s => s.Long("select count(*) from txn_time")));
    }

    /// <summary>A database as a program made it that knew so many steps.</summary>
    private static void MakeOfStep(int count, string kind, string address, IEnumerable<string> further)
    {
        var dialect = kind == "postgres" ? "Postgres" : "Sqlite";
        var assembly = typeof(SpmStore).Assembly;
        using DbConnection connection = kind == "postgres" ? new NpgsqlConnection(address) : new SqliteConnection($"Data Source={address};Pooling=false");
        connection.Open();
        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
        Execute("create table schema_version (number integer primary key, name text not null, checksum text not null, applied_at bigint not null)");
        foreach (var (no, step) in assembly.GetManifestResourceNames().Where(n => n.Contains($".Migrations.{dialect}.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(count).Index())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(step)!);
            var sql = reader.ReadToEnd();
            Execute(sql);
            Execute($"insert into schema_version values ({no + 1}, '{step.Split($".{dialect}.")[1]}', '{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)))}', 0)");
        }
        foreach (var sql in further)
        {
            Execute(sql);
        }
    }

    [Theory]
    [InlineData("Host=/nowhere;Database=spm", "PostgreSQL cannot be used")]
    [InlineData("postgres://nobody@127.0.0.1:1/spm", "PostgreSQL cannot be used")]
    [InlineData("Host=a;Nonsense=secret", "cannot be read")]
    public void A_server_that_cannot_be_used_is_named_without_its_password(string address, string expected)
    {
        var refused = Assert.Throws<StoreException>(() => SpmStore.Open(address));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }
}
