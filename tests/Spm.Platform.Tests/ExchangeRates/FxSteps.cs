using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.ExchangeRates;

/// <summary>What happens in a company that sells in other currencies than its own.</summary>
internal static class FxSteps
{
    public static Task<TestPlatform.Answer> RateAsync(this TestPlatform platform, string day, string rate, string from = "EUR") =>
        platform.PutAsync("/v1/fx-rates", $$"""{"from":"{{from}}","day":"{{day}}","rate":"{{rate}}"}""");

    public static Task<TestPlatform.Answer> NoRateAsync(this TestPlatform platform, string day, string from = "EUR") =>
        platform.SendAsync(HttpMethod.Delete, $"/v1/fx-rates?from={from}&day={day}");

    public static Task<TestPlatform.Answer> RuleAsync(this TestPlatform platform, string fx) =>
        platform.PutAsync("/v1/company", $$"""{"name":"Acme","currency":"USD","fx":{{fx}}}""");

    public static Task<TestPlatform.Answer> SellAbroadAsync(
        this TestPlatform platform, string id, string date, string amount, string who = "\"rep\":\"E1\"", string currency = "EUR", string kind = "order") => platform.PostAsync(
            "/v1/transactions",
            $$"""{"source":"crm","external_id":"{{id}}","kind":"{{kind}}","date":"{{date}}","amount":"{{amount}}","currency":"{{currency}}",{{who}}}""");

    public static async Task<JsonElement> CreditsAsync(this TestPlatform platform, string id)
    {
        var transaction = (await platform.GetAsync($"/v1/transactions?source=crm&external_id={id}")).Expect(200).Json.GetProperty("data")[0].Text("id");
        return (await platform.GetAsync($"/v1/transactions/{transaction}/credits")).Expect(200).Json;
    }

    /// <summary>What a transaction credits directly, and what is wrong with it: "108.00 USD", "currency_without_rate 100.00".</summary>
    public static async Task<string> CreditedAsync(this TestPlatform platform, string id)
    {
        var credits = await platform.CreditsAsync(id);
        return string.Join(", ", credits.GetProperty("credits").EnumerateArray().Select(c => $"{c.GetProperty("amount").Text("amount")} {c.GetProperty("amount").Text("currency")}")
            .Concat(credits.GetProperty("problems").EnumerateArray().Select(p => $"{p.Text("code")} {p.Text("amount_at_stake")}")));
    }

    public static async Task<decimal> PaidAsync(this TestPlatform platform, string rep, string month) => (await platform.MonthAsync(rep, month)).GetProperty("payout").Number("amount");
}
