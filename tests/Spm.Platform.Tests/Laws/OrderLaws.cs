namespace Spm.Platform.Tests.Laws;

/// <summary>Neither the order in which transactions arrive nor how they are batched can be seen in anything that is paid or shown.</summary>
public sealed class OrderLaws(LawHost host)
{
    [Fact]
    public void Any_order_and_any_batching_of_the_same_transactions_ends_alike() => Law.Holds(14, async (seed, steps) =>
    {
        var (company, arrivals) = (new LawCompany(seed), LawHistory.Arrivals(seed, steps));
        using var one = await host.TenantAsync(company);
        await PlayAsync(one, arrivals, seed);
        var played = await Picture.OfAsync(one);

        using var other = await host.TenantAsync(company);
        await PlayAsync(other, Law.Shuffled(arrivals, seed + 1), seed + 2);
        Picture.ExpectEqual(played, await Picture.OfAsync(other));
    });

    [Fact]
    public void What_is_live_after_corrections_is_what_the_final_versions_alone_give() => Law.Holds(8, async (seed, steps) =>
    {
        var (company, arrivals) = (new LawCompany(seed), LawHistory.Arrivals(seed, steps));
        using var corrected = await host.TenantAsync(company);
        await PlayAsync(corrected, arrivals, seed);

        using var fresh = await host.TenantAsync(company);
        await ImportAllAsync(fresh, LawHistory.Final(arrivals));
        Picture.ExpectEqual(await Picture.OfAsync(fresh), await Picture.OfAsync(corrected));
    });

    [Fact]
    public void Replaying_everything_changes_nothing_and_posts_nothing() => Law.Holds(6, async (seed, steps) =>
    {
        var (company, arrivals) = (new LawCompany(seed), LawHistory.Arrivals(seed, steps));
        using var tenant = await host.TenantAsync(company);
        await PlayAsync(tenant, arrivals, seed);
        var (before, postings) = (await Picture.OfAsync(tenant), await tenant.PostingsAsync());

        await PlayAsync(tenant, Law.Shuffled(arrivals, seed), seed + 1);
        foreach (var record in company.Records())
        {
            await tenant.PutAsync(record);
        }

        Picture.ExpectEqual(before, await Picture.OfAsync(tenant));
        Assert.Equal(postings, await tenant.PostingsAsync());
    });

    /// <summary>Posts some one by one and imports the others by chunks; the books balance after every step.</summary>
    private static async Task PlayAsync(LawTenant tenant, string[] arrivals, int seed)
    {
        var dice = new Random(seed);
        for (var i = 0; i < arrivals.Length;)
        {
            var size = dice.Next(3) == 0 ? dice.Next(2, 12) : 1;
            var chunk = arrivals.Skip(i).Take(size).ToArray();
            await (chunk.Length == 1 ? tenant.PostAsync(chunk[0]) : tenant.ImportAsync("transactions", chunk));
            await tenant.ExpectBalancedAsync();
            i += size;
        }
    }

    private static Task ImportAllAsync(LawTenant tenant, string[] rows) =>
        rows.Length == 0 ? Task.CompletedTask : tenant.ImportAsync("transactions", rows);
}
