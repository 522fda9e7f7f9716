using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.ExchangeRates;

/// <summary>Deals of other currencies, from the rate that converts them to the pay that comes of it.</summary>
public sealed class ConversionTests : IAsyncLifetime
{
    private const string Thirds = """ "splits":[{"rep":"E1","percent":"33.3333"},{"rep":"E2","percent":"33.3333"},{"rep":"M1","percent":"33.3334"}]""";

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Without_a_rate_nobody_is_credited_and_what_is_at_stake_is_listed_until_the_rate_comes()
    {
        (await _platform.SellAbroadAsync("T1", "2025-01-10", "100")).Expect(201);
        var problem = Assert.Single(await _platform.AllAsync("/v1/problems"));
        Assert.Equal(("currency_without_rate", "100.00", "EUR"), (problem.Text("code"), problem.Text("amount"), problem.Text("currency")));

        // A rate of a later day, or of another currency, is none.
        (await _platform.RateAsync("2025-01-11", "1.5")).Expect(201);
        (await _platform.RateAsync("2025-01-01", "1.5", "GBP")).Expect(201);
        Assert.Equal("currency_without_rate 100.00", await _platform.CreditedAsync("T1"));

        (await _platform.RateAsync("2025-01-10", "1.08")).Expect(201);
        Assert.Equal("108.00 USD", await _platform.CreditedAsync("T1"));
        Assert.Empty(await _platform.AllAsync("/v1/problems"));
        Assert.Equal(5.4m, await _platform.PaidAsync("E1", "2025-01"));
        await _platform.BalancesAsync();
    }

    [Fact]
    public async Task A_rate_that_comes_between_changes_or_goes_credits_what_it_decides_anew()
    {
        (await _platform.RateAsync("2025-01-01", "1.08")).Expect(201);
        (await _platform.SellAbroadAsync("T1", "2025-01-04", "100")).Expect(201);
        (await _platform.SellAbroadAsync("T2", "2025-01-10", "100")).Expect(201);
        Assert.Equal(("108.00 USD", "108.00 USD"), await BothAsync());

        (await _platform.RateAsync("2025-01-05", "1.10")).Expect(201);
        Assert.Equal(("108.00 USD", "110.00 USD"), await BothAsync());
        (await _platform.RateAsync("2025-01-05", "1.20")).Expect(200);
        Assert.Equal(("108.00 USD", "120.00 USD"), await BothAsync());
        (await _platform.NoRateAsync("2025-01-01")).Expect(200);
        Assert.Equal(("currency_without_rate 100.00", "120.00 USD"), await BothAsync());
        (await _platform.NoRateAsync("2025-01-05")).Expect(200);
        Assert.Equal(("currency_without_rate 100.00", "currency_without_rate 100.00"), await BothAsync());
        Assert.Equal(0m, await _platform.PaidAsync("E1", "2025-01"));
        await _platform.BalancesAsync();

        async Task<(string, string)> BothAsync() => (await _platform.CreditedAsync("T1"), await _platform.CreditedAsync("T2"));
    }

    [Fact]
    public async Task A_months_average_moves_with_every_rate_of_the_month()
    {
        (await _platform.RuleAsync("""{"rate":"month_average","average_decimals":4}""")).Expect(200);
        (await _platform.SellAbroadAsync("T1", "2025-01-10", "100")).Expect(201);
        Assert.Equal("currency_without_rate 100.00", await _platform.CreditedAsync("T1"));
        (await _platform.RateAsync("2025-01-02", "1.00")).Expect(201);
        Assert.Equal("100.00 USD", await _platform.CreditedAsync("T1"));
        (await _platform.RateAsync("2025-01-30", "1.10")).Expect(201);
        (await _platform.RateAsync("2025-01-31", "1.10")).Expect(201);
        (await _platform.RateAsync("2025-02-01", "9")).Expect(201);

        Assert.Equal("106.67 USD", await _platform.CreditedAsync("T1"));
        var conversion = (await _platform.CreditsAsync("T1")).GetProperty("conversion");
        Assert.Equal(("month_average", "1.0667", JsonValueKind.Null, 3),
            (conversion.Text("basis"), conversion.Text("rate"), conversion.GetProperty("rate_day").ValueKind, conversion.GetProperty("rate_count").GetInt32()));
    }

    [Fact]
    public async Task A_fixed_rate_needs_no_other_and_hears_of_none()
    {
        (await _platform.RateAsync("2025-01-01", "2")).Expect(201);
        (await _platform.SellAbroadAsync("T1", "2025-01-10", "100")).Expect(201);
        (await _platform.SellAbroadAsync("T2", "2025-01-10", "100", currency: "GBP")).Expect(201);
        (await _platform.RuleAsync("""{"rate":"fixed","fixed_rates":{"EUR":"1.25"}}""")).Expect(200);
        Assert.Equal("125.00 USD", await _platform.CreditedAsync("T1"));
        (await _platform.RateAsync("2025-01-10", "3")).Expect(201);
        Assert.Equal("125.00 USD", await _platform.CreditedAsync("T1"));
        Assert.Equal("currency_without_rate 100.00", await _platform.CreditedAsync("T2"));

        // Without `fx` it is the rate of the day again.
        (await _platform.PutAsync("/v1/company", """{"name":"Acme","currency":"USD"}""")).Expect(200);
        Assert.Equal("300.00 USD", await _platform.CreditedAsync("T1"));
    }

    [Fact]
    public async Task The_parts_of_a_split_sum_to_the_converted_whole_and_a_refund_takes_back_exactly_that()
    {
        (await _platform.RateAsync("2025-01-01", "1.0823456789")).Expect(201);
        (await _platform.SellAbroadAsync("T1", "2025-01-10", "100.01", $"{Thirds},\"margin\":\"10.01\"")).Expect(201);
        var whole = decimal.Round(100.01m * 1.0823456789m, 4, MidpointRounding.ToEven);
        var credits = await _platform.CreditsAsync("T1");
        Assert.Equal(whole, credits.GetProperty("credits").EnumerateArray().Sum(c => c.Money("amount")));
        Assert.Equal(decimal.Round(10.01m * 1.0823456789m, 4, MidpointRounding.ToEven), credits.GetProperty("credits").EnumerateArray().Sum(c => c.Number("margin")));
        var conversion = credits.GetProperty("conversion");
        Assert.Equal((100.01m, whole, 10.01m), (conversion.Money("original"), conversion.Money("converted"), conversion.Money("original_margin")));

        (await _platform.SellAbroadAsync("R1", "2025-01-10", "100.01", $"{Thirds},\"margin\":\"10.01\",\"deal\":\"T1\"", kind: "refund")).Expect(201);
        var back = await _platform.CreditsAsync("R1");
        Assert.Equal(-whole, back.GetProperty("conversion").Money("converted"));
        Assert.Equal(0m, back.GetProperty("credits").EnumerateArray().Concat(credits.GetProperty("credits").EnumerateArray()).Sum(c => c.Money("amount")));
        foreach (var rep in (string[])["E1", "E2", "M1"])
        {
            Assert.Equal(0m, await _platform.PaidAsync(rep, "2025-01"));
        }
    }

    [Fact]
    public async Task Of_a_closed_month_the_difference_is_paid_later_and_rolls_up()
    {
        (await _platform.RateAsync("2025-01-01", "1.00")).Expect(201);
        (await _platform.SellAbroadAsync("T1", "2025-01-10", "400")).Expect(201);
        await _platform.CloseAsync("2025-01");
        var closed = (await _platform.PayoutAsync("E1", "2025-01")).GetRawText();

        (await _platform.RateAsync("2025-01-01", "1.25")).Expect(200);

        Assert.Equal(closed, (await _platform.PayoutAsync("E1", "2025-01")).GetRawText());
        Assert.Equal(5m, (await _platform.PayoutAsync("E1", "2025-02")).Money("adjustments"));
        Assert.Equal(1m, (await _platform.PayoutAsync("M1", "2025-02")).Money("adjustments"));
        await _platform.BalancesAsync();
    }

    [Fact]
    public async Task Single_deals_and_sums_are_paid_the_same_cents()
    {
        (await _platform.PutAsync("/v1/plans/crm/deals", SmallCompany.Document("deals", """{"id":"b","measure":"bookings","credits":["direct"],"per":"deal","rate":"7.77"}"""))).Expect(201);
        (await _platform.PutAsync("/v1/plans/crm/sums", SmallCompany.Document("sums", """{"id":"b","measure":"bookings","credits":["direct"],"rate":"7.77"}"""))).Expect(201);
        (await _platform.PutAsync("/v1/reps/hris/D1", """{"name":"Deals","manager":"M1","plan":"deals"}""")).Expect(201);
        (await _platform.PutAsync("/v1/reps/hris/S1", """{"name":"Sums","manager":"M1","plan":"sums"}""")).Expect(201);
        (await _platform.RateAsync("2025-01-01", "1.0823456789")).Expect(201);
        for (var i = 1; i <= 20; i++)
        {
            (await _platform.SellAbroadAsync($"T{i}", $"2025-01-{i:00}", $"{i * 37.13m}", """ "splits":[{"rep":"D1","percent":"50"},{"rep":"S1","percent":"50"}]""")).Expect(201);
        }
        await SameAsync();
        (await _platform.RateAsync("2025-01-08", "0.9123456789")).Expect(201);
        await SameAsync();

        async Task SameAsync()
        {
            // Half of an uneven ten-thousandth goes to the first: less than a cent in all.
            var (deals, sums) = (await ExplainedAsync("D1"), await ExplainedAsync("S1"));
            Assert.Equal(deals, sums);
            Assert.NotEqual(0m, deals);
        }
    }

    [Fact]
    public async Task What_is_refunded_paid_or_cancelled_whole_in_its_own_currency_is_whole_whatever_the_rate_of_the_day()
    {
        (await _platform.PutAsync("/v1/plans/crm/whole", SmallCompany.Document("whole", """
            {"id":"premium","measure":"bookings","credits":["direct"],"per":"deal","earn":"75"},
            {"id":"held","measure":"bookings","credits":["direct"],"rate":10,"hold":{"until":"cash"}},
            {"id":"clawed","measure":"bookings","credits":["direct"],"rate":10,"clawback":{"percent":100}}
            """))).Expect(201);
        (await _platform.PutAsync("/v1/reps/hris/W1", """{"name":"Whole","manager":"M1","plan":"whole"}""")).Expect(201);
        (await _platform.PutAsync("/v1/reps/hris/W2", """{"name":"Whole","manager":"M1","plan":"whole"}""")).Expect(201);
        (await _platform.PutAsync("/v1/reps/hris/W3", """{"name":"Whole","manager":"M1","plan":"whole"}""")).Expect(201);
        (await _platform.RateAsync("2025-01-01", "1.1")).Expect(201);
        (await _platform.RateAsync("2025-02-01", "1.0823456789")).Expect(201);
        const string parts = """ "splits":[{"rep":"W1","percent":"33.3333"},{"rep":"W2","percent":"66.6667"}]""";

        (await _platform.SellAbroadAsync("T1", "2025-01-10", "1000", parts)).Expect(201);
        (await _platform.SellAbroadAsync("R1", "2025-02-10", "500", $"{parts},\"deal\":\"T1\"", kind: "refund")).Expect(201);
        (await _platform.SellAbroadAsync("R2", "2025-02-11", "500", $"{parts},\"deal\":\"T1\"", kind: "refund")).Expect(201);
        foreach (var rep in (string[])["W1", "W2"])
        {
            var premium = (await _platform.MonthAsync(rep, "2025-02")).GetProperty("components").EnumerateArray().Single(c => c.Text("component") == "premium");
            Assert.Equal(-75m, premium.Money("incentive"));
        }

        (await _platform.SellAbroadAsync("T2", "2025-01-20", "900", "\"rep\":\"W3\"")).Expect(201);
        (await _platform.SellAbroadAsync("P2", "2025-02-20", "450", "\"rep\":\"W3\",\"deal\":\"T2\"", kind: "payment")).Expect(201);
        (await _platform.SellAbroadAsync("C2", "2025-02-21", "450", "\"rep\":\"W3\",\"deal\":\"T2\"", kind: "cancellation")).Expect(201);
        Assert.Equal((49.5m, -49.5m), (await LineAsync("release", "held"), await LineAsync("clawback", "clawed")));

        async Task<decimal> LineAsync(string line, string component) => (await _platform.MonthAsync("W3", "2025-02")).GetProperty("lines").EnumerateArray()
            .Where(l => l.Text("line") == line && l.Text("component") == component).Sum(l => l.Money("amount"));
    }

    [Fact]
    public async Task Every_figure_of_a_payout_recomputes_from_the_deals_as_they_were_sent()
    {
        (await _platform.RateAsync("2025-01-03", "1.0889")).Expect(201);
        (await _platform.SellAbroadAsync("T1", "2025-01-10", "100.50", """ "splits":[{"rep":"E1","percent":"60"},{"rep":"E2","percent":"40"}]""")).Expect(201);
        await _platform.SellAsync("T2", "E1", "2025-01-11", "50");

        var incentive = (await _platform.ExplainAsync("E1", "2025-01")).GetProperty("incentives")[0];

        var credits = incentive.GetProperty("credits").EnumerateArray().ToDictionary(c => c.GetProperty("transaction").Text("external_id"));
        var abroad = credits["T1"].GetProperty("transaction");
        var conversion = abroad.GetProperty("conversion");
        Assert.Equal(("100.50", "EUR", "2025-01-03", "1.0889"), (abroad.Text("amount"), abroad.Text("currency"), conversion.Text("rate_day"), conversion.Text("rate")));
        Assert.Equal(decimal.Round(100.50m * 1.0889m, 4), conversion.Money("converted"));
        Assert.Equal(decimal.Round(conversion.Money("converted") * 0.6m, 4), credits["T1"].Number("amount"));
        Assert.Equal(JsonValueKind.Null, credits["T2"].GetProperty("transaction").GetProperty("conversion").ValueKind);
        Assert.Equal(incentive.Number("credited"), credits.Values.Sum(c => c.Number("amount")));
        Assert.Equal(decimal.Round(incentive.Number("credited") * 0.05m, 2), incentive.Money("amount"));
    }

    [Fact]
    public async Task What_came_in_is_credited_or_listed_in_its_own_currency_whatever_the_rate()
    {
        (await _platform.PutAsync("/v1/reps/hris/OUT", """{"name":"Left","left_on":"2025-01-01"}""")).Expect(201);
        (await _platform.SellAbroadAsync("S1", "2025-01-10", "100", """ "splits":[{"rep":"E1","percent":"70"},{"rep":"OUT","percent":"30"}]""")).Expect(201);
        (await _platform.SellAbroadAsync("H1", "2025-01-10", "11", "\"house\":true")).Expect(201);
        Assert.Equal("111.00 = 0.00 + 111.00", await ReconciledAsync());
        foreach (var rate in (string[])["1.08", "0.3333333333", "77"])
        {
            await _platform.RateAsync("2025-01-01", rate);
            Assert.Equal("111.00 = 70.00 + 41.00", await ReconciledAsync());
            Assert.Equal(["rep_not_employed 30.00 EUR", "uncredited 11.00 EUR"],
                (await _platform.AllAsync("/v1/problems")).Select(p => $"{p.Text("code")} {p.Text("amount")} {p.Text("currency")}").Order(StringComparer.Ordinal));
        }

        async Task<string> ReconciledAsync()
        {
            var euros = (await _platform.GetAsync("/v1/reconciliation")).Expect(200).Json.GetProperty("by_currency").EnumerateArray().Single(c => c.Text("currency") == "EUR");
            return $"{euros.GetProperty("transactions").Text("amount")} = {euros.GetProperty("credited").Text("amount")} + {euros.GetProperty("uncredited").Text("amount")}";
        }
    }

    [Fact]
    public async Task A_territory_counts_what_is_converted_also_where_nobody_is_credited()
    {
        (await _platform.PutAsync("/v1/territories/crm/W", """{"name":"West"}""")).Expect(201);
        (await _platform.SellAbroadAsync("T1", "2025-01-10", "100", "\"territory\":\"W\"")).Expect(201);
        Assert.DoesNotContain("100.00", await LiveAsync());
        (await _platform.RateAsync("2025-01-01", "1.5")).Expect(201);
        Assert.Contains("150.00", await LiveAsync());
        (await _platform.RateAsync("2025-01-01", "1.6")).Expect(200);
        Assert.Contains("160.00", await LiveAsync());
        Assert.DoesNotContain("150.00", await LiveAsync());

        async Task<string> LiveAsync() => (await _platform.GetAsync($"/v1/territories/{await _platform.IdAsync("territories", "W")}/live")).Expect(200).Text;
    }

    private async Task<decimal> ExplainedAsync(string rep)
    {
        var incentive = (await _platform.ExplainAsync(rep, "2025-01")).GetProperty("incentives")[0];
        Assert.Equal(incentive.Number("credited"), incentive.GetProperty("credits").EnumerateArray().Sum(c => c.Number("amount")));
        return incentive.Money("amount");
    }
}
