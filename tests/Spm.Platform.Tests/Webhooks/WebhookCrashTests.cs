using Spm.Platform.Tests.Laws;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Webhooks;

/// <summary>The real process is killed while it delivers: every event arrives, and those of one subject first come in their order.</summary>
public sealed class WebhookCrashTests
{
    private const int Months = 12, Kills = 6;

    [Fact]
    public async Task A_kill_during_delivery_loses_no_event_and_puts_none_before_an_earlier_one_of_its_subject()
    {
        var data = Directory.CreateTempSubdirectory("spm-hooks-").FullName;
        await using var receiver = await Receiver.StartAsync();
        var dice = new Random(4);
        // Slow enough that a kill hits deliveries on their way, and sometimes failing.
        receiver.Answer = async (http, _) =>
        {
            await Task.Delay(Random.Shared.Next(5, 60));
            http.Response.StatusCode = 200;
        };
        try
        {
            string webhook;
            using (var platform = await TestedAsync(data))
            {
                webhook = await platform.SetUpAsync(receiver.Url);
                for (var month = 1; month <= Months; month++)
                {
                    await platform.CloseAndReopenAsync(month);
                }
                await Task.Delay(dice.Next(50, 300));
            }
            for (var kill = 1; kill < Kills; kill++)
            {
                using var platform = await TestedAsync(data);
                await Task.Delay(dice.Next(20, 400));
            }
            using var last = await TestedAsync(data);
            var expected = (await last.EventsAsync(webhook)).ToList();
            await receiver.UntilAsync(all => expected.TrueForAll(e => all.Any(r => r.Id == e)), seconds: 60);

            var firsts = receiver.All.DistinctBy(r => r.Id).ToList();
            Assert.Equal(expected.Order(), firsts.Select(r => r.Id).Order());
            foreach (var subject in firsts.GroupBy(r => r.Subject))
            {
                Assert.Equal(expected.Where(e => subject.Any(r => r.Id == e)), subject.Select(r => r.Id));
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<Tested> TestedAsync(string data) => new(await HostProcess.StartAsync(data, null, WebhookSteps.Settings));

    /// <summary>A host that is killed when it is left.</summary>
    private sealed class Tested(HostProcess process) : IDisposable
    {
        private readonly LawTenant _tenant = new(process.At, TestPlatform.Key);

        public void Dispose()
        {
            process.Dispose();
            _tenant.Dispose();
        }

        public async Task<string> SetUpAsync(string url)
        {
            await _tenant.PutAsync("/v1/company", """{"name":"Acme","currency":"USD"}""");
            await _tenant.PutAsync("/v1/calendar/years/2025", """{"start":"2025-01-01"}""");
            var (status, made) = await _tenant.SendAsync(HttpMethod.Post, "/v1/webhooks", $$"""{"url":"{{url}}"}""");
            Assert.Equal(201, status);
            return made.GetProperty("webhook").Text("id");
        }

        public async Task CloseAndReopenAsync(int month)
        {
            await _tenant.CloseAsync($"2025-{month:00}");
            Assert.Equal(200, (await _tenant.SendAsync(HttpMethod.Post, $"/v1/periods/2025-{month:00}/reopen")).Status);
            await _tenant.CloseAsync($"2025-{month:00}");
        }

        /// <summary>In the order in which they happened.</summary>
        public async Task<IEnumerable<string>> EventsAsync(string webhook) =>
            (await _tenant.ListAsync($"/v1/webhooks/{webhook}/deliveries")).Select(d => d.Text("event")).Reverse();
    }
}
