using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.ExchangeRates;

/// <summary>Rates as records of a company: set, listed, taken away, imported, refused.</summary>
public sealed class FxRateTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_rate_is_set_corrected_listed_and_taken_away_and_every_step_is_in_the_audit_trail()
    {
        var set = (await _platform.RateAsync("2025-01-01", "1.0800")).Expect(201).Json;
        Assert.Equal(("EUR", "USD", "2025-01-01", "1.08"), (set.Text("from"), set.Text("to"), set.Text("day"), set.Text("rate")));
        (await _platform.RateAsync("2025-01-01", "1.08")).Expect(200);
        (await _platform.RateAsync("2025-01-01", "1.09")).Expect(200);
        (await _platform.RateAsync("2024-12-31", "0.0000000001", "JPY")).Expect(201);
        (await _platform.RateAsync("2024-06-30", "999999999.9999999999")).Expect(201);

        Assert.Equal(["EUR 2024-06-30 999999999.9999999999", "EUR 2025-01-01 1.09", "JPY 2024-12-31 0.0000000001"], await ListAsync("/v1/fx-rates?limit=1"));
        Assert.Equal(["JPY 2024-12-31 0.0000000001"], await ListAsync("/v1/fx-rates?from=JPY"));
        Assert.Empty(await ListAsync("/v1/fx-rates?from=GBP"));

        Assert.Equal("1.09", (await _platform.NoRateAsync("2025-01-01")).Expect(200).Json.Text("rate"));
        Assert.Equal("not_found", (await _platform.NoRateAsync("2025-01-01")).Expect(404).Code);
        (await _platform.RateAsync("2025-01-01", "1.07")).Expect(201);
        // A rate that is here already is no entry.
        Assert.Equal(5, (await _platform.AllAsync("/v1/audit?action=fx_rate.put")).Count);
        Assert.Equal("EUR/2025-01-01", Assert.Single(await _platform.AllAsync("/v1/audit?action=fx_rate.delete")).Text("subject"));
    }

    [Theory]
    [InlineData("""{"from":"EUR","day":"2025-01-01","rate":"0"}""", 422, "rate", "fx_rate_out_of_range")]
    [InlineData("""{"from":"EUR","day":"2025-01-01","rate":"-1"}""", 422, "rate", "fx_rate_out_of_range")]
    [InlineData("""{"from":"EUR","day":"2025-01-01","rate":"1000000000"}""", 422, "rate", "fx_rate_out_of_range")]
    [InlineData("""{"from":"EUR","day":"2025-01-01","rate":"1.00000000001"}""", 422, "rate", "fx_rate_out_of_range")]
    [InlineData("""{"from":"EUR","day":"2025-01-01","rate":"1,08"}""", 400, "rate", "field_malformed")]
    [InlineData("""{"from":"EUR","day":"01.01.2025","rate":"1.08"}""", 400, "day", "field_malformed")]
    [InlineData("""{"from":"EURO","day":"2025-01-01","rate":"1.08"}""", 422, "from", "currency_unknown")]
    [InlineData("""{"from":"USD","day":"2025-01-01","rate":"1.08"}""", 422, "from", "fx_rate_of_own_currency")]
    [InlineData("""{"from":"EUR","day":"2025-01-01"}""", 400, "rate", "field_required")]
    [InlineData("""{"from":"EUR","rate":"1.08"}""", 400, "day", "field_required")]
    [InlineData("""{"from":"EUR","to":"USD","day":"2025-01-01","rate":"1.08"}""", 400, "to", "field_unknown")]
    public async Task A_broken_rate_is_named_by_field_and_rule(string body, int status, string field, string code)
    {
        var answer = (await _platform.PutAsync("/v1/fx-rates", body)).Expect(status);
        Assert.Equal((code, $"/{field}"), (answer.Code, answer.Json.GetProperty("errors")[0].Text("pointer")));
        Assert.Empty(await ListAsync("/v1/fx-rates"));
    }

    [Theory]
    [InlineData("?from=EUR", 400, "parameter_invalid")]
    [InlineData("?day=2025-01-01", 400, "parameter_invalid")]
    [InlineData("?from=EUR&day=soon", 400, "parameter_invalid")]
    [InlineData("?from=EURO&day=2025-01-01", 422, "currency_unknown")]
    [InlineData("?from=EUR&day=2025-01-01", 404, "not_found")]
    public async Task What_cannot_be_taken_away_is_named(string query, int status, string code) =>
        Assert.Equal(code, (await _platform.SendAsync(HttpMethod.Delete, $"/v1/fx-rates{query}")).Expect(status).Code);

    [Theory]
    [InlineData("text/csv", "from,day,rate\nEUR,2025-01-01,1.08\nEUR,2025-02-01,\nEURO,2025-01-01,1\nUSD,2025-01-01,1\nEUR,2025-03-01,0\nGBP,2025-01-01,1.25\n")]
    [InlineData("application/x-ndjson", "{\"from\":\"EUR\",\"day\":\"2025-01-01\",\"rate\":\"1.08\"}\n{\"from\":\"EUR\",\"day\":\"2025-02-01\"}\n{\"from\":\"EURO\",\"day\":\"2025-01-01\",\"rate\":1}\n{\"from\":\"USD\",\"day\":\"2025-01-01\",\"rate\":1}\n{\"from\":\"EUR\",\"day\":\"2025-03-01\",\"rate\":0}\n{\"from\":\"GBP\",\"day\":\"2025-01-01\",\"rate\":1.25}")]
    public async Task Of_a_file_good_rows_go_in_and_broken_ones_are_named(string type, string file)
    {
        var job = await _platform.ImportAsync("fx_rates", file, type);

        Assert.Equal("read 6 = created 2 + corrected 0 + unchanged 0 + rejected 4", job.Counts());
        Assert.Equal(["2 rate field_required", "3 from currency_unknown", "4 from fx_rate_of_own_currency", "5 rate fx_rate_out_of_range"], await _platform.RejectedAsync(job));
        Assert.Equal(["EUR 2025-01-01 1.08", "GBP 2025-01-01 1.25"], await ListAsync("/v1/fx-rates"));
        Assert.Equal("read 6 = created 0 + corrected 0 + unchanged 2 + rejected 4", (await _platform.ImportAsync("fx_rates", file, type)).Counts());
    }

    [Fact]
    public async Task Many_rates_of_one_file_credit_a_transaction_anew_once()
    {
        (await _platform.SellAbroadAsync("T1", "2025-12-20", "100")).Expect(201);
        var rows = Enumerable.Range(0, 300).Select(i => $$"""{"from":"EUR","day":"{{new DateOnly(2025, 1, 1).AddDays(i):yyyy-MM-dd}}","rate":"1.{{i:000}}"}""");

        Assert.Equal("read 300 = created 300 + corrected 0 + unchanged 0 + rejected 0", (await _platform.ImportAsync("fx_rates", string.Join('\n', rows))).Counts());

        Assert.Equal("129.90 USD", await _platform.CreditedAsync("T1"));
        Assert.Equal(1, _platform.Service<SpmStore>().Read(s => s.Long("select count(*) from credits_past")));
    }

    [Fact]
    public async Task A_rate_that_makes_too_much_of_an_amount_is_refused_by_itself()
    {
        (await _platform.SellAbroadAsync("T1", "2025-01-10", "9000000000000")).Expect(201);
        Assert.Equal("limit_exceeded", (await _platform.RateAsync("2025-01-01", "1000000")).Expect(422).Code);
        Assert.Empty(await ListAsync("/v1/fx-rates"));

        var job = await _platform.ImportAsync("fx_rates", "from,day,rate\nEUR,2024-01-01,1\nEUR,2025-01-01,1000000\nGBP,2025-01-01,1000000", "text/csv");

        Assert.Equal("read 3 = created 2 + corrected 0 + unchanged 0 + rejected 1", job.Counts());
        Assert.Equal(["EUR 2024-01-01 1", "GBP 2025-01-01 1000000"], await ListAsync("/v1/fx-rates"));
        Assert.Equal("limit_exceeded", (await _platform.SellAbroadAsync("T2", "2025-01-10", "9000000000000", currency: "GBP")).Expect(422).Code);
        Assert.Equal("9000000000000.00 USD", await _platform.CreditedAsync("T1"));
    }

    [Fact]
    public async Task They_are_there_after_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("spm-test-").FullName;
        try
        {
            await using (var platform = await TestPlatform.StartAsync(data))
            {
                await SmallCompany.CreateAsync(platform);
                (await platform.RuleAsync("""{"rate":"month_average","average_decimals":0}""")).Expect(200);
                (await platform.RateAsync("2025-01-01", "1.6")).Expect(201);
                (await platform.RateAsync("2025-01-02", "5")).Expect(201);
                (await platform.NoRateAsync("2025-01-02")).Expect(200);
                (await platform.SellAbroadAsync("T1", "2025-01-10", "100")).Expect(201);
            }
            await using var again = await TestPlatform.StartAsync(data);
            Assert.Single(await again.AllAsync("/v1/fx-rates"));
            (await again.SellAbroadAsync("T2", "2025-01-11", "100")).Expect(201);
            Assert.Equal("200.00 USD", await again.CreditedAsync("T2"));
            // Half of the quota at 5 %: what was credited before the stop and after it.
            Assert.Equal(20m, await again.PaidAsync("E1", "2025-01"));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Rates_of_one_tenant_convert_nothing_of_another()
    {
        await using var platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");
        await SmallCompany.CreateAsync(platform);
        (await platform.SellAbroadAsync("T1", "2025-01-10", "100")).Expect(201);
        var stranger = await platform.TenantAsync("other");
        (await stranger.PutAsync("/v1/company", """{"name":"Other","currency":"USD"}""")).Expect(200);

        (await stranger.PutAsync("/v1/fx-rates", """{"from":"EUR","day":"2025-01-01","rate":"2"}""")).Expect(201);

        Assert.Equal("currency_without_rate 100.00", await platform.CreditedAsync("T1"));
        Assert.Empty(await platform.AllAsync("/v1/fx-rates"));
    }

    private async Task<string[]> ListAsync(string path) => [.. (await _platform.AllAsync(path)).Select(r => $"{r.Text("from")} {r.Text("day")} {r.Text("rate")}")];
}
