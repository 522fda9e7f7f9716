using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Graph;

/// <summary>What a query costs the store does not grow with the number of objects that it answers with.</summary>
public sealed class StatementTests : IAsyncLifetime
{
    private const int Few = 2;
    private const int Many = 20;

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
        (await _platform.PutAsync("/v1/territories/crm/WEST", """{"name":"West","reps":[{"rep":"E1"}]}""")).Expect(201);
        for (var i = 0; i < Many; i++)
        {
            (await _platform.PutAsync($"/v1/reps/hris/N{i}", $$"""{"name":"Rep {{i}}","manager":"M1","plan":"ae"}""")).Expect(201);
            (await _platform.PutAsync("/v1/quotas", $$"""{"rep":"N{{i}}","measure":"bookings","period":"2025-01","amount":"1000"}""")).Expect(201);
            await _platform.SellAsync($"T{i}", $"N{i}", "2025-01-05", "500");
        }
        await _platform.CloseAsync("2025-01");
        await _platform.BatchAsync("2025-01");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("{ reps(first: %) { nodes { name manager { name reports { name } } payouts { amount { amount } batch { status } } } } }")]
    [InlineData("{ reps(first: %) { nodes { name territories { name parent { name } } attainments { attainment } quotas { amount measure { name } } } } }")]
    [InlineData("{ reps(first: %) { nodes { live(period: \"2025-01\") { periods { payout { amount } } } plans { plan { name } } } } }")]
    [InlineData("{ transactions(first: %) { nodes { rep { name live { periods { period } } } account { name } credits { credits { rep { name email } } problems { code } } } } }")]
    [InlineData("{ payouts(first: %) { nodes { rep { name payouts(period: \"2025-01\") { id batch { id } } } batch { id period } } } }")]
    [InlineData("{ payoutBatches(first: %) { nodes { id etag } } }")]
    [InlineData("{ repPerformance(period: \"2025\", first: %) { nodes { rep { name payouts { id } attainments(period: \"2025-01\") { attainment } } } } }")]
    [InlineData("{ problems(first: %) { nodes { rep { name manager { name } } } } }")]
    [InlineData("{ postings(first: %) { nodes { rep { name payouts { status } } } } }")]
    public async Task A_nested_query_reads_as_often_for_many_objects_as_for_few(string document)
    {
        // Grains read their state when they are first asked.
        await CountAsync(document, Many);

        Assert.Equal(await CountAsync(document, Few), await CountAsync(document, Many));
    }

    [Fact]
    public async Task Nodes_of_a_kind_are_read_together_and_counting_is_done_when_it_is_asked_for()
    {
        var ids = (await _platform.ListAsync("/v1/payouts")).Select(p => p.GetProperty("id").GetString()!).Take(Many).ToArray();
        var one = await CountAsync($$"""{ nodes(ids: ["{{ids[0]}}"]) { id } }""", 1);
        Assert.Equal(one, await CountAsync($$"""{ nodes(ids: [{{string.Join(", ", ids.Select(i => $"\"{i}\""))}}]) { id } }""", 1));

        var page = await CountAsync("{ transactions(first: 2) { nodes { id } } }", 2);
        Assert.Equal(page + 1, await CountAsync("{ transactions(first: 2) { totalCount nodes { id } } }", 2));
    }

    [Fact]
    public async Task Reps_and_attainments_are_counted_without_being_worked_out()
    {
        var answer = await _platform.AskAsync("{ repPerformance(period: \"2025-01\", first: 1) { totalCount } attainments(first: 1) { totalCount } one: attainments(first: 1, filter: { rep: \"N1\" }) { totalCount } }");
        Assert.Equal((await _platform.AskAsync("{ repPerformance(period: \"2025-01\", first: 1000) { nodes { planId } } }")).At("repPerformance", "nodes").GetArrayLength(), answer.At("repPerformance").GetProperty("totalCount").GetInt32());
        Assert.Equal((await _platform.AskAsync("{ attainments(first: 1000) { nodes { period } } }")).At("attainments", "nodes").GetArrayLength(), answer.At("attainments").GetProperty("totalCount").GetInt32());
        Assert.Equal(1, answer.At("one").GetProperty("totalCount").GetInt32());
        Assert.Equal(await CountAsync("{ repPerformance(period: \"2025-01\", first: 1) { nodes { planId } } }", 1), await CountAsync("{ repPerformance(period: \"2025-01\", first: 1) { totalCount nodes { planId } } }", 1));
    }

    /// <summary>The least of a few times: what the platform reads in the background meanwhile only adds.</summary>
    private async Task<long> CountAsync(string document, int first)
    {
        var store = _platform.Service<SpmStore>();
        var least = long.MaxValue;
        for (var time = 0; time < 5; time++)
        {
            // What is unsettled is settled first.
            (await _platform.GetAsync("/v1/payouts")).Expect(200);
            var before = store.StatementsRead;
            Assert.Empty((await _platform.AskAsync(document.Replace("%", $"{first}", StringComparison.Ordinal))).Codes);
            least = Math.Min(least, store.StatementsRead - before);
        }
        return least;
    }
}
