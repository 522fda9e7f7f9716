namespace Spm.Platform.Tests.Laws;

/// <summary>Reference data that is corrected after the fact gives what it would have given from the start.</summary>
public sealed class ReferenceLaws(LawHost host)
{
    [Fact]
    public void Reference_data_in_any_order_among_the_transactions_ends_alike() => Law.Holds(12, async (seed, steps) =>
    {
        var (first, last, arrivals) = (new LawCompany(seed), new LawCompany(seed + 1), LawHistory.Arrivals(seed, steps));
        using var corrected = await host.TenantAsync(first);
        await PlayAsync(corrected, arrivals, last, seed, closing: false);

        using var right = await host.TenantAsync(last);
        await PostAllAsync(right, arrivals);
        Picture.ExpectEqual(await Picture.OfAsync(right), await Picture.OfAsync(corrected));
    });

    [Fact]
    public void After_a_closing_a_difference_is_paid_later_and_no_payout_that_was_closed_changes() => Law.Holds(10, async (seed, steps) =>
    {
        var (first, last, arrivals) = (new LawCompany(seed), new LawCompany(seed + 1), LawHistory.Arrivals(seed, steps));
        using var corrected = await host.TenantAsync(first);
        var closed = await PlayAsync(corrected, arrivals, last, seed, closing: true);
        foreach (var (month, payouts) in closed)
        {
            Assert.Equal(payouts, await PayoutsAsync(corrected, month));
        }

        using var right = await host.TenantAsync(last);
        await PostAllAsync(right, arrivals);
        await right.CloseAsInAsync(corrected);
        Picture.ExpectSameFacts(await Picture.OfAsync(right), await Picture.OfAsync(corrected));
    });

    [Fact]
    public void Records_by_import_and_one_by_one_end_alike() => Law.Holds(4, async (seed, steps) =>
    {
        var (first, last, arrivals) = (new LawCompany(seed), new LawCompany(seed + 1), LawHistory.Arrivals(seed, steps));
        using var imported = await host.TenantAsync(first);
        await PostAllAsync(imported, arrivals);
        foreach (var rows in Law.Shuffled(last.Records(), seed).GroupBy(r => r.Entity))
        {
            await imported.BringAsync(rows.Key, [.. rows]);
        }

        using var put = await host.TenantAsync(first);
        await PlayAsync(put, arrivals, last, seed, closing: false);
        Picture.ExpectEqual(await Picture.OfAsync(put), await Picture.OfAsync(imported));
    });

    /// <summary>Transactions and changed records in a mixed order; now and then a month is closed. Returns the payouts as they were closed.</summary>
    private static async Task<List<(string Month, List<string> Payouts)>> PlayAsync(LawTenant tenant, string[] arrivals, LawCompany changed, int seed, bool closing)
    {
        var steps = arrivals.Select(a => (Func<Task>)(() => tenant.PostAsync(a))).Concat(changed.Records().Select(r => (Func<Task>)(() => tenant.PutAsync(r))));
        var dice = new Random(seed);
        List<(string, List<string>)> closed = [];
        foreach (var step in Law.Shuffled(steps, seed))
        {
            await step();
            if (closing && closed.Count < 9 && dice.Next(12) == 0)
            {
                var month = $"2025-{closed.Count + 1:00}";
                await tenant.CloseAsync(month);
                closed.Add((month, await PayoutsAsync(tenant, month)));
            }
            if (dice.Next(5) == 0)
            {
                await tenant.ExpectBalancedAsync();
            }
        }
        return closed;
    }

    private static async Task PostAllAsync(LawTenant tenant, string[] arrivals)
    {
        foreach (var arrival in arrivals)
        {
            await tenant.PostAsync(arrival);
        }
    }

    private static async Task<List<string>> PayoutsAsync(LawTenant tenant, string month) =>
        [.. (await tenant.ListAsync($"/v1/payouts?period={month}")).Select(p => p.ToString())];
}
