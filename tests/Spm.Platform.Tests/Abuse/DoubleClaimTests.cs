using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Abuse;

public sealed class DoubleClaimTests
{
    [Fact]
    public async Task Of_many_payroll_runs_that_claim_a_batch_at_once_one_gets_it_and_each_line_is_paid_once()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.CloseAsync("2025-01");
        var batch = await platform.ApprovedBatchAsync("2025-01");
        var payrolls = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => platform.RoleAsync("payroll")));

        var claims = await Task.WhenAll(payrolls.SelectMany(p => Enumerable.Range(0, 4).Select(_ => p.PostAsync($"/v1/payout-batches/{batch}/claim", "{}"))));

        var won = Assert.Single(claims, c => c.Status == 200).Json;
        Assert.All(claims.Where(c => c.Status != 200), c => Assert.Equal("batch_claimed", c.Code));
        var line = won.GetProperty("lines")[0].Text("id");
        var acks = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => platform.AckAsync(batch, won.Text("claim"), (line, "paid", $"R{i}"))));
        Assert.Single(acks, a => a.Status == 200);
        await platform.BalancesAsync();
    }
}
