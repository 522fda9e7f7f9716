using System.Net.Http.Headers;
using System.Text;
using Spm.Platform.Credentials;
using Spm.Platform.Tenants;
using Spm.Platform.Tests.Support;
using static Spm.Platform.Tests.Imports.ImportSteps;

namespace Spm.Platform.Tests.Imports;

/// <summary>Jobs as such: results, paging, order, tenants, keys.</summary>
public sealed class ImportJobTests(ImportCompany company) : IClassFixture<ImportCompany>
{
    private static int s_next;
    private readonly TestPlatform _platform = company.Platform;
    private readonly string _id = $"J{Interlocked.Increment(ref s_next)}-";

    [Fact]
    public async Task Results_have_one_line_per_row_in_order_and_rejected_rows_page()
    {
        const int rows = 6_000;
        await _platform.ImportAsync("transactions", string.Join('\n', Enumerable.Range(1, rows).Where(n => n % 3 == 0).Select(n => Order(_id + n))));
        var file = string.Join('\n', Enumerable.Range(1, rows).Select(n => Order(_id + n, rep: n % 7 == 0 ? "NOBODY" : "E1", amount: n % 6 == 0 ? "200" : "100")));
        var job = await _platform.ImportAsync("transactions", file);

        string Expected(int n) => n % 7 == 0 || n % 6 == 0 ? "rejected" : n % 3 == 0 ? "unchanged" : "created";
        var expected = Enumerable.Range(1, rows).Select(Expected).ToList();
        Assert.Equal(expected.Select((status, i) => $"{i + 1} {status}"), await _platform.ResultsAsync(job));
        Assert.Equal(
            $"read {rows} = created {expected.Count(e => e == "created")} + corrected 0 + unchanged {expected.Count(e => e == "unchanged")} + rejected {expected.Count(e => e == "rejected")}",
            job.Counts());

        var rejected = await _platform.RejectedRowsAsync(job, limit: 500);
        Assert.Equal(Enumerable.Range(1, rows).Where(n => Expected(n) == "rejected"), rejected.Select(r => r.GetProperty("row").GetInt32()));
        Assert.All(rejected, r => Assert.Contains($"\"{_id}{r.GetProperty("row")}\"", r.Field("raw")));
    }

    [Fact]
    public async Task A_file_sent_again_changes_neither_postings_nor_balances()
    {
        var file = string.Join('\n', Enumerable.Range(1, 500).Select(n => Order(_id + n, rep: n % 2 == 0 ? "E1" : "E2", date: $"2025-0{1 + (n % 6)}-10", amount: $"{n}.0{n % 10}")));
        await _platform.ImportAsync("transactions", file);
        var books = await _platform.BooksAsync();

        Assert.Equal("read 500 = created 0 + corrected 0 + unchanged 500 + rejected 0", (await _platform.ImportAsync("transactions", file)).Counts());
        Assert.Equal(books, await _platform.BooksAsync());
    }

    [Fact]
    public async Task Jobs_of_a_tenant_run_in_the_order_they_were_sent()
    {
        var reps = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(1, 3_000).Select(n => $$"""{"external_id":"{{_id}}r{{n}}","name":"R"}""")));
        var deals = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(1, 3_000).Select(n => Order(_id + n, rep: $"{_id}r{n}"))));

        var first = (await _platform.StartImportAsync("reps", reps)).Expect(202).Json.Field("id");
        var second = (await _platform.StartImportAsync("transactions", deals)).Expect(202).Json.Field("id");

        Assert.Equal("read 3000 = created 3000 + corrected 0 + unchanged 0 + rejected 0", (await _platform.FinishedAsync(second)).Counts());
        Assert.Equal("succeeded", (await _platform.GetAsync($"/v1/imports/{first}")).Json.Field("status"));
        var listed = (await _platform.GetAsync("/v1/imports?limit=2")).Json.GetProperty("data").EnumerateArray().Select(j => j.Field("id"));
        Assert.Equal([second, first], listed);
    }

    [Fact]
    public async Task Unknown_jobs_and_those_of_other_tenants_do_not_exist()
    {
        var job = (await _platform.ImportAsync("transactions", Order(_id, rep: "NOBODY"))).Field("id");
        using var other = await OtherTenantAsync();
        foreach (var path in new[] { "", "/rows", "/results" })
        {
            (await _platform.GetAsync($"/v1/imports/imp_unknown{path}")).Expect(404);
            Assert.Equal(404, (int)(await other.GetAsync($"/v1/imports/{job}{path}")).StatusCode);
        }
        Assert.Equal(404, (int)(await other.PostAsync($"/v1/imports/{job}/retry", null)).StatusCode);
        Assert.Equal(404, (int)(await other.PutAsync($"/v1/imports/{job}/rows/1", new StringContent(Order(_id), Encoding.UTF8, "application/json"))).StatusCode);
        Assert.DoesNotContain(job, await other.GetStringAsync("/v1/imports"));
    }

    [Fact]
    public async Task Tenants_import_side_by_side_and_never_into_each_other()
    {
        using var other = await OtherTenantAsync();
        (await other.PutAsync("/v1/company", Json("""{"name":"Other","currency":"USD"}"""))).EnsureSuccessStatusCode();
        (await other.PutAsync("/v1/calendar/years/2025", Json("""{"start":"2025-01-01"}"""))).EnsureSuccessStatusCode();
        (await other.PutAsync("/v1/reps/crm/E1", Json("""{"name":"Their E1"}"""))).EnsureSuccessStatusCode();
        byte[] File(string amount) => Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(1, 2_000).Select(n => Order(_id + n, amount: amount))));

        var theirs = await _platform.StartImportAsync("transactions", new ByteArrayContent(File("2")), Ndjson, "", null, other);
        var ours = await _platform.ImportAsync("transactions", File("1"));

        Assert.Equal("read 2000 = created 2000 + corrected 0 + unchanged 0 + rejected 0", ours.Counts());
        Assert.Equal("1.00", (await _platform.TransactionAsync(_id + 1)).GetProperty("amount").Field("amount"));
        var path = $"/v1/imports/{theirs.Expect(202).Json.Field("id")}";
        await Until.TrueAsync(async () => (await other.GetStringAsync(path)).Contains("\"status\":\"succeeded\"", StringComparison.Ordinal));
        Assert.Contains("\"created\":2000", await other.GetStringAsync(path));
    }

    [Fact]
    public async Task A_key_makes_one_job_of_the_same_upload_and_refuses_another()
    {
        var file = Encoding.UTF8.GetBytes(Order(_id));

        var first = (await _platform.StartImportAsync("transactions", file, idempotencyKey: _id)).Expect(202);
        await _platform.FinishedAsync(first.Json.Field("id"));
        var again = (await _platform.StartImportAsync("transactions", file, idempotencyKey: _id)).Expect(202);

        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        Assert.False(first.Headers.ContainsKey("Idempotent-Replayed"));
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Headers["Location"], again.Headers["Location"]);
        Assert.Equal("idempotency_key_reused", (await _platform.StartImportAsync("transactions", Encoding.UTF8.GetBytes(Order(_id + "other")), idempotencyKey: _id)).Expect(422).Code);
        Assert.Equal("idempotency_key_reused", (await _platform.StartImportAsync("transactions", file, query: "&delimiter=;", idempotencyKey: _id)).Expect(422).Code);
        Assert.Equal("parameter_invalid", (await _platform.StartImportAsync("transactions", file, idempotencyKey: new string('k', 201))).Expect(400).Code);
        Assert.Equal(1, _platform.Service<Storage.SpmStore>().Read(s => s.Long("select count(*) from idempotency where key = $1", _id)));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_platform.Data, "imports")));
    }

    [Fact]
    public async Task Of_two_uploads_at_once_with_one_key_one_waits_its_turn()
    {
        var bytes = new MemoryStream(Encoding.UTF8.GetBytes(Order(_id)));
        using var gate = new SemaphoreSlim(0);
        var slow = _platform.StartImportAsync("transactions", new StreamContent(new SlowStream(bytes, gate)), Ndjson, "", _id);
        var folder = Directory.CreateDirectory(Path.Combine(_platform.Data, "imports"));
        await Until.TrueAsync(() => Task.FromResult(folder.EnumerateFiles().Any() || slow.IsCompleted));

        Assert.Equal("idempotency_key_in_use", (await _platform.StartImportAsync("transactions", bytes.ToArray(), idempotencyKey: _id)).Expect(409).Code);
        gate.Release();
        (await slow).Expect(202);
    }

    [Fact]
    public async Task What_cannot_be_an_import_is_refused_before_the_file_is_read()
    {
        Assert.Equal("entity_unknown", (await _platform.StartImportAsync("payouts", [])).Expect(400).Code);
        Assert.Equal("media_type_unsupported", (await _platform.StartImportAsync("reps", [], "application/json")).Expect(415).Code);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private async Task<HttpClient> OtherTenantAsync()
    {
        var key = ApiKeys.New();
        await _platform.Service<ApiKeys>().AddAsync(await _platform.Service<TenantDirectory>().CreateAsync(_id, "Other"), "test", key, "*");
        var client = new HttpClient { BaseAddress = _platform.Http.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Sends its first bytes at once and the end when it may.</summary>
    private sealed class SlowStream(Stream bytes, SemaphoreSlim gate) : MemoryStream
    {
        private bool _begun;

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_begun)
            {
                _begun = true;
                return await bytes.ReadAsync(buffer[..10], cancellationToken);
            }
            if (bytes.Position < bytes.Length)
            {
                await gate.WaitAsync(cancellationToken);
            }
            return await bytes.ReadAsync(buffer, cancellationToken);
        }

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var buffer = new byte[1024];
            int read;
            while ((read = await ReadAsync(buffer, cancellationToken)) > 0)
            {
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                await destination.FlushAsync(cancellationToken);
            }
        }
    }
}
