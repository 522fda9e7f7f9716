using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Performance;

public sealed class PerformanceTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "1500.50"), 201);
        await _platform.PostAsync(SmallCompany.Order("T2", "E2", "2025-02-05", "600"), 201);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Every_rep_with_a_plan_stands_in_the_period_with_credits_quota_and_money()
    {
        (await _platform.PutAsync("/v1/reps/hris/X", """{"name":"No plan"}""")).Expect(201);

        var rows = await _platform.AllAsync("/v1/performance/reps?period=2025-Q1");

        Assert.Equal(
            [
                // 1 % of 2,100.50 is 21.005: half to even.
                "M1: 2100.50 of 6000.00 = 35.0083 %, earns 21.00, is paid 21.00",
                // January pays 100.05; February and March have not begun, so nothing is taken back yet.
                "E1: 1500.50 of 3000.00 = 50.0167 %, earns 100.05, is paid 100.05",
                "E2: 600.00 of 3000.00 = 20 %, earns 30.00, is paid 30.00",
            ],
            rows.Select(r => $"{r.GetProperty("rep").Text("external_id")}: {r.Text("credited")} of {r.Text("quota")} = {r.Text("attainment")} %, earns {r.Money("earnings")}, is paid {r.Money("payout")}"));
    }

    [Fact]
    public async Task Pages_neither_skip_nor_repeat_a_rep()
    {
        var rows = await _platform.AllAsync("/v1/performance/reps?period=2025&limit=1");

        Assert.Equal(["M1", "E1", "E2"], rows.Select(r => r.GetProperty("rep").Text("external_id")));
    }

    [Theory]
    [InlineData("ATTAINMENT", "E1 M1 E2")]
    [InlineData("CREDITED", "M1 E1 E2")]
    [InlineData("EARNINGS", "E1 E2 M1")]
    public async Task In_GraphQL_reps_are_sorted_over_pages_in_either_direction(string order, string reps)
    {
        List<string> forward = [], backward = [];
        for (var page = await PageAsync("first: 2"); ; page = await PageAsync($"first: 2, after: \"{page.GetProperty("pageInfo").Text("endCursor")}\""))
        {
            forward.AddRange(Names(page));
            if (!page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean())
            {
                break;
            }
        }
        for (var page = await PageAsync("last: 2"); ; page = await PageAsync($"last: 2, before: \"{page.GetProperty("pageInfo").Text("startCursor")}\""))
        {
            backward.InsertRange(0, Names(page));
            if (!page.GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean())
            {
                break;
            }
        }

        Assert.Equal((reps, reps), (string.Join(' ', forward), string.Join(' ', backward)));

        async Task<System.Text.Json.JsonElement> PageAsync(string arguments) => (await _platform.AskAsync(
            $$"""{ repPerformance(period: "2025-Q1", orderBy: {{order}}, {{arguments}}) { nodes { rep { externalId } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }""")).At("repPerformance");

        static IEnumerable<string> Names(System.Text.Json.JsonElement page) => page.GetProperty("nodes").EnumerateArray().Select(r => r.GetProperty("rep").Text("externalId"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?period=1999")]
    public async Task Performance_needs_a_period_of_the_calendar(string query) =>
        Assert.Equal("period_unknown", (await _platform.GetAsync("/v1/performance/reps" + query)).Expect(422).Code);

    [Fact]
    public async Task An_attainment_is_direct_credits_over_the_quota_at_four_decimals()
    {
        var rows = await _platform.AllAsync("/v1/attainments?period=2025-Q1&measure=bookings");

        // A quarter's quota is the sum of its months'. M1 has no direct credits of their own.
        Assert.Equal(
            ["M1 2025-Q1 0.00/6000.00 = 0", "E1 2025-Q1 1500.50/3000.00 = 50.0167", "E2 2025-Q1 600.00/3000.00 = 20"], rows.Select(Line));
    }

    [Fact]
    public async Task Other_credits_count_when_they_are_asked_for()
    {
        var rows = await _platform.AllAsync("/v1/attainments?period=2025-Q1&rep=M1&credits=direct,roll_up");

        Assert.Equal(["M1 2025-Q1 2100.50/6000.00 = 35.0083"], rows.Select(Line));
        Assert.Equal("parameter_invalid", (await _platform.GetAsync("/v1/attainments?credits=all")).Expect(400).Code);
    }

    [Fact]
    public async Task Without_a_period_every_quota_is_listed_as_it_was_set()
    {
        (await _platform.PutAsync("/v1/quotas", """{"rep":"E2","measure":"bookings","period":"2025","amount":"7"}""")).Expect(201);

        var rows = await _platform.AllAsync("/v1/attainments?limit=7");

        Assert.Equal(37, rows.Count);
        Assert.Equal(rows.Count, rows.Select(Line).Distinct().Count());
        // 600 / 7 = 85.714285…
        Assert.Contains("E2 2025 600.00/7.00 = 8571.4286", rows.Select(Line));
    }

    [Fact]
    public async Task A_rep_without_a_quota_of_the_span_has_no_attainment()
    {
        (await _platform.PutAsync("/v1/reps/hris/E3", """{"name":"Rep E3","plan":"ae"}""")).Expect(201);
        (await _platform.PutAsync("/v1/quotas", """{"rep":"E3","measure":"bookings","period":"2025-01","amount":"10"}""")).Expect(201);

        Assert.Empty(await _platform.AllAsync("/v1/attainments?period=2025-Q1&rep=E3"));
        Assert.Equal("null", (await _platform.AllAsync("/v1/performance/reps?period=2025-Q1"))[^1].Text("attainment"));
        Assert.Equal("rep_unknown", (await _platform.GetAsync("/v1/attainments?rep=nobody")).Expect(422).Code);
        Assert.Equal("measure_unknown", (await _platform.GetAsync("/v1/attainments?measure=nothing")).Expect(422).Code);
    }

    [Fact]
    public async Task The_client_reads_performance_attainments_problems_and_the_reconciliation()
    {
        var cancel = TestContext.Current.CancellationToken;

        Assert.Equal(100.05m, (await _platform.Client.Results.RepPerformanceAsync("2025-Q1", cancel).ToListAsync(cancel))[1].Earnings.Amount);
        Assert.Equal(50.0167m, (await _platform.Client.Results.AttainmentsAsync("2025-Q1", rep: "E1", ct: cancel).ToListAsync(cancel))[0].Percent);
        Assert.Empty(await _platform.Client.Results.ProblemsAsync(ct: cancel).ToListAsync(cancel));
        Assert.Empty(await _platform.Client.Results.ProblemSummaryAsync(cancel).ToListAsync(cancel));
        Assert.Equal(2100.50m, (await _platform.Client.Results.ReconciliationAsync(cancel)).Credited.Amount);
    }

    private static string Line(System.Text.Json.JsonElement row) =>
        $"{row.GetProperty("rep").Text("external_id")} {row.Text("period")} {row.Text("credited")}/{row.Text("quota")} = {row.Text("attainment")}";
}
