using Orleans;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Periods;

public sealed class CutShortTests
{
    /// <summary>What the store holds when the process ends in the middle: the month is closing, and only one of two reps has got that far.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_closing_or_reopening_that_a_crash_cuts_short_ends_closed_and_nobody_is_due_twice(bool reopening)
    {
        var data = Directory.CreateTempSubdirectory("spm-test-").FullName;
        try
        {
            await using (var platform = await TestPlatform.StartAsync(data))
            {
                await SmallCompany.CreateAsync(platform);
                await platform.SellAsync("T1", "E1", "2025-01-05", "500");
                await platform.SellAsync("T2", "E2", "2025-01-05", "300");
                if (reopening)
                {
                    await platform.CloseAsync("2025-01");
                }
                else
                {
                    await platform.PayoutAsync("E1", "2025-01");
                }
                await platform.Service<CompanyCommands>().ChangeAsync<bool>(new Caller(1, "default", "test", new HashSet<string>()), editor =>
                {
                    editor.PutPeriod("2025-01", PeriodStatus.Closing);
                    return true;
                });
                var first = platform.Service<IGrainFactory>().GetGrain<IRepGrain>(GrainKey.Of(1, 1));
                var month = new DateOnly(2025, 1, 1).DayNumber;
                await (reopening ? first.Reopen(month) : first.Close(month));
            }
            await using (var platform = await TestPlatform.StartAsync(data))
            {
                Assert.Equal("closed", (await platform.GetAsync("/v1/periods/2025-01")).Expect(200).Json.Text("status"));
                var payouts = await platform.ListAsync("/v1/payouts");
                Assert.Equal([8m, 25m, 15m], payouts.Select(p => p.Money("amount")));
                Assert.All(payouts, p => Assert.False(p.GetProperty("trial").GetBoolean()));
                await platform.BalancesAsync();
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
