using Spm.Platform.Proofs;
using Spm.Platform.Tenants;
using Spm.Platform.Tests.Laws;
using Spm.Platform.Tests.Support;
using Spm.Platform.Tests.Webhooks;
using Spm.Storage;

namespace Spm.Platform.Tests.Proofs;

public sealed class ProofTests
{
    private const string AtFullSpeed = "--Spm:Proofs:Percent=100";

    [Theory]
    [InlineData("update payout set due = due + 100 where rep = 1 and month = (select min(month) from payout)", "payout_differs")]
    [InlineData("update payout set lines = '[]' where rep = 1", "payout_differs")]
    [InlineData("delete from payout where rep = 1", "payout_differs")]
    [InlineData("update payout set final = 0 where rep = 1 and final = 1", "payout_differs")]
    [InlineData("update posting set minor = minor + 1 where rep = 1 and kind = 0", "ledger_differs")]
    [InlineData("update posting set credit = debit, debit = credit where rep = 1 and kind = 0", "ledger_differs")]
    [InlineData("update posting set debit = 'accrued:somebody' where rep = 1 and kind = 2", "ledger_differs")]
    [InlineData("delete from posting where rep = 1 and kind = 3", "ledger_differs")]
    [InlineData("update posting set minor = minor * 2 where rep = 1 and kind = 3", "ledger_differs")]
    [InlineData("update posting set rep = 2 where rep = 1 and kind = 2", "ledger_differs")]
    [InlineData("update payout set status = 2 where rep = 1 and status = 4", "ledger_differs")]
    [InlineData("update measurement set direct = direct + 10000000 where kind = 0 and subject = 1", "payout_differs")]
    public async Task A_figure_that_was_changed_in_the_store_is_an_alarm(string tampering, string code)
    {
        await using var platform = await PaidAsync();
        await ProveAsync(platform);
        Assert.Empty(await AlarmsAsync(platform));

        await platform.Service<SpmStore>().Writer.WriteAsync(s => Assert.True(s.Execute(tampering) > 0));
        await ProveAsync(platform);

        var alarms = await AlarmsAsync(platform);
        Assert.Contains(alarms, a => a.StartsWith(code, StringComparison.Ordinal));
        Assert.Contains(alarms, a => a.EndsWith("E1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_alarm_is_told_once_stands_through_settlements_and_is_cleared_when_the_figure_is_right_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await TestPlatform.StartAsync(settings: [.. WebhookSteps.Settings, AtFullSpeed]);
        await PayAsync(platform);
        await platform.ListenAsync(receiver.Url, ["alarm.raised", "alarm.cleared"], "full");
        var writer = platform.Service<SpmStore>().Writer;

        await writer.WriteAsync(s => s.Execute("update posting set minor = minor + 1234 where rep = 1 and kind = 3"));
        await ProveAsync(platform);
        await ProveAsync(platform);
        await platform.SellAsync("T9", "E1", "2025-03-05", "10");
        await platform.PayoutAsync("E1", "2025-03");
        var problem = Assert.Single(await platform.ListAsync("/v1/problems?code=ledger_differs"));
        Assert.Equal(("12.34", "2025-01"), (problem.Text("amount"), problem.Text("period")));

        await writer.WriteAsync(s => s.Execute("update posting set minor = minor - 1234 where rep = 1 and kind = 3"));
        await ProveAsync(platform);
        Assert.Empty(await AlarmsAsync(platform));
        Assert.Equal(["alarm.raised", "alarm.cleared"], (await receiver.UntilAsync(2)).Select(r => r.Type));
        Assert.Equal("ledger_differs", receiver.All[0].Json.GetProperty("data").Text("code"));
        Assert.Contains("spm_proofs_alarms_total 1", (await platform.GetAsync("/metrics")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proofs_are_made_by_themselves()
    {
        await using var platform = await TestPlatform.StartAsync(settings: "--Spm:Proofs:PauseSeconds=1");
        await PayAsync(platform);

        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute("update payout set due = due + 100 where rep = 1 and final = 1"));

        for (var tries = 0; (await AlarmsAsync(platform)).Length == 0; tries++)
        {
            Assert.True(tries < 300, "No alarm within 30 seconds.");
            await Task.Delay(100);
        }
    }

    [Theory]
    // Of 42 nobody is owed anything in January.
    [InlineData(41)]
    [InlineData(42)]
    public async Task What_the_platform_did_itself_is_sound(int seed)
    {
        await using var platform = await TestPlatform.StartAsync(settings: AtFullSpeed);
        using var tenant = new LawTenant(platform.Http.BaseAddress!, TestPlatform.Key);
        var (first, last) = (new LawCompany(seed), new LawCompany(seed + 1));
        await tenant.SetUpAsync(first);
        await tenant.ImportAsync("transactions", LawHistory.Arrivals(seed, Enumerable.Range(0, 400), 300));
        await tenant.CloseAsync("2025-01");
        foreach (var record in last.Records())
        {
            await tenant.PutAsync(record);
        }
        await tenant.CloseAsync("2025-02");
        await tenant.ImportAsync("transactions", LawHistory.Arrivals(seed, Enumerable.Range(450, 200), 300));
        await platform.ApprovedBatchAsync("2025-02");
        await tenant.ExpectBalancedAsync();

        var runtime = platform.Service<TenantDirectory>().Get(1);
        await Task.Delay(300);
        Assert.Equal(runtime.Company.Reps.Count, await platform.Service<Prover>().ProveAsync(runtime, TestContext.Current.CancellationToken));

        Assert.Empty(await AlarmsAsync(platform));
    }

    private static async Task<TestPlatform> PaidAsync()
    {
        var platform = await TestPlatform.StartAsync(settings: AtFullSpeed);
        await PayAsync(platform);
        return platform;
    }

    /// <summary>January is paid, February approved, March open with an adjustment of January.</summary>
    private static async Task PayAsync(TestPlatform platform)
    {
        await SmallCompany.CreateAsync(platform);
        await platform.PayJanuaryAsync();
        await platform.SellAsync("T2", "E1", "2025-02-05", "700");
        await platform.CloseAsync("2025-02");
        await platform.ApprovedBatchAsync("2025-02");
        await platform.SellAsync("T3", "E1", "2025-03-05", "700");
        await platform.SellAsync("T4", "E1", "2025-01-07", "70");
        await platform.BalancesAsync();
    }

    /// <summary>Until a pass has found nothing on its way.</summary>
    private static async Task ProveAsync(TestPlatform platform)
    {
        var tenant = platform.Service<TenantDirectory>().Get(1);
        for (var tries = 0; await platform.Service<Prover>().ProveAsync(tenant, TestContext.Current.CancellationToken) < tenant.Company.Reps.Count; tries++)
        {
            Assert.True(tries < 50, "Something is always on its way.");
            await Task.Delay(100);
        }
    }

    /// <summary>"code rep"</summary>
    private static async Task<string[]> AlarmsAsync(TestPlatform platform) =>
    [
        .. (await platform.ListAsync("/v1/problems")).Where(p => p.Text("code") is "ledger_differs" or "payout_differs").Select(p => $"{p.Text("code")} {p.GetProperty("rep").Text("external_id")}"),
    ];
}
