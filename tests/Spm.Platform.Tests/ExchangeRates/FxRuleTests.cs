using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.ExchangeRates;

/// <summary>One rule for a company: plans that name another one are refused, and so is another one while plans name it.</summary>
public sealed class FxRuleTests : IAsyncLifetime
{
    private const string Average = """{"rate":"month_average","average_decimals":4}""";

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task The_rule_is_told_as_it_can_be_put_again()
    {
        Assert.Equal("transaction_date", await RuleAsync());
        foreach (var (rule, told) in new[] { (Average, "month_average 4"), ("""{"rate":"month_average"}""", "month_average 10"), ("""{"rate":"fixed","fixed_rates":{"EUR":1.0800,"GBP":"1.25"}}""", "fixed EUR 1.08, GBP 1.25") })
        {
            (await _platform.RuleAsync(rule)).Expect(200);
            Assert.Equal(told, await RuleAsync());
            var company = (await _platform.GetAsync("/v1/company")).Expect(200).Json;
            (await _platform.RuleAsync(company.GetProperty("fx").GetRawText())).Expect(200);
            Assert.Equal(told, await RuleAsync());
        }
    }

    [Theory]
    [InlineData("""{"rate":"fixed"}""", "/fx", "fx_rule_invalid")]
    [InlineData("""{"rate":"fixed","fixed_rates":{"EURO":"1"}}""", "/fx/fixed_rates/EURO", "fx_rule_invalid")]
    [InlineData("""{"rate":"fixed","fixed_rates":{"EUR":"0"}}""", "/fx/fixed_rates/EUR", "fx_rule_invalid")]
    [InlineData("""{"rate":"fixed","fixed_rates":{"USD":"1"}}""", "/fx/fixed_rates/USD", "fx_rate_of_own_currency")]
    [InlineData("""{"rate":"transaction_date","fixed_rates":{"EUR":"1"}}""", "/fx/fixed_rates", "fx_rule_invalid")]
    [InlineData("""{"rate":"month_average","average_decimals":11}""", "/fx/average_decimals", "fx_rule_invalid")]
    public async Task A_rule_that_cannot_be_read_is_refused_at_its_place(string rule, string pointer, string code)
    {
        var answer = (await _platform.RuleAsync(rule)).Expect(422);
        Assert.Equal((code, pointer), (answer.Code, answer.Json.GetProperty("errors")[0].Text("pointer")));
        Assert.Equal("transaction_date", await RuleAsync());
    }

    [Theory]
    [InlineData("""{"rate":"spot"}""", "field_malformed")]
    [InlineData("""{"fixed_rates":{"EUR":"1"}}""", "field_required")]
    [InlineData("""{"rate":"fixed","fixed":{"EUR":"1"}}""", "field_unknown")]
    public async Task A_rule_of_another_form_is_none(string rule, string code) => Assert.Equal(code, (await _platform.RuleAsync(rule)).Expect(400).Code);

    [Fact]
    public async Task Without_a_currency_fixed_rates_are_refused_for_that_alone() =>
        Assert.Equal("currency_unknown", (await _platform.PutAsync("/v1/company", """{"name":"Acme","currency":null,"fx":{"rate":"fixed","fixed_rates":{"EUR":"1"}}}""")).Expect(422).Code);

    [Fact]
    public async Task A_plan_that_names_another_rule_is_refused_at_its_place_and_checked_likewise()
    {
        var refused = (await _platform.PutAsync("/v1/plans/crm/abroad", Plan(Average))).Expect(422);
        Assert.Equal(("plan_fx_differs", "/versions/0/fx"), (refused.Code, refused.Json.GetProperty("errors")[0].Text("pointer")));
        var check = (await _platform.PostAsync("/v1/plans/check", Plan(Average))).Expect(200).Json;
        Assert.False(check.GetProperty("accepted").GetBoolean());
        Assert.Equal("plan_fx_differs", check.GetProperty("errors")[0].Text("code"));

        (await _platform.PutAsync("/v1/plans/crm/abroad", Plan("""{"rate":"transaction_date"}"""))).Expect(201);
        (await _platform.PutAsync("/v1/plans/crm/home", Plan(null))).Expect(201);
        // The verdict on a document is one under a rule: under another it is another.
        (await _platform.PutAsync("/v1/plans/crm/abroad", Plan(null))).Expect(200);
        (await _platform.RuleAsync(Average)).Expect(200);
        (await _platform.PutAsync("/v1/plans/crm/abroad", Plan(Average))).Expect(200);
    }

    [Fact]
    public async Task Another_rule_is_refused_while_plans_name_this_one()
    {
        (await _platform.RuleAsync(Average)).Expect(200);
        (await _platform.PutAsync("/v1/plans/crm/abroad", Plan(Average))).Expect(201);

        var refused = (await _platform.RuleAsync("""{"rate":"transaction_date"}""")).Expect(409);
        Assert.Equal("fx_rule_in_use", refused.Code);
        Assert.Contains("abroad", refused.Text);
        Assert.Equal("fx_rule_in_use", (await _platform.PutAsync("/v1/company", """{"name":"Acme","currency":"USD"}""")).Expect(409).Code);
        Assert.Equal("month_average 4", await RuleAsync());

        (await _platform.PutAsync("/v1/plans/crm/abroad", Plan(null))).Expect(200);
        (await _platform.RuleAsync("""{"rate":"transaction_date"}""")).Expect(200);
    }

    [Fact]
    public async Task The_currency_stays_while_rates_are_given_in_it()
    {
        await using var platform = await TestPlatform.StartAsync();
        (await platform.RateAsync("2025-01-01", "1.08")).Expect(201);
        Assert.Equal("currency_in_use", (await platform.PutAsync("/v1/company", """{"name":"Acme","currency":"EUR"}""")).Expect(409).Code);
        (await platform.NoRateAsync("2025-01-01")).Expect(200);
        (await platform.PutAsync("/v1/company", """{"name":"Acme","currency":"EUR"}""")).Expect(200);
        Assert.Equal("EUR", (await platform.PutAsync("/v1/fx-rates", """{"from":"USD","day":"2025-01-01","rate":"0.9"}""")).Expect(201).Json.Text("to"));
    }

    private async Task<string> RuleAsync()
    {
        var fx = (await _platform.GetAsync("/v1/company")).Expect(200).Json.GetProperty("fx");
        var more = fx.GetProperty("average_decimals") is { ValueKind: JsonValueKind.Number } decimals ? $" {decimals}"
            : fx.GetProperty("fixed_rates") is { ValueKind: JsonValueKind.Object } rates ? " " + string.Join(", ", rates.EnumerateObject().Select(r => $"{r.Name} {r.Value.GetString()}"))
            : "";
        return fx.Text("rate") + more;
    }

    private static string Plan(string? fx)
    {
        const string version = "\"effective_from\":\"2025-01-01\",";
        return SmallCompany.Document("abroad", """{"id":"b","measure":"bookings","rate":5}""").Replace(version, fx is null ? version : $"{version}\"fx\":{fx},", StringComparison.Ordinal);
    }
}
