using Spm.Platform.Hosts;
using Spm.Platform.Tests.Laws;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Hosts;

/// <summary>A WebSocket may come to any host.</summary>
public sealed class SocketHandOnTests
{
    [Fact]
    public async Task Events_of_a_tenant_are_told_through_every_host()
    {
        var store = PostgresServer.Required.Schema();
        await using var one = await TestPlatform.StartAsync(settings: [$"--Spm:Store={store}"]);
        await using var two = await TestPlatform.StartAsync(settings: [$"--Spm:Store={store}"]);
        await SmallCompany.CreateAsync(one);
        var rep = (await one.ListAsync("/v1/reps?external_id=E1"))[0].Text("id");
        using var socket = await TestSocket.OpenAsync(two.Http.BaseAddress!, TestPlatform.Key);
        await socket.SubscribeAsync("1", Live(rep));
        Assert.Equal(["connection_ack", "next"], [await socket.HearTypeAsync(), await socket.HearTypeAsync()]);

        await one.SellAsync("T1", "E1", "2025-01-05", "1000");

        Assert.Equal("50.00", (await socket.HearAsync())!.Value.GetProperty("payload").GetProperty("data").GetProperty("repLive").GetProperty("live").GetProperty("periods")[0].GetProperty("payout").Text("amount"));
        Assert.Empty(two.Service<TenantHosts>().Mine);
    }

    [Fact]
    public async Task When_the_host_of_the_tenant_is_killed_the_client_is_told_to_connect_again_and_is_answered()
    {
        var (store, folder) = (PostgresServer.Required.Schema(), Directory.CreateTempSubdirectory("spm-sockets-").FullName);
        using var killed = await HostProcess.StartAsync(folder, store);
        using (var http = new LawTenant(killed.At, TestPlatform.Key))
        {
            Assert.Equal(200, (await http.SendAsync(HttpMethod.Get, "/v1/company", null)).Status);
        }
        await using var two = await TestPlatform.StartAsync(settings: [$"--Spm:Store={store}"]);
        using var socket = await TestSocket.OpenAsync(two.Http.BaseAddress!, TestPlatform.Key);
        Assert.Equal("connection_ack", await socket.HearTypeAsync());

        killed.Kill();

        Assert.Equal("closed 1012", await socket.HearTypeAsync());
        string first;
        do
        {
            using var again = await TestSocket.OpenAsync(two.Http.BaseAddress!, TestPlatform.Key);
            first = await again.HearTypeAsync();
        }
        while (first == "closed 1013");
        Assert.Equal("connection_ack", first);
        Directory.Delete(folder, recursive: true);
    }

    private static string Live(string rep) => $$"""subscription { repLive(rep: "{{rep}}", period: "2025-01") { cursor live { periods { payout { amount } } } } }""";
}
