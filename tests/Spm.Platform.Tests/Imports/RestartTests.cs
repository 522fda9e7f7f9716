using System.Text;
using System.Text.Json;
using Spm.Platform.Tests.Support;
using static Spm.Platform.Tests.Imports.ImportSteps;

namespace Spm.Platform.Tests.Imports;

/// <summary>An import that is cut short goes on from its last commit: every row is in exactly once.</summary>
public sealed class RestartTests : IDisposable
{
    private const int Rows = 60_000;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("spm-restart-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_stopped_platform_goes_on_with_the_import_when_it_starts_again()
    {
        string id;
        await using (var platform = await TestPlatform.StartAsync(_data.FullName))
        {
            await SmallCompany.CreateAsync(platform);
            id = (await platform.StartImportAsync("transactions", Transactions(), Csv)).Expect(202).Json.Field("id");
            await CutAsync(platform.Http, id);
        }
        Assert.InRange(Interrupted(id), 1, Rows - 1);

        await using var again = await TestPlatform.StartAsync(_data.FullName);
        await IsWholeAsync(again, id);
    }

    [Fact]
    public async Task A_killed_platform_goes_on_with_the_import_when_it_starts_again()
    {
        string id;
        using (var host = await CompanyHost.StartAsync(_data.FullName))
        {
            id = await UploadAsync(host.Http, "transactions", Transactions(), Csv);
            await CutAsync(host.Http, id);
            host.Kill();
        }
        Assert.InRange(Interrupted(id), 1, Rows - 1);

        await using var again = await TestPlatform.StartAsync(_data.FullName);
        await IsWholeAsync(again, id);
    }

    [Fact]
    public async Task A_killed_import_of_records_ends_with_every_record_once()
    {
        const int reps = 20_000;
        string id;
        using (var host = await CompanyHost.StartAsync(_data.FullName))
        {
            // Each names a manager who comes later, so that rows are waiting when the process dies.
            var file = string.Join('\n', Enumerable.Range(1, reps).Select(n => $$"""{"external_id":"L{{n}}","name":"L{{n}}"{{(n < reps ? $",\"manager\":\"L{reps}\"" : "")}}}"""));
            id = await UploadAsync(host.Http, "reps", Encoding.UTF8.GetBytes(file + "\n{\"external_id\":\"X\",\"name\":\"X\",\"manager\":\"NOBODY\"}"), Ndjson);
            await Until.TrueAsync(async () => (await JobAsync(host.Http, id)).GetProperty("bytes").GetProperty("read").GetInt64() > 0);
            host.Kill();
        }

        await using var again = await TestPlatform.StartAsync(_data.FullName);
        var job = await again.FinishedAsync(id);

        Assert.Equal("succeeded", job.Field("status"));
        job.Counts();
        Assert.Equal(reps + 1, job.GetProperty("rows").GetProperty("read").GetInt64());
        Assert.Equal([$"{reps + 1} manager rep_unknown"], await again.RejectedAsync(job));
        Assert.Equal(reps, again.Service<Storage.SpmStore>().Read(s => s.Long("select count(*) from record where kind = 'rep' and external_id like 'L%'")));
    }

    /// <summary>Orders and refunds over half a year; every tenth row names nobody we know.</summary>
    private static byte[] Transactions()
    {
        var file = new StringBuilder("external_id,kind,date,amount,currency,rep\n");
        for (var n = 1; n <= Rows; n++)
        {
            file.Append(null, $"T{n},{(n % 7 == 0 ? "refund" : "order")},2025-0{1 + (n % 6)}-15,1.50,USD,{(n % 10 == 0 ? "NOBODY" : n % 2 == 0 ? "E1" : "E2")}\n");
        }
        return Encoding.UTF8.GetBytes(file.ToString());
    }

    private static async Task CutAsync(HttpClient http, string id) =>
        await Until.TrueAsync(async () => (await JobAsync(http, id)).GetProperty("rows").GetProperty("read").GetInt64() > 0);

    private static async Task IsWholeAsync(TestPlatform platform, string id)
    {
        var job = await platform.FinishedAsync(id);
        Assert.Equal("succeeded", job.Field("status"));
        Assert.Equal($"read {Rows} = created {Rows * 9 / 10} + corrected 0 + unchanged 0 + rejected {Rows / 10}", job.Counts());
        Assert.Equal(Enumerable.Range(1, Rows).Select(n => $"{n} {(n % 10 == 0 ? "rejected" : "created")}"), await platform.ResultsAsync(job));

        var good = Enumerable.Range(1, Rows).Where(n => n % 10 != 0);
        var transactions = (await platform.GetAsync("/v1/reconciliation")).Expect(200).Json.GetProperty("transactions");
        Assert.Equal(Rows * 9 / 10, transactions.GetProperty("count").GetInt64());
        Assert.Equal($"{good.Sum(n => n % 7 == 0 ? -1.5m : 1.5m):0.00}", transactions.Field("amount"));

        // The same file again finds every row, and moves no money.
        var books = await platform.BooksAsync();
        var replay = await platform.ImportAsync("transactions", Transactions(), Csv);
        Assert.Equal($"read {Rows} = created 0 + corrected 0 + unchanged {Rows * 9 / 10} + rejected {Rows / 10}", replay.Counts());
        Assert.Equal(books, await platform.BooksAsync());
    }

    /// <summary>How many rows the job had when the platform ended.</summary>
    private long Interrupted(string id)
    {
        using var store = Storage.SpmStore.Open(TestStore.Of(_data.FullName));
        return store.Read(s => s.Long("select rows_read from import where id = $1 and status = 'Running'", id));
    }

    private static async Task<JsonElement> JobAsync(HttpClient http, string id) => JsonDocument.Parse(await http.GetStringAsync($"/v1/imports/{id}")).RootElement;

    private static async Task<string> UploadAsync(HttpClient http, string entity, byte[] file, string type)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new(type);
        using var answer = await http.PostAsync($"/v1/imports?entity={entity}&source=crm", content);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Field("id");
    }
}
