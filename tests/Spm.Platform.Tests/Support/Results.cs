using System.Text.Json;

namespace Spm.Platform.Tests.Support;

/// <summary>Reads results the way tests ask for them: one figure of one rep in one period.</summary>
internal static class Results
{
    public static async Task<string> IdAsync(this TestPlatform platform, string collection, string externalId) =>
        (await platform.GetAsync($"/v1/{collection}?external_id={externalId}")).Expect(200).Json.GetProperty("data")[0].Text("id");

    /// <summary>A rep's fiscal month, live.</summary>
    public static async Task<JsonElement> MonthAsync(this TestPlatform platform, string rep, string month) =>
        (await platform.GetAsync($"/v1/reps/{await platform.IdAsync("reps", rep)}/live?period={month}")).Expect(200).Json.GetProperty("periods")[0];

    /// <summary>"credited/to date/attainment/incentive" of the first component, then the month's payout.</summary>
    public static async Task<string> LiveAsync(this TestPlatform platform, string rep, string month)
    {
        var live = await platform.MonthAsync(rep, month);
        var component = live.GetProperty("components")[0];
        return $"credited {component.Text("credited")}, to date {component.Text("credited_to_date")} = {component.Text("attainment")} %, "
            + $"incentive {component.GetProperty("incentive").Text("amount")}, payout {live.GetProperty("payout").Text("amount")}";
    }

    public static async Task<List<JsonElement>> AllAsync(this TestPlatform platform, string path)
    {
        List<JsonElement> all = [];
        for (string? cursor = null; ;)
        {
            var page = (await platform.GetAsync(path + (cursor is null ? "" : $"{(path.Contains('?') ? '&' : '?')}cursor={cursor}"))).Expect(200).Json;
            all.AddRange(page.GetProperty("data").EnumerateArray());
            if ((cursor = page.GetProperty("next_cursor").GetString()) is null)
            {
                return all;
            }
        }
    }

    public static async Task PostAsync(this TestPlatform platform, string transaction, int expected) =>
        (await platform.PostAsync("/v1/transactions", transaction)).Expect(expected);

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString() ?? "null";

    public static string MoneyText(this JsonElement element, string name) => element.GetProperty(name).Text("amount");
}
