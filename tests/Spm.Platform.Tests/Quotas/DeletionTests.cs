using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Quotas;

public sealed class DeletionTests : IAsyncLifetime
{
    private const string January = "/v1/quotas?rep=E1&measure=bookings&period=2025-01";

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_quota_that_is_taken_away_was_never_set()
    {
        await _platform.SellAsync("T1", "E1", "2025-01-05", "1500");
        Assert.Equal("100.00", (await _platform.PayoutAsync("E1", "2025-01")).GetProperty("amount").Text("amount"));

        Assert.Equal("1000.00", (await DeleteAsync(January)).Expect(200).Json.Text("amount"));

        Assert.Contains(await _platform.AllAsync("/v1/problems?rep=E1"), p => p.Text("code") == "quota_missing");
        Assert.DoesNotContain(await _platform.AllAsync("/v1/quotas?rep=E1"), q => q.Text("period") == "2025-01");
        Assert.Equal("not_found", (await DeleteAsync(January)).Expect(404).Code);
        Assert.Equal("quota.delete", (await _platform.AllAsync("/v1/audit?action=quota.delete"))[0].Text("action"));

        (await _platform.PutAsync("/v1/quotas", """{"rep":"E1","measure":"bookings","period":"2025-01","amount":"2000"}""")).Expect(201);
        Assert.Equal("75.00", (await _platform.PayoutAsync("E1", "2025-01")).GetProperty("amount").Text("amount"));
        await _platform.BalancesAsync();
    }

    [Fact]
    public async Task Of_a_quota_that_is_set_anew_within_its_period_the_named_part_goes()
    {
        (await _platform.PutAsync("/v1/quotas", """{"rep":"E1","measure":"bookings","period":"2025-01","from":"2025-01-17","amount":"4000"}""")).Expect(201);

        Assert.Equal("4000.00", (await DeleteAsync($"{January}&from=2025-01-17")).Expect(200).Json.Text("amount"));
        Assert.Equal("1000.00", Assert.Single(await _platform.AllAsync("/v1/quotas?rep=E1&period=2025-01")).Text("amount"));
        // The first day of the period is the quota of the period itself.
        Assert.Equal("1000.00", (await DeleteAsync($"{January}&from=2025-01-01")).Expect(200).Json.Text("amount"));
    }

    [Fact]
    public async Task It_stays_away_after_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("spm-test-").FullName;
        try
        {
            await using (var platform = await TestPlatform.StartAsync(data))
            {
                await SmallCompany.CreateAsync(platform);
                (await platform.SendAsync(HttpMethod.Delete, January)).Expect(200);
            }
            await using var again = await TestPlatform.StartAsync(data);
            Assert.DoesNotContain(await again.AllAsync("/v1/quotas?rep=E1"), q => q.Text("period") == "2025-01");
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Theory]
    [InlineData("/v1/quotas?rep=E1&measure=bookings", 400, "parameter_invalid")]
    [InlineData("/v1/quotas?rep=NOBODY&measure=bookings&period=2025-01", 422, "rep_unknown")]
    [InlineData("/v1/quotas?rep=E1&measure=nothing&period=2025-01", 422, "measure_unknown")]
    [InlineData("/v1/quotas?rep=E1&measure=bookings&period=1999", 422, "period_unknown")]
    [InlineData("/v1/quotas?rep=E1&measure=bookings&period=2025-01&from=soon", 400, "parameter_invalid")]
    [InlineData("/v1/quotas?rep=E1&measure=bookings&period=2025-02&from=2025-02-10", 404, "not_found")]
    public async Task What_cannot_be_found_is_named(string path, int status, string code) => Assert.Equal(code, (await DeleteAsync(path)).Expect(status).Code);

    private Task<TestPlatform.Answer> DeleteAsync(string path) => _platform.SendAsync(HttpMethod.Delete, path);
}
