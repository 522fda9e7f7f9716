using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Connections;

/// <summary>An account that shows much less than it did.</summary>
public sealed class VanishedTests
{
    private const string Header = "id,updated_at,name,amount,currency,status,close_date,owner\n";

    [Fact]
    public async Task A_full_read_that_shows_hardly_anything_takes_nothing_back_before_a_person_agrees()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Deals(20));
        platform.Drop("invoices-1.csv", "id,updated_at,number,amount,paid,currency,status,issued_on,opportunity\nI1,2025-01-06T09:00:00Z,1,400,400,USD,paid,2025-01-06,D1\n");
        var id = await platform.ConnectFolderAsync();
        platform.Drop("opportunities-1.csv", Deals(9));

        var run = await platform.RunAsync(id, "backfill");

        Assert.Equal("partial", run.Text("status"));
        Assert.Equal("paused schema_changed", run.GetProperty("streams").EnumerateArray().Single(s => s.Text("name") == "opportunities") is var stream ? $"{stream.Text("status")} {stream.GetProperty("reason").Text("kind")}" : "");
        Assert.Contains("does not show 11 of 20 records", Assert.Single(await platform.ListAsync("/v1/problems?code=stream_stopped")).Text("detail"));
        Assert.Contains("credited 200.00", await platform.LiveAsync("E1", "2025-01"));

        run = await platform.RunAsync(id, "resume");

        Assert.Equal("complete", run.Text("status"));
        Assert.Contains("credited 90.00", await platform.LiveAsync("E1", "2025-01"));
        Assert.Empty(await platform.ListAsync("/v1/problems?code=stream_stopped"));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_full_read_without_a_half_of_what_was_there_is_believed()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Deals(20));
        var id = await platform.ConnectFolderAsync();
        platform.Drop("opportunities-1.csv", Deals(10));

        Assert.Equal("complete", (await platform.RunAsync(id, "backfill")).Text("status"));

        Assert.Contains("credited 100.00", await platform.LiveAsync("E1", "2025-01"));
    }

    private static string Deals(int count) => Header + string.Concat(Enumerable.Range(1, count).Select(i => $"D{i},2025-01-05T10:00:00Z,Deal,10,USD,won,2025-01-05,E1\n"));
}
