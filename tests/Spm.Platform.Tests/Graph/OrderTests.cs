using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Graph;

public sealed class OrderTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
        (await _platform.PutAsync("/v1/reps/hris/a9", """{"name":"mabel"}""")).Expect(201);
        await _platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await _platform.SellAsync("T2", "E2", "2025-01-05", "3000");
        await _platform.SellAsync("T3", "E1", "2025-02-05", "500");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("payouts", """filter: { period: "2025-01" }, orderBy: { field: AMOUNT }""", "amount { amount } rep { externalId }", "40.00 M1, 50.00 E1, 250.00 E2")]
    [InlineData("payouts", """filter: { period: "2025-01" }, orderBy: { field: AMOUNT, direction: DESC }""", "amount { amount } rep { externalId }", "250.00 E2, 50.00 E1, 40.00 M1")]
    [InlineData("payouts", """filter: { rep: "E1" }, orderBy: { field: PERIOD, direction: DESC }""", "period", "2025-02, 2025-01")]
    [InlineData("payouts", """filter: { rep: "E1" }, orderBy: { field: UPDATED_AT, direction: DESC }""", "period", "2025-02, 2025-01")]
    [InlineData("reps", "orderBy: { field: NAME }", "name", "mabel, Mia, Rep E1, Rep E2")]
    [InlineData("reps", "orderBy: { field: NAME, direction: DESC }", "name", "Rep E2, Rep E1, Mia, mabel")]
    [InlineData("reps", "orderBy: { field: EXTERNAL_ID }", "externalId", "a9, E1, E2, M1")]
    [InlineData("reps", "orderBy: { field: CREATED_AT, direction: DESC }", "externalId", "a9, E2, E1, M1")]
    [InlineData("reps", "orderBy: { field: UPDATED_AT }", "externalId", "M1, E1, E2, a9")]
    [InlineData("plans", "orderBy: { field: NAME, direction: DESC }", "name", "Manager, AE")]
    [InlineData("transactions", "orderBy: { field: RECORDED_AT, direction: DESC }", "externalId", "T3, T2, T1")]
    [InlineData("transactions", """updatedSince: "2020-01-01T00:00:00Z", orderBy: { field: RECORDED_AT, direction: DESC }""", "externalId", "T3, T2, T1")]
    [InlineData("reps", """updatedSince: "2020-01-01T00:00:00Z", orderBy: { field: UPDATED_AT, direction: DESC }""", "externalId", "a9, E2, E1, M1")]
    public async Task A_list_is_sorted_over_pages_from_either_end_and_none_is_missed_or_told_twice(string list, string order, string fields, string expected)
    {
        var whole = await PageAsync("first: 100");

        Assert.Equal(expected, string.Join(", ", Nodes(whole)));
        Assert.Equal(expected, string.Join(", ", await WalkAsync("first: 1", "after", "hasNextPage", "endCursor")));
        Assert.Equal(expected, string.Join(", ", (await WalkAsync("last: 1", "before", "hasPreviousPage", "startCursor")).AsEnumerable().Reverse()));
        if (!order.StartsWith("updatedSince", StringComparison.Ordinal))
        {
            Assert.Equal(expected.Split(", ").Length, (await PageAsync("first: 1")).GetProperty("totalCount").GetInt32());
        }

        async Task<List<string>> WalkAsync(string size, string argument, string more, string end)
        {
            List<string> walked = [];
            for (string? cursor = ""; cursor is not null && walked.Count < 100;)
            {
                var page = await PageAsync(cursor.Length == 0 ? size : $"{size}, {argument}: \"{cursor}\"");
                walked.AddRange(Nodes(page));
                var info = page.GetProperty("pageInfo");
                cursor = info.GetProperty(more).GetBoolean() ? info.Text(end) : null;
            }
            return walked;
        }

        async Task<JsonElement> PageAsync(string page) => (await _platform.AskAsync(
            $$"""{ {{list}}({{page}}, {{order}}) { nodes { {{fields}} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }""")).At(list);
    }

    [Fact]
    public async Task A_list_that_is_read_from_an_instant_on_goes_by_changes_alone()
    {
        var answer = await _platform.AskAsync("""{ payouts(updatedSince: "2025-01-01T00:00:00Z", orderBy: { field: AMOUNT }) { nodes { id } } }""");

        Assert.Equal(["parameter_invalid"], answer.Codes);
        Assert.Contains("/orderBy/field", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("after")]
    [InlineData("before")]
    public async Task A_cursor_of_another_order_is_refused_by_the_name_of_its_argument(string argument)
    {
        var cursor = (await _platform.AskAsync("{ payouts(first: 1) { pageInfo { endCursor } } }")).At("payouts", "pageInfo").Text("endCursor");
        var answer = await _platform.AskAsync($$"""{ payouts({{argument}}: "{{cursor}}", orderBy: { field: AMOUNT }) { nodes { id } } }""");

        Assert.Equal(["cursor_invalid"], answer.Codes);
        Assert.Contains($"\"/{argument}\"", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>The leaves of each node.</summary>
    private static IEnumerable<string> Nodes(JsonElement page) => page.GetProperty("nodes").EnumerateArray().Select(n => string.Join(' ', Leaves(n)));

    private static IEnumerable<string> Leaves(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().SelectMany(p => Leaves(p.Value)) : [value.ToString()];
}
