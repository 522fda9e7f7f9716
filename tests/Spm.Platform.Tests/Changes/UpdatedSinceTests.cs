using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Changes;

public sealed class UpdatedSinceTests
{
    [Fact]
    public async Task Lists_tell_what_changed_since_an_instant_in_that_order_over_pages()
    {
        var (platform, since) = await ChangedAsync();
        await using var _ = platform;

        Assert.Equal(["T2", "T1"], (await PagesAsync(platform, $"/v1/transactions?limit=1&updated_since={since}")).Select(t => t.Text("external_id")));
        Assert.Equal(["T1"], (await PagesAsync(platform, $"/v1/transactions?source=crm&external_id=T1&updated_since={since}")).Select(t => t.Text("external_id")));
        Assert.Equal(["E2"], (await PagesAsync(platform, $"/v1/reps?updated_since={since}")).Select(r => r.Text("external_id")));
        Assert.Equal(["2025-01"], (await PagesAsync(platform, $"/v1/payouts?limit=1&rep=E1&updated_since={since}")).Select(p => p.Text("period")));
        foreach (var broken in new[] { "yesterday", "2025-01-01", "2025-01-01T00:00:00" })
        {
            Assert.Equal((broken, "parameter_invalid"), (broken, (await platform.GetAsync($"/v1/payouts?updated_since={broken}")).Expect(400).Code));
        }
    }

    [Fact]
    public async Task GraphQL_tells_the_same_in_either_direction()
    {
        var (platform, since) = await ChangedAsync();
        await using var _ = platform;

        var page = await platform.AskAsync($$"""{ transactions(first: 1, updatedSince: "{{since}}") { nodes { externalId } pageInfo { hasNextPage endCursor } totalCount } }""");
        Assert.Equal("T2", page.At("transactions").GetProperty("nodes")[0].Text("externalId"));
        var next = await platform.AskAsync($$"""{ transactions(first: 1, updatedSince: "{{since}}", after: "{{page.At("transactions", "pageInfo").Text("endCursor")}}") { nodes { externalId } pageInfo { hasNextPage } } }""");
        Assert.Equal("""{"nodes":[{"externalId":"T1"}],"pageInfo":{"hasNextPage":false}}""", next.At("transactions").GetRawText());
        var newest = await platform.AskAsync($$"""{ transactions(last: 1, updatedSince: "{{since}}") { nodes { externalId } } reps(first: 9, updatedSince: "{{since}}") { nodes { externalId } } payouts(last: 9, filter: { rep: "E1" }, updatedSince: "{{since}}") { nodes { period } } }""");
        Assert.Equal("""{"transactions":{"nodes":[{"externalId":"T1"}]},"reps":{"nodes":[{"externalId":"E2"}]},"payouts":{"nodes":[{"period":"2025-01"}]}}""", newest.Data.GetRawText());
        Assert.Equal(["BAD_USER_INPUT"], (await platform.AskAsync("query ($s: DateTime) { reps(updatedSince: $s) { nodes { id } } }", new { s = "01/02/2025" })).Codes);
    }

    [Fact]
    public async Task At_and_about_every_instant_both_tell_what_was_recorded_then_or_later_however_it_came_in()
    {
        var clock = new ManualClock();
        await using var platform = await TestPlatform.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(clock), settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");
        await using var other = await platform.NewTenantAsync("other");
        await SmallCompany.CreateAsync(platform);
        await SmallCompany.CreateAsync(other);
        // The first row of the second file is known, others are newer or stand in it twice; the third brings nothing new.
        foreach (var (first, count, version) in ((int, int, int)[])[(0, 300, 1), (299, 300, 1), (0, 300, 1), (100, 5, 2)])
        {
            var rows = Enumerable.Range(first, count).Select(i => SmallCompany.Order($"I{i}", "E1", "2025-01-05", "10", version)).ToList();
            await platform.ImportAsync("transactions", string.Join('\n', [.. rows, .. rows.Take(3), SmallCompany.Order($"I{first}", "E1", "2025-01-05", "20", version + 1)]));
            await other.SellAsync($"T{clock.GetUtcNow().Second}", "E1", "2025-01-05", "10");
            await platform.SellAsync($"T{clock.GetUtcNow().Second}", "E1", "2025-01-05", "10");
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        foreach (var one in (TestPlatform[])[platform, other])
        {
            var all = (await one.AllAsync("/v1/transactions?limit=1000")).ConvertAll(t => (Id: t.Text("external_id"), At: DateTimeOffset.Parse(t.Text("recorded_at"), CultureInfo.InvariantCulture)));
            Assert.Equal(4, all.DistinctBy(t => t.At).Count());
            foreach (var at in all.Select(t => t.At).Distinct().SelectMany(at => ((int[])[-1, 0, 1]).Select(ms => at.AddMilliseconds(ms))).Append(DateTimeOffset.UnixEpoch).Append(DateTimeOffset.MaxValue))
            {
                var (since, expected) = ($"{at:yyyy-MM-ddTHH:mm:ss.fffZ}", all.Where(t => t.At >= at).Select(t => t.Id));
                Assert.Equal(expected, (await one.AllAsync($"/v1/transactions?limit=400&updated_since={since}")).Select(t => t.Text("external_id")));
                var asked = await one.PostAsync("/graphql", JsonSerializer.Serialize(new { query = $$"""{ transactions(last: 1000, updatedSince: "{{since}}") { nodes { externalId } } }""" }));
                Assert.Equal(expected, asked.Expect(200).Json.GetProperty("data").GetProperty("transactions").GetProperty("nodes").EnumerateArray().Select(t => t.Text("externalId")));
            }
        }
    }

    [Fact]
    public async Task A_batch_that_moved_is_listed_again()
    {
        var clock = new ManualClock();
        await using var platform = await TestPlatform.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(clock));
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.CloseAsync("2025-01");
        var batch = (await platform.PostAsync("/v1/payout-batches", """{"period":"2025-01"}""")).Expect(201);
        clock.Advance(TimeSpan.FromMinutes(1));
        var since = $"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}";

        Assert.Empty(await PagesAsync(platform, $"/v1/payout-batches?updated_since={since}"));
        (await platform.PostAsync($"/v1/payout-batches/{batch.Json.Text("id")}/approve", null, ("If-Match", batch.Headers["ETag"]))).Expect(200);
        Assert.Equal(["approved"], (await PagesAsync(platform, $"/v1/payout-batches?updated_since={since}")).Select(b => b.Text("status")));
    }

    [Fact]
    public async Task A_cursor_of_one_order_is_refused_in_the_other()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var cursor = (await platform.GetAsync("/v1/reps?limit=1")).Expect(200).Json.Text("next_cursor");

        Assert.Equal("cursor_invalid", (await platform.GetAsync($"/v1/reps?limit=1&updated_since=2025-01-01T00:00:00Z&cursor={cursor}")).Expect(400).Code);
    }

    /// <summary>Three transactions of which two were corrected since the instant, T2 first, and a rep who was renamed.</summary>
    private static async Task<(TestPlatform Platform, string Since)> ChangedAsync()
    {
        var clock = new ManualClock();
        var platform = await TestPlatform.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(clock));
        await SmallCompany.CreateAsync(platform);
        foreach (var id in (string[])["T1", "T2", "T3"])
        {
            await platform.SellAsync(id, "E1", "2025-01-05", "10");
        }
        clock.Advance(TimeSpan.FromMinutes(1));
        var since = $"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}";
        (await platform.PostAsync("/v1/transactions", SmallCompany.Order("T2", "E1", "2025-01-05", "20", version: 2))).Expect(200);
        (await platform.PutAsync("/v1/reps/hris/E2", """{"name":"Renamed","plan":"ae","manager":"M1"}""")).Expect(200);
        clock.Advance(TimeSpan.FromMinutes(1));
        (await platform.PostAsync("/v1/transactions", SmallCompany.Order("T1", "E1", "2025-01-05", "30", version: 2))).Expect(200);
        return (platform, since);
    }

    private static async Task<List<JsonElement>> PagesAsync(TestPlatform platform, string path)
    {
        List<JsonElement> all = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await platform.GetAsync(cursor.Length == 0 ? path : $"{path}&cursor={cursor}")).Expect(200).Json;
            all.AddRange(page.GetProperty("data").EnumerateArray());
            cursor = page.GetProperty("next_cursor").GetString();
        }
        return all;
    }
}
