using System.Net;
using System.Text;
using Spm.Platform.Hosts;
using Spm.Platform.Tests.Laws;
using Spm.Platform.Tests.Support;
using static Spm.Platform.Tests.Imports.ImportSteps;

namespace Spm.Platform.Tests.Imports;

/// <summary>Several hosts whose imports are in one folder, and hosts that have each its own.</summary>
public sealed class SharedFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("spm-shared-").FullName;
    private readonly string _store = PostgresServer.Required.Schema();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_host_that_starts_leaves_alone_what_another_is_receiving_and_removes_what_nobody_receives_any_more()
    {
        await using var one = await StartAsync("both");
        await SmallCompany.CreateAsync(one);
        var upload = new Upload();
        var sent = one.StartImportAsync("transactions", upload, Ndjson, "", null);
        await upload.Begun.Task;
        await Until.TrueAsync(() => Task.FromResult(Directory.Exists(Imports) && Directory.GetFiles(Imports).Length == 1));
        var abandoned = Path.Combine(Imports, "imp_abandoned.rows");
        await File.WriteAllTextAsync(abandoned, "");
        File.SetLastWriteTimeUtc(abandoned, DateTime.UtcNow.AddHours(-2));

        await using var two = await StartAsync("both");

        Assert.False(File.Exists(abandoned));
        upload.End.SetResult();
        var job = await one.FinishedAsync((await sent).Expect(202).Json.Field("id"));
        Assert.Equal(("succeeded", $"read {upload.Rows} = created {upload.Rows} + corrected 0 + unchanged 0 + rejected 0"), (job.Field("status"), job.Counts()));
    }

    [Theory]
    [InlineData("one", "one", "succeeded")]
    [InlineData("one", "two", "failed")]
    public async Task An_import_whose_host_is_killed_is_gone_on_with_where_its_file_is_and_failed_by_name_elsewhere(string its, string others, string status)
    {
        const int rows = 40_000;
        var file = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(1, rows).Select(n => Order($"T{n}", amount: "1.50"))));
        using var killed = await HostProcess.StartAsync(Folder(its), _store);
        using var tenant = new LawTenant(killed.At, TestPlatform.Key);
        Assert.Equal(200, (await tenant.SendAsync(HttpMethod.Get, "/v1/company", null)).Status);
        await using var two = await StartAsync(others);
        await SmallCompany.CreateAsync(two);
        Assert.Empty(two.Service<TenantHosts>().Mine);
        var id = (await two.StartImportAsync("transactions", file)).Expect(202).Json.Field("id");

        killed.Kill();

        var job = await two.FinishedAsync(id);
        Assert.Equal(status, job.Field("status"));
        if (status == "failed")
        {
            Assert.Contains("send it again", job.GetProperty("error").Text("detail"), StringComparison.Ordinal);
            job = await two.ImportAsync("transactions", file);
        }
        Assert.Equal("succeeded", job.Field("status"));
        var transactions = (await two.GetAsync("/v1/reconciliation")).Expect(200).Json.GetProperty("transactions");
        Assert.Equal((rows, $"{rows * 1.5m:0.00}"), (transactions.GetProperty("count").GetInt32(), transactions.Field("amount")));
        await two.BooksAsync();
    }

    [Fact]
    public async Task A_file_that_is_sent_as_its_tenant_changes_hosts_is_taken_by_the_one_that_comes_to_have_it()
    {
        using var killed = await HostProcess.StartAsync(Folder("one"), _store);
        using var tenant = new LawTenant(killed.At, TestPlatform.Key);
        Assert.Equal(200, (await tenant.SendAsync(HttpMethod.Get, "/v1/company", null)).Status);
        await using var two = await StartAsync("two");
        await SmallCompany.CreateAsync(two);
        Assert.Empty(two.Service<TenantHosts>().Mine);

        killed.Kill();
        var job = await two.ImportAsync("transactions", Order("T1"));

        Assert.Equal(("succeeded", "read 1 = created 1 + corrected 0 + unchanged 0 + rejected 0"), (job.Field("status"), job.Counts()));
    }

    private string Imports => Path.Combine(_folder, "both", "imports");

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    private Task<TestPlatform> StartAsync(string folder) => TestPlatform.StartAsync(Folder(folder), settings: [$"--Spm:Store={_store}"]);

    /// <summary>Rows one by one until it is told to end.</summary>
    private sealed class Upload : HttpContent
    {
        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource End { get; } = new();

        public int Rows { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            while (!End.Task.IsCompleted)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(Order($"T{++Rows}") + "\n"));
                await stream.FlushAsync();
                Begun.TrySetResult();
                await Task.Delay(20);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
