using System.Text;
using System.Text.Json;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Stores;

/// <summary>The embedded store is told that it may not grow, which fails as a full disk does.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task What_finds_no_room_is_refused_as_such_and_all_that_was_answered_is_there_once_there_is_room()
    {
        Assert.SkipWhen(TestStore.IsPostgres, "PostgreSQL cannot be told that its disk is full.");
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await GrowAsync(platform, pages: 1);

        var (answered, refused) = (0, (TestPlatform.Answer?)null);
        for (var i = 0; refused is null && i < 5000; i++)
        {
            var answer = await platform.PostAsync("/v1/transactions", Order(i));
            (answered, refused) = answer.Status == 201 ? (answered + 1, null) : (answered, answer);
        }

        Assert.Equal("storage_full", refused!.Expect(507).Code);
        (await platform.GetAsync("/v1/reps")).Expect(200);
        await GrowAsync(platform, pages: 1_000_000);
        (await platform.PostAsync("/v1/transactions", Order(answered))).Expect(201);
        Assert.Equal(answered + 1, (await platform.AllAsync("/v1/transactions")).Count);
        Assert.Equal($"{(answered + 1) * 10}.00", (await platform.GetAsync($"/v1/reps/{await platform.IdAsync("reps", "E1")}/live?period=2025-01")).Json.GetProperty("periods")[0].GetProperty("components")[0].Text("credited"));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_mutation_that_finds_no_room_is_refused_as_such_and_its_key_works_once_there_is_room()
    {
        Assert.SkipWhen(TestStore.IsPostgres, "PostgreSQL cannot be told that its disk is full.");
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await GrowAsync(platform, pages: 1);

        var (answered, refused) = (0, (GraphAnswer?)null);
        for (var i = 0; refused is null && i < 5000; i++)
        {
            var answer = await platform.AskAsync(Mutation(i));
            (answered, refused) = answer.Codes.Length == 0 ? (answered + 1, null) : (answered, answer);
        }

        Assert.Equal(["storage_full"], refused!.Codes);
        Assert.Equal(JsonValueKind.Null, refused.Json.GetProperty("data").GetProperty("postTransaction").ValueKind);
        await GrowAsync(platform, pages: 1_000_000);
        var again = await platform.AskAsync(Mutation(answered));
        Assert.Equal("CREATED", again.At("postTransaction").Text("outcome"));
        Assert.Equal(again.Text, (await platform.AskAsync(Mutation(answered))).Text);
        Assert.Equal(answered + 1, (await platform.AllAsync("/v1/transactions")).Count);
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task An_import_waits_for_room_and_goes_on_where_it_was()
    {
        Assert.SkipWhen(TestStore.IsPostgres, "PostgreSQL cannot be told that its disk is full.");
        const int rows = 20_000;
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var file = string.Join('\n', Enumerable.Range(0, rows).Select(Order));

        var id = (await platform.StartImportAsync("transactions", Encoding.UTF8.GetBytes(file))).Expect(202).Json.Text("id");
        await GrowAsync(platform, pages: 1);
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.Contains((await platform.GetAsync($"/v1/imports/{id}")).Json.Text("status"), (string[])["queued", "running"]);
        await GrowAsync(platform, pages: 1_000_000);
        var job = await platform.FinishedAsync(id);

        Assert.Equal(("succeeded", (long)rows), (job.Text("status"), job.GetProperty("rows").GetProperty("created").GetInt64()));
        await platform.BalancesAsync();
    }

    /// <summary>As many pages more as the file may have; never fewer than it has.</summary>
    private static Task GrowAsync(TestPlatform platform, int pages) => platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute($"pragma max_page_count = {pages}"));

    private static string Mutation(int i) =>
        $$"""mutation { postTransaction(input: { source: "crm", externalId: "F{{i}}", kind: ORDER, date: "2025-01-05", amount: "10", currency: "USD", rep: "E1", idempotencyKey: "{{i}}" }) { outcome userErrors { code } } }""";

    private static string Order(int i) => SmallCompany.Order($"F{i}", "E1", "2025-01-05", "10");
}
