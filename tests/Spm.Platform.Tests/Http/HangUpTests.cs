using System.Net.Sockets;
using System.Text;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Http;

public sealed class HangUpTests
{
    [Fact]
    public async Task Who_hangs_up_before_the_answer_gets_it_under_the_same_idempotency_key()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "500");
        await platform.CloseAsync("2025-01");
        const string body = """{"period":"2025-01"}""";
        using var goOn = new ManualResetEventSlim();
        var busy = platform.Service<SpmStore>().Writer.WriteAsync(_ => goOn.Wait());

        using (var client = new TcpClient { LingerState = new LingerOption(true, 0) })
        {
            await client.ConnectAsync(platform.Http.BaseAddress!.Host, platform.Http.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /v1/payout-batches HTTP/1.1\r\nHost: spm\r\nAuthorization: Bearer {TestPlatform.Key}\r\nIdempotency-Key: k1\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            await Task.Delay(300);
        }
        await Task.Delay(300);
        goOn.Set();
        await busy;

        TestPlatform.Answer again;
        do
        {
            again = await platform.PostAsync("/v1/payout-batches", body, ("Idempotency-Key", "k1"));
        }
        while (again.Status == 409);
        Assert.Equal(201, again.Status);
        Assert.StartsWith("bat_", again.Json.Text("id"), StringComparison.Ordinal);
        Assert.Single(await platform.ListAsync("/v1/payout-batches"));
    }
}
