using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Graph;

public sealed class SubscriptionTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;
    private string _rep = "";

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");
        await SmallCompany.CreateAsync(_platform);
        _rep = (await _platform.ListAsync("/v1/reps?external_id=E1"))[0].Text("id");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_reps_figures_are_told_as_they_are_and_again_when_a_deal_comes()
    {
        await using var events = _platform.ListenAsync(Live()).GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("0.00", Payout(events.Current));

        await _platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("50.00", Payout(events.Current));
    }

    [Fact]
    public async Task Whoever_comes_back_is_told_at_once_what_has_changed_and_nothing_where_nothing_has()
    {
        var cursor = (await _platform.FirstAsync(Live())).At("repLive").Text("cursor");
        await _platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        var missed = await _platform.FirstAsync(Live(cursor));
        Assert.Equal("50.00", Payout(missed));

        await using var events = _platform.ListenAsync(Live(missed.At("repLive").Text("cursor"))).GetAsyncEnumerator();
        var next = events.MoveNextAsync().AsTask();
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.False(next.IsCompleted);
        await _platform.SellAsync("T2", "E1", "2025-01-06", "1000");
        Assert.True(await next);
        Assert.NotEqual("50.00", Payout(events.Current));
    }

    [Fact]
    public async Task A_payout_is_told_as_it_moves_and_the_end_of_a_job_ends_its_events()
    {
        await _platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await _platform.CloseAsync("2025-01");
        var payout = (await _platform.PayoutAsync("E1", "2025-01")).Text("id");
        await using var moves = _platform.ListenAsync($$"""subscription { payout(id: "{{payout}}") { payout { status } } }""").GetAsyncEnumerator();
        await moves.MoveNextAsync();
        Assert.Equal("CALCULATED", moves.Current.At("payout", "payout").Text("status"));
        (await _platform.MoveAsync($"/v1/payouts/{payout}", "submit")).Expect(200);
        await moves.MoveNextAsync();
        Assert.Equal("IN_REVIEW", moves.Current.At("payout", "payout").Text("status"));

        var rows = string.Join('\n', Enumerable.Range(0, 50).Select(i => SmallCompany.Order($"R{i}", "E2", "2025-03-01", "1")));
        var job = await _platform.AskAsync("mutation($rows: String!) { startImport(input: { entity: \"transactions\", source: \"crm\", rows: $rows }) { import { id } userErrors { code } } }", new { rows });
        var last = default(JsonElement);
        await foreach (var step in _platform.ListenAsync($$"""subscription { import(id: "{{job.At("startImport", "import").Text("id")}}") { import { status rows { created } } } }"""))
        {
            last = step.At("import", "import");
        }
        Assert.Equal("SUCCEEDED", last.Text("status"));
        Assert.Equal(50, last.GetProperty("rows").GetProperty("created").GetInt32());
    }

    [Fact]
    public async Task A_leaderboard_ranks_a_team_and_follows_its_deals()
    {
        await _platform.SellAsync("T1", "E1", "2025-01-05", "500");
        await using var events = _platform.ListenAsync("""subscription { leaderboard(period: "2025-01", manager: "M1") { rows { rank performance { rep { externalId } attainment } } } }""").GetAsyncEnumerator();
        await events.MoveNextAsync();
        Assert.Equal(["1 E1 50", "2 E2 0"], Rows(events.Current));
        await _platform.SellAsync("T2", "E2", "2025-01-06", "900");
        do
        {
            await events.MoveNextAsync();
        }
        while (Rows(events.Current)[0] != "1 E2 90");
    }

    [Fact]
    public async Task Another_tenant_hears_nothing_of_a_rep()
    {
        var stranger = await _platform.TenantAsync("other");
        Assert.Equal(["not_found"], (await _platform.FirstAsync(Live(), stranger.Credential)).Codes);
    }

    private static string[] Rows(GraphAnswer answer) =>
        [.. answer.At("leaderboard", "rows").EnumerateArray().Select(r => $"{r.GetProperty("rank")} {r.GetProperty("performance").GetProperty("rep").Text("externalId")} {r.GetProperty("performance").Text("attainment")}")];

    private static string Payout(GraphAnswer answer) => answer.At("repLive", "live", "periods")[0].GetProperty("payout").Text("amount");

    private string Live(string? after = null) =>
        $$"""subscription { repLive(rep: "{{_rep}}", period: "2025-01"{{(after is null ? "" : $", after: \"{after}\"")}}) { cursor live { periods { payout { amount } } } } }""";
}
