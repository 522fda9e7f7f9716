using System.Globalization;
using System.Text.Json;

namespace Spm.Platform.Tests.Support;

/// <summary>What happens in a month of the small company, in the words of those who do it.</summary>
public static class Steps
{
    public static async Task SellAsync(this TestPlatform platform, string id, string rep, string date, string amount, int version = 1, string kind = "order") =>
        (await platform.PostAsync("/v1/transactions", SmallCompany.Order(id, rep, date, amount, version, kind))).Expect(version == 1 ? 201 : 200);

    public static async Task CloseAsync(this TestPlatform platform, string month) => (await platform.PostAsync($"/v1/periods/{month}/close")).Expect(200);

    public static async Task<JsonElement[]> ListAsync(this TestPlatform platform, string path) =>
        [.. (await platform.GetAsync(path)).Expect(200).Json.GetProperty("data").EnumerateArray()];

    public static async Task<JsonElement> PayoutAsync(this TestPlatform platform, string rep, string month) =>
        Assert.Single(await platform.ListAsync($"/v1/payouts?rep={rep}&period={month}"));

    public static async Task<JsonElement> ExplainAsync(this TestPlatform platform, string rep, string month) =>
        (await platform.GetAsync($"/v1/payouts/{(await platform.PayoutAsync(rep, month)).Text("id")}/explain")).Expect(200).Json;

    /// <summary>A move with the ETag as it stands; the answer is not checked.</summary>
    public static async Task<TestPlatform.Answer> MoveAsync(this TestPlatform platform, string resource, string verb)
    {
        var etag = (await platform.GetAsync(resource)).Expect(200).Headers["ETag"];
        return await platform.PostAsync($"{resource}/{verb}", null, ("If-Match", etag));
    }

    public static async Task<string> BatchAsync(this TestPlatform platform, string month) =>
        (await platform.PostAsync("/v1/payout-batches", $$"""{"period":"{{month}}"}""")).Expect(201).Json.Text("id");

    public static async Task<string> ApprovedBatchAsync(this TestPlatform platform, string month)
    {
        var batch = await platform.BatchAsync(month);
        (await platform.MoveAsync($"/v1/payout-batches/{batch}", "approve")).Expect(200);
        return batch;
    }

    public static Task<TestPlatform.Answer> ClaimAsync(this TestPlatform platform, string batch, int seconds = 900) =>
        platform.PostAsync($"/v1/payout-batches/{batch}/claim", $$"""{"lease_seconds":{{seconds}}}""");

    public static Task<TestPlatform.Answer> AckAsync(this TestPlatform platform, string batch, string claim, params (string Line, string Result, string? Reference)[] lines) =>
        platform.PostAsync($"/v1/payout-batches/{batch}/ack", JsonSerializer.Serialize(new
        {
            claim,
            lines = lines.Select(l => new { line = l.Line, result = l.Result, reference = l.Reference }),
        }));

    /// <summary>Debits less credits of the account that ends in the rep's id; zero when nothing was ever posted to it.</summary>
    public static async Task<decimal> BalanceAsync(this TestPlatform platform, string account, string rep)
    {
        var id = (await platform.ListAsync($"/v1/reps?external_id={rep}"))[0].Text("id");
        var accounts = (await platform.GetAsync("/v1/ledger/trial-balance")).Expect(200).Json.GetProperty("accounts").EnumerateArray();
        return accounts.Where(a => a.Text("account") == $"{account}:{id}").Sum(a => a.Number("balance"));
    }

    public static async Task BalancesAsync(this TestPlatform platform)
    {
        var balance = (await platform.GetAsync("/v1/ledger/trial-balance")).Expect(200).Json;
        Assert.True(balance.GetProperty("balanced").GetBoolean());
        Assert.All(balance.GetProperty("currencies").EnumerateArray(), c => Assert.Equal(0m, c.Number("difference")));
        Assert.Equal(0m, balance.GetProperty("accounts").EnumerateArray().Sum(a => a.Number("balance")));
    }

    public static decimal Number(this JsonElement element, string property) => decimal.Parse(element.Text(property), CultureInfo.InvariantCulture);

    public static decimal Money(this JsonElement element, string property) => element.GetProperty(property).Number("amount");
}
