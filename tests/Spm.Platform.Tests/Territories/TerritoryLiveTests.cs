using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Territories;

public sealed class TerritoryLiveTests
{
    [Fact]
    public async Task A_territory_has_its_own_transactions_and_those_below_it_rolled_up()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        (await platform.PutAsync("/v1/territories/crm/WORLD", """{"name":"World"}""")).Expect(201);
        (await platform.PutAsync("/v1/territories/crm/WEST", """{"name":"West","parent":"WORLD","reps":[{"rep":"E1","role":"owner","percent":"100"}]}""")).Expect(201);
        await platform.PostAsync(In("T1", "WEST", "2025-01-05", "100.50"), 201);
        await platform.PostAsync(In("T2", "WEST", "2025-02-05", "200"), 201);
        await platform.PostAsync(In("T3", "WORLD", "2025-02-06", "7"), 201);

        Assert.Equal(["2025-01 own 100.50 (1) roll-up 0.00 (0)", "2025-02 own 200.00 (1) roll-up 0.00 (0)"], await MonthsAsync(platform, "WEST"));
        // Nobody owns World: T3 is credited to nobody and yet the territory has it.
        Assert.Equal(["2025-01 own 0.00 (0) roll-up 100.50 (1)", "2025-02 own 7.00 (1) roll-up 200.00 (1)"], await MonthsAsync(platform, "WORLD"));

        await platform.PostAsync(In("T2", "WEST", "2025-02-05", "150", version: 2), 200);
        Assert.Equal("2025-02 own 7.00 (1) roll-up 150.00 (1)", (await MonthsAsync(platform, "WORLD"))[1]);

        var total = (await LiveAsync(platform, "WORLD")).GetProperty("measures")[0].GetProperty("total");
        Assert.Equal(("7.00", "250.50"), (total.MoneyText("own"), total.MoneyText("roll_up")));
        Assert.Equal("not_found", (await platform.GetAsync("/v1/territories/ter_nowhere/live")).Expect(404).Code);
    }

    private static async Task<JsonElement> LiveAsync(TestPlatform platform, string territory) =>
        (await platform.GetAsync($"/v1/territories/{await platform.IdAsync("territories", territory)}/live")).Expect(200).Json;

    private static async Task<List<string>> MonthsAsync(TestPlatform platform, string territory) =>
    [
        .. (await LiveAsync(platform, territory)).GetProperty("measures")[0].GetProperty("periods").EnumerateArray().Select(p =>
            $"{p.Text("period")} own {p.Money("own")} ({p.GetProperty("own").GetProperty("count")}) roll-up {p.Money("roll_up")} ({p.GetProperty("roll_up").GetProperty("count")})"),
    ];

    private static string In(string id, string territory, string date, string amount, int version = 1) =>
        $$"""{"source":"crm","external_id":"{{id}}","version":{{version}},"kind":"order","date":"{{date}}","amount":"{{amount}}","currency":"USD","territory":"{{territory}}"}""";
}
