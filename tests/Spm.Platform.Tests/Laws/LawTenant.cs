using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Spm.Platform.Tests.Laws;

/// <summary>One tenant of a running platform, spoken to over HTTP.</summary>
internal sealed class LawTenant : IDisposable
{
    private readonly HttpClient _http;

    public LawTenant(Uri at, string key)
    {
        _http = new HttpClient { BaseAddress = at, Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public void Dispose() => _http.Dispose();

    public async Task<(int Status, JsonElement Json)> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, type) };
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public async Task<JsonElement> GetAsync(string path) => Expect(path, await SendAsync(HttpMethod.Get, path), 200);

    public async Task<List<JsonElement>> ListAsync(string path)
    {
        List<JsonElement> all = [];
        var joint = path.Contains('?') ? '&' : '?';
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await GetAsync($"{path}{joint}limit=1000{(cursor.Length == 0 ? "" : "&cursor=" + cursor)}");
            all.AddRange(page.GetProperty("data").EnumerateArray());
            cursor = page.GetProperty("next_cursor").GetString();
        }
        return all;
    }

    public async Task PutAsync(string path, string body) => Expect(path, await SendAsync(HttpMethod.Put, path, body), 200, 201);

    public async Task SetUpAsync(LawCompany company)
    {
        await PutAsync("/v1/company", """{"name":"Law","currency":"USD"}""");
        await PutAsync("/v1/calendar/years/2025", """{"start":"2025-01-01"}""");
        foreach (var (entity, rows) in company.Records().GroupBy(r => r.Entity).Select(g => (g.Key, g.ToList())))
        {
            var job = await BringAsync(entity, rows);
            Assert.Equal(rows.Count, job?.GetProperty("rows").GetProperty("created").GetInt32() ?? rows.Count);
        }
    }

    /// <summary>Imports records of one kind, of those that can be imported; null for the company itself, which is put.</summary>
    public async Task<JsonElement?> BringAsync(string entity, IReadOnlyList<LawRecord> records)
    {
        if (entity != "company")
        {
            return await ImportAsync(entity, records.Select(r => r.Row));
        }
        await PutAsync(records[0]);
        return null;
    }

    /// <summary>Puts one record by itself, as an administrator does.</summary>
    public Task PutAsync(LawRecord record) => PutAsync(record.Path, record.Body);

    /// <summary>A version that is older than the one that is here is refused by its name; everything else is taken.</summary>
    public async Task PostAsync(string transaction)
    {
        var (status, json) = await SendAsync(HttpMethod.Post, "/v1/transactions", transaction);
        Assert.True(
            status is 200 or 201 || (status == 409 && json.GetProperty("code").GetString() == "transaction_version_stale"),
            $"{status} {json} for {transaction}");
    }

    /// <summary>The job once it is done. Rows may be refused as stale; nothing else may go wrong.</summary>
    public async Task<JsonElement> ImportAsync(string entity, IEnumerable<string> rows) => await FinishAsync(await StartImportAsync(entity, rows));

    /// <summary>The id of the job, which is on its way.</summary>
    public async Task<string> StartImportAsync(string entity, IEnumerable<string> rows)
    {
        var path = $"/v1/imports?entity={entity}&source=crm";
        var job = Expect(path, await SendAsync(HttpMethod.Post, path, string.Join('\n', rows), "application/x-ndjson"), 202);
        return job.GetProperty("id").GetString()!;
    }

    public async Task<JsonElement> FinishAsync(string importId)
    {
        while (true)
        {
            var job = await GetAsync($"/v1/imports/{importId}");
            switch (job.GetProperty("status").GetString())
            {
                case "succeeded":
                    await ExpectStaleOnlyAsync(importId, job.GetProperty("rows").GetProperty("rejected").GetInt64());
                    return job;
                case "failed":
                    throw new InvalidOperationException($"The import failed: {job}");
            }
            await Task.Delay(2);
        }
    }

    public async Task CloseAsync(string month) => Expect(month, await SendAsync(HttpMethod.Post, $"/v1/periods/{month}/close"), 200);

    /// <summary>Closes the months that another tenant has closed: a closed month has begun for everybody, so both must have closed the same.</summary>
    public async Task CloseAsInAsync(LawTenant other)
    {
        foreach (var month in (await other.ListAsync("/v1/periods?kind=month")).Where(m => m.GetProperty("status").GetString() == "closed"))
        {
            await CloseAsync(month.GetProperty("id").GetString()!);
        }
    }

    public async Task<int> PostingsAsync() => (await ListAsync("/v1/ledger/postings")).Count;

    /// <summary>Debits and credits are equal in every currency. Settles first.</summary>
    public async Task ExpectBalancedAsync()
    {
        var balance = await GetAsync("/v1/ledger/trial-balance");
        Assert.True(balance.GetProperty("balanced").GetBoolean(), balance.ToString());
        Assert.All(balance.GetProperty("currencies").EnumerateArray(), c => Assert.Equal(0m, decimal.Parse(c.GetProperty("difference").GetString()!)));
    }

    private async Task ExpectStaleOnlyAsync(string importId, long rejected)
    {
        if (rejected > 0)
        {
            var rows = await ListAsync($"/v1/imports/{importId}/rows?status=rejected");
            Assert.All(rows, r => Assert.Equal("transaction_version_stale", r.GetProperty("errors")[0].GetProperty("code").GetString()));
        }
    }

    private static JsonElement Expect(string path, (int Status, JsonElement Json) answer, params int[] expected) =>
        expected.Contains(answer.Status) ? answer.Json : throw new InvalidOperationException($"{path}: {answer.Status} {answer.Json}");
}
