using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Http;

public sealed class PagingTests
{
    [Theory]
    [InlineData("/v1/quotas?rep=E1", "period")]
    [InlineData("/v1/transactions?source=crm", "external_id")]
    [InlineData("/v1/transactions?updated_since=2025-01-01T00:00:00Z", "external_id")]
    [InlineData("/v1/attainments?period=2025", "rep.id")]
    [InlineData("/v1/audit?action=transaction.put", "no")]
    public async Task Pages_lead_back_to_the_first_by_the_same_rows(string path, string key)
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        for (var n = 0; n < 5; n++)
        {
            await platform.SellAsync($"T{n}", "E1", "2025-01-05", "10");
        }
        List<string> there = [], back = [];

        var at = (await platform.GetAsync($"{path}&limit=2")).Expect(200);
        Assert.DoesNotContain("rel=\"prev\"", at.Headers["Link"], StringComparison.Ordinal);
        there.Add(Rows(at, key));
        while (Link(at, "next") is { } next)
        {
            at = (await platform.GetAsync(next)).Expect(200);
            there.Add(Rows(at, key));
        }
        back.Add(Rows(at, key));
        while (Link(at, "prev") is { } previous)
        {
            at = (await platform.GetAsync(previous)).Expect(200);
            back.Insert(0, Rows(at, key));
        }

        Assert.True(there.Count > 1);
        Assert.Equal(string.Concat(there), string.Concat(back));
        Assert.NotNull(at.Json.GetProperty("next_cursor").GetString());
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused_in_either_direction()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var first = (await platform.GetAsync("/v1/quotas?limit=2")).Expect(200);
        var second = (await platform.GetAsync(Link(first, "next")!)).Expect(200);

        var before = Link(second, "prev")!.Split("cursor=")[1];

        Assert.Equal("cursor_invalid", (await platform.GetAsync($"/v1/reps?limit=2&cursor={before}")).Expect(400).Code);
    }

    private static string Rows(TestPlatform.Answer page, string key) =>
        string.Concat(page.Json.GetProperty("data").EnumerateArray().Select(r => $"{key.Split('.').Aggregate(r, (at, name) => at.GetProperty(name))} "));

    private static string? Link(TestPlatform.Answer page, string rel) =>
        page.Headers["Link"].Split(", ").FirstOrDefault(l => l.EndsWith($"rel=\"{rel}\"", StringComparison.Ordinal)) is { } link ? link[1..link.IndexOf('>')] : null;
}
