using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Ledger;

public sealed class LedgerTests
{
    [Fact]
    public async Task Every_account_is_told_with_both_sides_and_the_whole_is_zero()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "500");
        await platform.SellAsync("T1", "E1", "2025-01-05", "400", version: 2);

        var balance = (await platform.GetAsync("/v1/ledger/trial-balance")).Expect(200).Json;

        var expense = balance.GetProperty("accounts").EnumerateArray().Single(a => a.Text("account") == "commission_expense");
        // 25 and 5 are posted, then the differences of the correction are taken off.
        Assert.Equal(24m, expense.Number("balance"));
        Assert.Equal(expense.Number("debits") - expense.Number("credits"), expense.Number("balance"));
        var usd = Assert.Single(balance.GetProperty("currencies").EnumerateArray());
        Assert.Equal((usd.Number("debits"), 0m), (usd.Number("credits"), usd.Number("difference")));
        Assert.Empty((await platform.GetAsync("/v1/ledger/trial-balance?period=2025-02")).Expect(200).Json.GetProperty("accounts").EnumerateArray());
        Assert.Equal(24m, (await platform.GetAsync("/v1/ledger/trial-balance?period=2025-Q1")).Expect(200).Json.GetProperty("accounts").EnumerateArray().Single(a => a.Text("account") == "commission_expense").Number("balance"));
        Assert.Equal("period_unknown", (await platform.GetAsync("/v1/ledger/trial-balance?period=x")).Expect(422).Code);
    }

    [Fact]
    public async Task Postings_are_listed_by_rep_and_period_and_paged_without_a_gap()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "500");
        await platform.SellAsync("T2", "E1", "2025-02-05", "500");
        await platform.SellAsync("T3", "E2", "2025-02-05", "500");

        var posting = Assert.Single(await platform.ListAsync("/v1/ledger/postings?rep=E1&period=2025-01"));
        Assert.Equal(("commission_expense", 25m, "earning", "2025-01", "b"), (posting.Text("debit"), posting.Money("amount"), posting.Text("kind"), posting.Text("period"), posting.Text("component")));
        Assert.Equal($"accrued:{posting.GetProperty("rep").Text("id")}", posting.Text("credit"));
        var all = await platform.ListAsync("/v1/ledger/postings");
        List<string> ids = [];
        for (var next = "/v1/ledger/postings?limit=2"; next is not null;)
        {
            var page = (await platform.GetAsync(next)).Expect(200).Json;
            ids.AddRange(page.GetProperty("data").EnumerateArray().Select(p => p.Text("id")));
            next = page.GetProperty("next_cursor").GetString() is { } cursor ? $"/v1/ledger/postings?limit=2&cursor={cursor}" : null;
        }
        Assert.Equal(all.Select(p => p.Text("id")), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal("rep_unknown", (await platform.GetAsync("/v1/ledger/postings?rep=nobody")).Expect(422).Code);
    }
}
