using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Changes;

/// <summary>Follows the feed as an integrator does: from a cursor on until nothing follows.</summary>
internal sealed class ChangeFeed(TestCaller caller, int limit = 100)
{
    private string? _cursor;

    public string Cursor => _cursor!;

    public static async Task<ChangeFeed> FromNowAsync(TestCaller caller, int limit = 100)
    {
        var feed = new ChangeFeed(caller, limit);
        await feed.ReadAsync();
        return feed;
    }

    public async Task<List<JsonElement>> ReadAsync()
    {
        List<JsonElement> all = [];
        while (true)
        {
            var page = (await caller.GetAsync($"/v1/changes?limit={limit}{(_cursor is null ? "" : $"&cursor={_cursor}")}")).Expect(200).Json;
            Assert.True(page.GetProperty("data").GetArrayLength() <= limit);
            all.AddRange(page.GetProperty("data").EnumerateArray());
            _cursor = page.Text("next_cursor");
            if (!page.GetProperty("has_more").GetBoolean())
            {
                return all;
            }
        }
    }

    /// <summary>Kind, external id where there is one, and a minus before what was taken away.</summary>
    public async Task<string[]> NamesAsync() => [.. (await ReadAsync()).Select(c =>
        $"{(c.GetProperty("removed").GetBoolean() ? "-" : "")}{c.Text("kind")}{(c.GetProperty("external_id").GetString() is { } id ? $" {id}" : "")}")];
}
