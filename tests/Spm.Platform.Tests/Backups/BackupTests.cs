using Spm.Platform.Tests.Laws;
using Spm.Platform.Tests.Support;
using Spm.Platform.Tests.Webhooks;

namespace Spm.Platform.Tests.Backups;

public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("spm-backup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_backup_while_an_import_runs_is_one_moment_and_goes_on_from_there_when_it_is_restored()
    {
        var company = new LawCompany(51);
        var arrivals = LawHistory.Arrivals(51, Enumerable.Range(0, 30_000), 12_000);
        await using var platform = await TestPlatform.StartAsync(Folder("running"));
        using var tenant = new LawTenant(platform.Http.BaseAddress!, TestPlatform.Key);
        await tenant.SetUpAsync(company);
        await tenant.ImportAsync("transactions", arrivals[..500]);
        await tenant.CloseAsync("2025-01");
        await platform.ApprovedBatchAsync("2025-01");
        var import = await tenant.StartImportAsync("transactions", arrivals[500..]);

        var (exit, output) = await HostCommand.BackupAsync(At("one.backup"), Folder("running"));

        Assert.True(exit == 0, output);
        Assert.Contains("Rows counted, ledgers balanced, audit trails sound.", output, StringComparison.Ordinal);
        await tenant.FinishAsync(import);
        Well(await HostCommand.RestoreAsync(At("one.backup"), Folder("restored")));
        await using var restored = await TestPlatform.StartAsync(Folder("restored"));
        using var again = new LawTenant(restored.Http.BaseAddress!, TestPlatform.Key);
        await again.FinishAsync(import);
        await again.ExpectBalancedAsync();
        Picture.ExpectEqual(await Picture.OfAsync(tenant), await Picture.OfAsync(again));
        Assert.True((await restored.GetAsync("/v1/audit/verification")).Expect(200).Json.GetProperty("sound").GetBoolean());
    }

    [Fact]
    public async Task A_backup_of_one_store_is_restored_to_the_other_and_counts_on_there()
    {
        TestCluster.SkipEmbeddedStore();
        var postgres = PostgresServer.Required;
        var (there, back) = (postgres.Schema(), Path.Combine(Folder("back"), "spm.db"));
        await using var platform = await StartAsync(Folder("sqlite"), Path.Combine(Folder("sqlite"), "spm.db"));
        await SmallCompany.CreateAsync(platform);
        await platform.PayJanuaryAsync();

        Well(await HostCommand.RunAsync("backup", At("a.backup"), Folder("sqlite"), Path.Combine(Folder("sqlite"), "spm.db")));
        Well(await HostCommand.RestoreAsync(At("a.backup"), Folder("pg"), there));
        string[] expected, moved;
        await using (var server = await StartAsync(Folder("pg"), there))
        {
            moved = await SeenAsync(server);
            await server.SellAsync("T2", "E2", "2025-02-05", "500");
            await server.CloseAsync("2025-02");
            await server.ApprovedBatchAsync("2025-02");
            await server.TenantKeyAsync();
            expected = await SeenAsync(server);
        }
        Assert.Equal(await SeenAsync(platform), moved);
        Well(await HostCommand.RunAsync("backup", At("b.backup"), Folder("pg"), there));
        Well(await HostCommand.RestoreAsync(At("b.backup"), Folder("back"), back));

        await using var returned = await StartAsync(Folder("back"), back);
        Assert.Equal(expected, await SeenAsync(returned));
        await returned.SellAsync("T3", "E2", "2025-03-05", "500");
        await returned.BalancesAsync();
    }

    [Fact]
    public async Task A_restore_takes_the_place_of_nothing_and_takes_nothing_that_was_touched()
    {
        await using (var platform = await TestPlatform.StartAsync(Folder("running")))
        {
            await SmallCompany.CreateAsync(platform);
            await platform.PayJanuaryAsync();
            Well(await HostCommand.BackupAsync(At("one.backup"), Folder("running")));
        }

        Assert.Contains("there already", (await HostCommand.BackupAsync(At("one.backup"), Folder("running"))).Output, StringComparison.Ordinal);
        Assert.Contains(TestStore.IsPostgres ? "has tenants already" : "is there already", (await HostCommand.RestoreAsync(At("one.backup"), Folder("running"))).Output, StringComparison.Ordinal);
        Assert.Contains("no file", (await HostCommand.RestoreAsync(At("none.backup"), Folder("new"))).Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(At("text.backup"), "hello");
        Assert.Contains("no backup", (await HostCommand.RestoreAsync(At("text.backup"), Folder("new"))).Output, StringComparison.Ordinal);
        Assert.Contains("had 1 rows and has 0", await TouchedAsync("delete from payout_batch"), StringComparison.Ordinal);
        Assert.Contains("audit trail of default is broken at entry 2", await TouchedAsync("drop trigger audit_is_not_changed; update audit set state_after = '{}' where no = 2"), StringComparison.Ordinal);
        Assert.Contains("newer version", await TouchedAsync("insert into schema_version (number, name, checksum, applied_at) values (9999, '9999_later.sql', 'x', 0)"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder, "*.unfinished", SearchOption.AllDirectories));
        Well(await HostCommand.RestoreAsync(At("one.backup"), Folder("new")));
    }

    [Fact]
    public async Task A_backup_is_for_its_owner_alone()
    {
        await using var platform = await TestPlatform.StartAsync(Folder("running"));
        Well(await HostCommand.BackupAsync(At("one.backup"), Folder("running")));

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At("one.backup")));
        }
    }

    private static void Well((int Exit, string Output) ended) => Assert.True(ended.Exit == 0, ended.Output);

    /// <summary>What a restore says of a backup that somebody has changed.</summary>
    private async Task<string> TouchedAsync(string sql)
    {
        File.Copy(At("one.backup"), At("touched.backup"), overwrite: true);
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={At("touched.backup")};Pooling=false"))
        {
            await connection.OpenAsync();
            var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
        var (exit, output) = await HostCommand.RestoreAsync(At("touched.backup"), Folder("new"));
        Assert.Equal(1, exit);
        return output;
    }

    private static Task<TestPlatform> StartAsync(string data, string store) => TestPlatform.StartAsync(data, settings: $"--Spm:Store={store}");

    private static async Task<string[]> SeenAsync(TestPlatform platform) =>
    [
        .. await Task.WhenAll(((string[])["reps", "transactions", "payouts", "payout-batches", "ledger/postings", "api-keys", "quotas", "plans"])
            .Select(async path => string.Join('\n', (await platform.AllAsync($"/v1/{path}")).Select(e => e.ToString()).Select(WithoutUse)))),
    ];

    /// <summary>When a key was used last goes on by itself.</summary>
    private static string WithoutUse(string json) => System.Text.RegularExpressions.Regex.Replace(json, "\"last_used_at\":[^,]*,", "");

    private string At(string name) => Path.Combine(_folder, name);

    private string Folder(string name) => Directory.CreateDirectory(At(name)).FullName;
}

file static class More
{
    /// <summary>A row of a table whose ids are not numbered, and of one whose entries are.</summary>
    public static async Task TenantKeyAsync(this TestPlatform platform) => (await platform.PostAsync("/v1/api-keys", """{"name":"later","scopes":["reps.read"]}""")).Expect(201);
}
