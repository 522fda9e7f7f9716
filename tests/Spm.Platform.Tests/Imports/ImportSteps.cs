using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Imports;

/// <summary>A small company that the tests of a class share; rows differ by their external ids.</summary>
public sealed class ImportCompany : IAsyncLifetime
{
    public TestPlatform Platform { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(Platform);
    }

    public ValueTask DisposeAsync() => Platform.DisposeAsync();
}

/// <summary>What one does with import files, over HTTP.</summary>
internal static class ImportSteps
{
    public const string Ndjson = "application/x-ndjson";
    public const string Csv = "text/csv";

    public static Task<TestPlatform.Answer> StartImportAsync(
        this TestPlatform platform, string entity, byte[] file, string type = Ndjson, string query = "", string? idempotencyKey = null) =>
        platform.StartImportAsync(entity, new ByteArrayContent(file), type, query, idempotencyKey);

    public static async Task<TestPlatform.Answer> StartImportAsync(
        this TestPlatform platform, string entity, HttpContent file, string type, string query, string? idempotencyKey, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/imports?entity={entity}&source=crm{query}") { Content = file };
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }
        using var response = await (client ?? platform.Http).SendAsync(request);
        return new TestPlatform.Answer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Imports and waits for the job.</summary>
    public static Task<JsonElement> ImportAsync(this TestPlatform platform, string entity, string file, string type = Ndjson, string query = "") =>
        platform.ImportAsync(entity, Encoding.UTF8.GetBytes(file), type, query);

    public static async Task<JsonElement> ImportAsync(this TestPlatform platform, string entity, byte[] file, string type = Ndjson, string query = "") =>
        await platform.FinishedAsync((await platform.StartImportAsync(entity, file, type, query)).Expect(202).Json.Field("id"));

    public static async Task<JsonElement> FinishedAsync(this TestPlatform platform, string id)
    {
        JsonElement job = default;
        await Until.TrueAsync(async () => (job = (await platform.GetAsync($"/v1/imports/{id}")).Expect(200).Json).Field("status") is "succeeded" or "failed");
        return job;
    }

    public static async Task<JsonElement> RetryAsync(this TestPlatform platform, JsonElement job)
    {
        (await platform.PostAsync($"/v1/imports/{job.Field("id")}/retry")).Expect(202);
        return await platform.FinishedAsync(job.Field("id"));
    }

    /// <summary>"read 3 = created 1 + corrected 0 + unchanged 0 + rejected 2", after checking that it adds up.</summary>
    public static string Counts(this JsonElement job)
    {
        var rows = job.GetProperty("rows");
        long Of(string name) => rows.GetProperty(name).GetInt64();
        Assert.Equal(Of("read"), Of("created") + Of("corrected") + Of("unchanged") + Of("rejected"));
        return $"read {Of("read")} = created {Of("created")} + corrected {Of("corrected")} + unchanged {Of("unchanged")} + rejected {Of("rejected")}";
    }

    /// <summary>"2 rep rep_unknown" for each broken rule of each rejected row.</summary>
    public static async Task<string[]> RejectedAsync(this TestPlatform platform, JsonElement job) =>
    [
        .. from row in await platform.RejectedRowsAsync(job)
           from error in row.GetProperty("errors").EnumerateArray()
           select $"{row.GetProperty("row")} {error.Field("field")} {error.Field("code")}".Replace("  ", " "),
    ];

    public static async Task<List<JsonElement>> RejectedRowsAsync(this TestPlatform platform, JsonElement job, int limit = 100)
    {
        List<JsonElement> rows = [];
        for (var path = $"/v1/imports/{job.Field("id")}/rows?status=rejected&limit={limit}"; ;)
        {
            var page = (await platform.GetAsync(path)).Expect(200).Json;
            rows.AddRange(page.GetProperty("data").EnumerateArray());
            if (page.GetProperty("next_cursor").GetString() is not { } cursor)
            {
                return rows;
            }
            path = $"/v1/imports/{job.Field("id")}/rows?status=rejected&limit={limit}&cursor={cursor}";
        }
    }

    /// <summary>"1 created", … in the order of the file.</summary>
    public static async Task<string[]> ResultsAsync(this TestPlatform platform, JsonElement job) =>
    [
        .. (await platform.GetAsync($"/v1/imports/{job.Field("id")}/results")).Expect(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).Select(row => $"{row.GetProperty("row")} {row.Field("status")}"),
    ];

    public static async Task<JsonElement> TransactionAsync(this TestPlatform platform, string externalId, string source = "crm") =>
        Assert.Single((await platform.GetAsync($"/v1/transactions?source={source}&external_id={Uri.EscapeDataString(externalId)}")).Expect(200).Json.GetProperty("data").EnumerateArray());

    public static async Task<bool> HasTransactionAsync(this TestPlatform platform, string externalId) =>
        (await platform.GetAsync($"/v1/transactions?source=crm&external_id={Uri.EscapeDataString(externalId)}")).Expect(200).Json.GetProperty("data").GetArrayLength() == 1;

    /// <summary>A balanced ledger, how many postings it has, and the accounts' balances.</summary>
    public static async Task<string> BooksAsync(this TestPlatform platform)
    {
        var balance = (await platform.GetAsync("/v1/ledger/trial-balance")).Expect(200).Json;
        Assert.True(balance.GetProperty("balanced").GetBoolean());
        var postings = (await platform.GetAsync("/v1/ledger/postings?limit=1000")).Expect(200).Json.GetProperty("data").GetArrayLength();
        return $"{postings}: {balance.GetProperty("accounts")}";
    }

    public static string Field(this JsonElement element, string name) => element.GetProperty(name).GetString() ?? "null";

    public static string Order(string id, string more = "", string rep = "E1", string date = "2025-01-05", string amount = "100") =>
        $$"""{"external_id":"{{id}}","kind":"order","date":"{{date}}","amount":"{{amount}}","currency":"USD","rep":"{{rep}}"{{more}}}""";
}

internal static class Until
{
    /// <summary>Waits for what must come, and fails the test when it does not.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, int seconds = 300)
    {
        for (var end = DateTime.UtcNow.AddSeconds(seconds); !await condition();)
        {
            Assert.True(DateTime.UtcNow < end, "What the test waits for does not come.");
            await Task.Delay(10);
        }
    }
}
