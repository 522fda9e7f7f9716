using Microsoft.Extensions.DependencyInjection;
using Spm.Platform.Tests.PayoutBatches;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Changes;

/// <summary>The system's clock is set back or forward while the platform runs, or between two runs.</summary>
public sealed class ClockJumpTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_reads_what_changed_misses_nothing_when_the_clock_is_set_back(bool isRestarted)
    {
        if (!isRestarted)
        {
            TestCluster.SkipClockSetBack();
        }
        var clock = new ManualClock();
        var data = Directory.CreateTempSubdirectory("spm-test-").FullName;
        var platform = await StartAsync(clock, data);
        try
        {
            await SmallCompany.CreateAsync(platform);
            await platform.SellAsync("T1", "E1", "2025-01-05", "10");
            var seen = $"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}";

            clock.Advance(TimeSpan.FromHours(-1));
            if (isRestarted)
            {
                await platform.DisposeAsync();
                platform = await StartAsync(clock, data);
            }
            await platform.SellAsync("T2", "E1", "2025-01-06", "20");
            (await platform.PutAsync("/v1/reps/hris/E2", """{"name":"Renamed","plan":"ae","manager":"M1"}""")).Expect(200);

            Assert.Contains("T2", (await platform.ListAsync($"/v1/transactions?updated_since={seen}")).Select(t => t.Text("external_id")));
            Assert.Contains("E2", (await platform.ListAsync($"/v1/reps?updated_since={seen}")).Select(r => r.Text("external_id")));
            Assert.NotEmpty(await platform.ListAsync($"/v1/payouts?rep=E1&updated_since={seen}"));
        }
        finally
        {
            await platform.DisposeAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task A_batch_is_paid_once_however_the_clock_jumps_beneath_its_lease()
    {
        var clock = new ManualClock();
        await using var platform = await TestPlatform.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(clock));
        await BatchTests.ClosedAsync(platform);
        var batch = await platform.ApprovedBatchAsync("2025-01");
        var first = (await platform.PostAsync($"/v1/payout-batches/{batch}/claim", """{"lease_seconds":900}""")).Expect(200).Json;
        (string, string, string?)[] lines = [.. first.GetProperty("lines").EnumerateArray().Select(l => (l.Text("id"), "paid", (string?)"R"))];

        clock.Advance(TimeSpan.FromDays(-1));
        Assert.Equal("batch_claimed", (await platform.ClaimAsync(batch)).Expect(409).Code);
        (await platform.AckAsync(batch, first.Text("claim"), lines[0])).Expect(200);
        clock.Advance(TimeSpan.FromDays(3));
        var second = (await platform.ClaimAsync(batch)).Expect(200).Json;
        Assert.Equal(lines.Length - 1, second.GetProperty("lines").GetArrayLength());
        Assert.Contains((await platform.AckAsync(batch, first.Text("claim"), lines[1])).Code, (string[])["claim_expired", "claim_unknown"]);
        clock.Advance(TimeSpan.FromDays(-2));
        foreach (var line in lines.Skip(1))
        {
            (await platform.AckAsync(batch, second.Text("claim"), line)).Expect(200);
        }

        Assert.Equal("paid", (await platform.GetAsync($"/v1/payout-batches/{batch}")).Expect(200).Json.Text("status"));
        Assert.Equal(0m, (await platform.GetAsync("/v1/ledger/trial-balance")).Expect(200).Json.GetProperty("accounts").EnumerateArray().Sum(a => a.Number("balance")));
    }

    private static Task<TestPlatform> StartAsync(ManualClock clock, string data) => TestPlatform.StartAsync(data, b => b.Services.AddSingleton<TimeProvider>(clock));
}
