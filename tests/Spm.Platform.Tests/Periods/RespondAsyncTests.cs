using Spm.Platform.Tenants;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Periods;

public sealed class RespondAsyncTests
{
    [Fact]
    public async Task Who_does_not_wait_for_a_closing_is_told_where_to_look()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");

        var busy = await platform.Service<TenantDirectory>().Get(1).Gate.ReadAsync();
        var answer = (await platform.PostAsync("/v1/periods/2025-01/close", null, ("Prefer", "respond-async, wait=0"), ("Idempotency-Key", "k"))).Expect(202);
        Assert.Equal(("respond-async", "/v1/periods/2025-01", "open"), (answer.Headers["Preference-Applied"], answer.Headers["Location"], answer.Json.Text("status")));
        busy.Dispose();

        while ((await platform.GetAsync(answer.Headers["Location"])).Expect(200).Json.Text("status") != "closed")
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        Assert.Equal(202, (await platform.PostAsync("/v1/periods/2025-01/close", null, ("Prefer", "respond-async, wait=0"), ("Idempotency-Key", "k"))).Status);
        Assert.Equal(50m, (await platform.PayoutAsync("E1", "2025-01")).Money("amount"));
    }

    [Fact]
    public async Task What_is_done_in_time_or_refused_is_answered_as_ever()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        var closed = (await platform.PostAsync("/v1/periods/2025-01/close", null, ("Prefer", "respond-async, wait=30"))).Expect(200);
        Assert.Equal("closed", closed.Json.Text("status"));
        Assert.False(closed.Headers.ContainsKey("Preference-Applied"));
        Assert.Equal("period_already_closed", (await platform.PostAsync("/v1/periods/2025-01/close", null, ("Prefer", "respond-async, wait=30"))).Expect(409).Code);
        Assert.Equal("not_found", (await platform.PostAsync("/v1/periods/2031-01/close", null, ("Prefer", "respond-async"))).Expect(404).Code);
    }
}
