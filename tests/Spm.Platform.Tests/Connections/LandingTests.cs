using System.Text.Json;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Connections;

/// <summary>What a run has read and not taken, as a crash leaves it: it is in the store, and the checkpoint covers it.</summary>
public sealed class LandingTests
{
    [Fact]
    public async Task What_has_landed_is_taken_by_the_next_run_with_everything_it_says()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync("""{"opportunities":{"fields":{"facts/region":{"from":"fields/region"}}}}""");
        await LandAsync(platform, Part(Deal("D1", 5, "400.25", """
            "owner":"E1","splits":[{"person":"E1","percent":60,"overlay":false},{"person":"E2","percent":40,"overlay":false}]
            """, """{"region":"we\u0000st \u00e4"}"""), Deal("D2", 5, "1", "\"owner\":\"E9\"")));

        var run = await platform.RunAsync(id);

        Assert.Equal("read 2, created 1, rejected 1", run.Rows());
        var order = Assert.Single(await platform.ListAsync("/v1/transactions"));
        Assert.Equal(("D1", "400.25", 1736071200000), (order.Text("external_id"), order.GetProperty("amount").Text("amount"), order.GetProperty("version").GetInt64()));
        Assert.Equal(["60", "40"], order.GetProperty("splits").EnumerateArray().Select(s => s.Text("percent").Split('.')[0]));
        Assert.EndsWith("st ä", order.GetProperty("facts").Text("region"));
        Assert.Contains("credited 240.15", await platform.LiveAsync("E1", "2025-01"));
        Assert.Equal("D2 rejected", Assert.Single(await platform.ListAsync($"/v1/connections/{id}/rows")) is var row ? $"{row.Text("key")} {row.Text("status")}" : "");
        Assert.Equal(0, Landed(platform));
    }

    [Fact]
    public async Task Words_of_a_mapping_hold_for_everybody_who_shares_a_deal()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync("""{"opportunities":{"fields":{"rep":{"from":"owner","words":{"U1":"E1","U2":"E2"}}}}}""");
        await LandAsync(platform, Part(Deal("D1", 5, "400", """
            "owner":"U1","splits":[{"person":"U1","percent":60,"overlay":false},{"person":"U2","percent":40,"overlay":false}]
            """)));

        Assert.Equal("read 1, created 1", (await platform.RunAsync(id)).Rows());

        Assert.Contains("credited 160.00", await platform.LiveAsync("E2", "2025-01"));
    }

    [Fact]
    public async Task A_record_that_landed_twice_becomes_two_versions_and_one_that_could_be_read_later_leaves_quarantine()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync();
        await LandAsync(
            platform,
            Part(Deal("D4", 5, "20")),
            Part(Deal("D1", 5, "400"), Deal("D2", 5, "1")),
            Part(Deal("D1", 6, "450")),
            """{"records":[],"invalid":[{"key":"D3","raw":"D3,five","errors":[{"pointer":"/amount","code":"not_a_number","detail":"No number."}]}]}""",
            Part(Deal("D3", 6, "5")),
            Part("""{"key":"D2","updatedAt":"2025-01-07T10:00:00Z"}"""));

        var run = await platform.RunAsync(id);

        Assert.Equal("read 7, created 4, corrected 2, quarantined 1", run.Rows());
        Assert.Empty(await platform.ListAsync($"/v1/connections/{id}/rows"));
        Assert.Contains("credited 475.00", await platform.LiveAsync("E1", "2025-01"));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task What_landed_of_a_stream_that_is_mapped_to_nothing_any_more_or_is_gone_goes_without_a_trace()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync("""{"opportunities":{"into":"none"}}""");
        await LandAsync(platform, Part(Deal("D1", 5, "400")));
        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute("insert into connection_landing (connection, no, stream, body) values (1, 2, 'of_an_older_version', 'x')"));

        await platform.RunAsync(id);

        Assert.Empty(await platform.ListAsync("/v1/transactions"));
        Assert.Equal(0, Landed(platform));
    }

    [Fact]
    public async Task What_a_paused_connection_has_landed_waits_until_it_goes_on_and_goes_with_it_when_it_is_deleted()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync();
        (await platform.PostAsync($"/v1/connections/{id}/pause")).Expect(200);
        await LandAsync(platform, Part(Deal("D1", 5, "400")));

        await platform.RunAsync(id, "resume");

        Assert.Equal("D1", Assert.Single(await platform.ListAsync("/v1/transactions")).Text("external_id"));
        (await platform.PostAsync($"/v1/connections/{id}/pause")).Expect(200);
        await LandAsync(platform, Part(Deal("D2", 5, "400")));
        (await platform.SendAsync(HttpMethod.Delete, $"/v1/connections/{id}")).Expect(200);
        Assert.Equal(0, Landed(platform));
    }

    [Fact]
    public async Task A_record_counts_once_in_a_run_though_it_is_rejected_first_and_taken_after_all()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync("""{"people":{"into":"reps","fields":{"plan":{"value":"ae"}}}}""");
        platform.Drop("people-1.csv", "id,updated_at,name,active\nP9,2025-01-03T00:00:00Z,Ann,true\n");
        await LandAsync(platform, Part(Deal("D1", 5, "400", "\"owner\":\"P9\""), Deal("D2", 5, "1", "\"owner\":\"E9\"")));

        var run = await platform.RunAsync(id);

        Assert.Equal("read 3, created 2, rejected 1", run.Rows());
        Assert.Contains("credited 400.00", await platform.LiveAsync("P9", "2025-01"));
        Assert.Equal("", (await platform.RunAsync(id)).Rows());
        (await platform.PutAsync("/v1/reps/hris/E9", """{"name":"Late","plan":"ae"}""")).Expect(201);
        run = await platform.RunAsync(id, "retry");
        Assert.Equal("read 1, created 1", run.Rows());
        Assert.Equal("opportunities complete", Assert.Single(run.GetProperty("streams").EnumerateArray()) is var stream ? $"{stream.Text("name")} {stream.Text("status")}" : "");
    }

    [Fact]
    public async Task What_is_read_and_not_taken_is_bounded_in_bytes_and_all_of_it_comes_in()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync();
        var note = new string('n', 900 * 1024);
        platform.Drop("opportunities-2.ndjson", string.Join('\n', Enumerable.Range(1, 60).Select(i =>
            $$"""{"id":"L{{i}}","updated_at":"2025-01-05T10:00:00Z","name":"Long","amount":"10","currency":"USD","status":"won","close_date":"2025-01-05","owner":"E1","note":"{{note}}"}""")));
        using (await platform.Service<TenantDirectory>().Get(1).Gate.WriteAsync())
        {
            (await platform.PostAsync($"/v1/connections/{id}/run")).Expect(200);
            await Until.TrueAsync(() => Task.FromResult(LandedBytes(platform) > Limits.LandedBytes / 2), seconds: 60);
            await Task.Delay(TimeSpan.FromSeconds(2));
            Assert.InRange(LandedBytes(platform), 1, Limits.LandedBytes);
        }

        var run = await platform.RunsAsync(id, 2);

        Assert.Equal("read 60, created 60", run.Rows());
        Assert.Equal(0, Landed(platform));
        Assert.Contains("credited 600.00", await platform.LiveAsync("E1", "2025-01"));
    }

    [Fact]
    public async Task A_record_without_what_its_entity_requires_is_tried_again_like_any_other()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync();
        await LandAsync(platform, Part("""{"key":"D1","updatedAt":"2025-01-05T10:00:00Z","entity":{"amount":{"Amount":"400","Currency":"USD"},"status":1,"closeDate":"2025-01-05","owner":"E9"}}"""));
        Assert.Equal("complete", (await platform.RunAsync(id)).Text("status"));
        (await platform.PutAsync("/v1/reps/hris/E9", """{"name":"Late","plan":"ae"}""")).Expect(201);

        await platform.RunAsync(id);

        Assert.Contains("credited 400.00", await platform.LiveAsync("E9", "2025-01"));
    }

    [Fact]
    public async Task What_lands_is_taken_after_a_kill_as_it_would_have_been_whatever_names_its_fields_have()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync("""{"opportunities":{"fields":{"facts/region":{"from":"fields/region"},"facts/note":{"from":"fields/note"}}}}""");
        static string Line(string key, string more) =>
            $$"""{"id":"{{key}}","updated_at":"2025-01-05T10:00:00.001Z","name":"De\u0000al","amount":"400.25","currency":"USD","status":"won","close_date":"2025-01-05","owner":"E1"{{more}}}""";
        platform.Drop("opportunities-2.ndjson", string.Join('\n', Line("D1", ",\"region\":\"w\u00e4st\""), Line("D2", ",\"region\":\"\""), Line("D3", ",\"note\":\"n\",\"region\":\"e\""), Line("D4", "")));
        string landed;
        using (await platform.Service<TenantDirectory>().Get(1).Gate.WriteAsync())
        {
            (await platform.PostAsync($"/v1/connections/{id}/run")).Expect(200);
            await Until.TrueAsync(() => Task.FromResult(Landed(platform) > 0), seconds: 60);
            landed = platform.Service<SpmStore>().Read(s => s.Query("select body from connection_landing", r => r.GetString(0)))[0];
        }
        await platform.RunsAsync(id, 2);
        var taken = await SaidAsync(platform, "D");

        await LandAsync(platform, landed.Replace("\"D", "\"L", StringComparison.Ordinal));
        await platform.RunAsync(id);

        Assert.Equal(["1 400.25 1736071200001 w\u00e4st ", "2 400.25 1736071200001  ", "3 400.25 1736071200001 e n", "4 400.25 1736071200001  "], taken);
        Assert.Equal(taken, await SaidAsync(platform, "L"));
        // The first two have the same names, which stand there once.
        Assert.Equal(3, landed.Split("\"updated_at\"").Length - 1);
    }

    /// <summary>Of the transactions whose ids begin with a letter: the rest of the id, amount, version and facts.</summary>
    private static async Task<IEnumerable<string>> SaidAsync(TestPlatform platform, string letter) =>
        from t in await platform.ListAsync("/v1/transactions")
        let key = t.Text("external_id")
        where key.StartsWith(letter, StringComparison.Ordinal)
        orderby key
        let facts = t.TryGetProperty("facts", out var said) && said.ValueKind == JsonValueKind.Object ? said : default
        let texts = new[] { "region", "note" }.Select(f => facts.ValueKind == JsonValueKind.Object && facts.TryGetProperty(f, out var text) ? text.GetString() : "")
        select $"{key[1..]} {t.GetProperty("amount").Text("amount")} {t.GetProperty("version").GetInt64()} {string.Join(' ', texts)}";

    /// <summary>With a source that has been read to its end.</summary>
    private static async Task<TestPlatform> StartAsync()
    {
        var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", "id,updated_at,name,status\nD0,2025-01-05T10:00:00Z,Lost,lost\n");
        return platform;
    }

    private static string Part(params string[] records) => $$"""{"records":[{{string.Join(',', records)}}],"invalid":[]}""";

    private static string Deal(string key, int day, string amount, string who = "\"owner\":\"E1\"", string fields = "null") =>
        $$$"""{"key":"{{{key}}}","updatedAt":"2025-01-{{{day:00}}}T10:00:00Z","entity":{"name":"Deal","amount":{"Amount":"{{{amount}}}","Currency":"USD"},"status":1,"closeDate":"2025-01-05",{{{who}}}},"fields":{{{fields}}}}""";

    /// <summary>On the only connection there is.</summary>
    private static Task LandAsync(TestPlatform platform, params string[] parts) => platform.Service<SpmStore>().Writer.WriteAsync(s =>
    {
        for (var i = 0; i < parts.Length; i++)
        {
            s.Execute("insert into connection_landing (connection, no, stream, body) values (1, $1, 'opportunities', $2)", i + 1, parts[i]);
        }
    });

    private static long LandedBytes(TestPlatform platform) => platform.Service<SpmStore>().Read(s => s.Long("select coalesce(sum(length(body)), 0) from connection_landing"));

    private static long Landed(TestPlatform platform) => platform.Service<SpmStore>().Read(s => s.Long("select count(*) from connection_landing"));
}
