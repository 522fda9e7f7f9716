using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Laws;

/// <summary>What fails in the middle takes nothing else with it: nobody's pay is forgotten, nothing is left locked.</summary>
public sealed class FailureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_retry_that_fails_leaves_the_company_free_to_change()
    {
        await using var platform = await TestPlatform.StartAsync();
        using var tenant = new LawTenant(platform.Http.BaseAddress!, TestPlatform.Key);
        await SmallCompany.CreateAsync(platform);
        var job = await tenant.StartImportAsync("transactions", [Order("H1", "new"), Order("H2", "new")]);
        await FinishedAsync(tenant, job);
        await tenant.PutAsync("/v1/reps/hris/new", """{"name":"New"}""");
        var writer = platform.Service<SpmStore>().Writer;
        await writer.WriteAsync(s => { TestStore.Break(s, "txn", "new.external_id = 'H2'"); });

        Assert.Equal(202, (await tenant.SendAsync(HttpMethod.Post, $"/v1/imports/{job}/retry")).Status);
        Assert.Equal("failed", await FinishedAsync(tenant, job));

        await tenant.PutAsync("/v1/reps/hris/new", """{"name":"Newer"}""").WaitAsync(Patience);
        Assert.Empty(await tenant.ListAsync("/v1/transactions"));
    }

    [Fact]
    public async Task A_rep_who_cannot_be_settled_keeps_nobody_else_from_pay()
    {
        const int reps = 600;
        await using var platform = await TestPlatform.StartAsync();
        using var tenant = new LawTenant(platform.Http.BaseAddress!, TestPlatform.Key);
        await SmallCompany.CreateAsync(platform);
        await tenant.ImportAsync("reps", Enumerable.Range(0, reps).Select(i => $$"""{"external_id":"N{{i}}","name":"N{{i}}","plan":"ae"}"""));
        await tenant.ImportAsync("quotas", Enumerable.Range(0, reps).Select(i => $$"""{"rep":"N{{i}}","measure":"bookings","period":"2025-01","amount":"1000"}"""));
        var writer = platform.Service<SpmStore>().Writer;
        await writer.WriteAsync(s => { TestStore.Break(s, "payout", "new.rep = 5"); });

        var job = await tenant.StartImportAsync("transactions", Enumerable.Range(0, reps).Select(i => SmallCompany.Order($"T{i}", $"N{i}", "2025-01-05", "100")));
        Assert.Equal("succeeded", await FinishedAsync(tenant, job));
        await writer.WriteAsync(s => { TestStore.DropTrigger(s, "broken", "payout"); });

        Assert.Equal(reps, (await tenant.ListAsync("/v1/payouts")).Count);
    }

    private static string Order(string id, string rep) => SmallCompany.Order(id, rep, "2025-07-01", "100");

    private static async Task<string> FinishedAsync(LawTenant tenant, string import)
    {
        while (true)
        {
            if ((await tenant.GetAsync($"/v1/imports/{import}")).Text("status") is ("succeeded" or "failed") and var status)
            {
                return status;
            }
            await Task.Delay(5);
        }
    }
}
