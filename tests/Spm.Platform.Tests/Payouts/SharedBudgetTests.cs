using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Payouts;

/// <summary>A budget that reps share, as their deals come in and move.</summary>
public sealed class SharedBudgetTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
        (await _platform.PutAsync("/v1/plans/crm/spiff", SmallCompany.Document("spiff", """{"id":"s","measure":"bookings","per":"deal","earn":"10","spiff":{"budget":15,"from":"2025-02-01","to":"2025-04-01"}}"""))).Expect(201);
        foreach (var rep in (string[])["S1", "S2", "S3"])
        {
            (await _platform.PutAsync($"/v1/reps/hris/{rep}", $$"""{"name":"{{rep}}","plan":"spiff"}""")).Expect(201);
        }
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_rep_without_later_deals_frees_no_budget_that_others_are_paid_from()
    {
        await _platform.SellAsync("D1", "S1", "2025-02-01", "100");
        await _platform.SellAsync("D2", "S2", "2025-02-02", "100");
        await _platform.SellAsync("D3", "S2", "2025-03-10", "100");
        await _platform.SellAsync("D4", "S3", "2025-03-11", "100");
        await _platform.SellAsync("D5", "S3", "2025-05-11", "100");

        Assert.Equal(["10.00", "5.00", "0.00"], await PaidAsync());
    }

    [Fact]
    public async Task Deals_that_move_between_reps_are_answered_and_the_budget_is_served_anew()
    {
        var random = new Random(5);
        for (var version = 1; version <= 40; version++)
        {
            var deal = $"D{random.Next(6)}";
            var order = $$"""{"source":"crm","external_id":"{{deal}}","version":{{version}},"kind":"order","date":"2025-0{{random.Next(2, 4)}}-{{random.Next(10, 28)}}","amount":"100","currency":"USD","rep":"S{{random.Next(1, 4)}}","deleted":{{(random.Next(5) == 0 ? "true" : "false")}}}""";
            var answer = await _platform.PostAsync("/v1/transactions", order);
            Assert.True(answer.Status < 300, answer.Text);
        }
        foreach (var (deal, rep) in new[] { ("D0", "S1"), ("D1", "S2"), ("D2", "S3"), ("D3", "S1"), ("D4", "S1"), ("D5", "S1") })
        {
            (await _platform.PostAsync("/v1/transactions", SmallCompany.Order(deal, rep, $"2025-02-1{deal[1]}", "100", version: 99))).Expect(200);
        }

        Assert.Equal(["10.00", "5.00", "0.00"], await PaidAsync());
        await _platform.BalancesAsync();
    }

    private async Task<string[]> PaidAsync()
    {
        List<string> paid = [];
        foreach (var rep in (string[])["S1", "S2", "S3"])
        {
            var months = (await _platform.GetAsync($"/v1/reps/{await _platform.IdAsync("reps", rep)}/live?period=2025")).Expect(200).Json.GetProperty("periods").EnumerateArray();
            paid.Add($"{months.Sum(m => decimal.Parse(m.MoneyText("payout"), System.Globalization.CultureInfo.InvariantCulture)):0.00}");
        }
        return [.. paid];
    }
}
