using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Observability;

public sealed class ObservabilityTests
{
    [Fact]
    public async Task Metrics_are_OpenMetrics_text_that_ends_as_it_should()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        (await platform.As("spm_nobody_has_this_key_here").GetAsync("/v1/company")).Expect(401);

        using var answer = await platform.Http.GetAsync("/metrics");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');

        Assert.Equal("application/openmetrics-text", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["# EOF", ""], lines[^2..]);
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram", lines);
        Assert.Contains(lines, l => l.StartsWith("http_server_request_duration_seconds_bucket{", StringComparison.Ordinal) && l.Contains("http_route=\"/v1/company\"", StringComparison.Ordinal) && l.Contains("le=\"+Inf\"", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("spm_credentials_refused_total{code=\"unauthenticated\"} ", StringComparison.Ordinal));
        // A family stands once, and its lines follow its type.
        var families = lines.Where(l => l.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]).ToArray();
        Assert.Equal(families.Distinct(), families);
        var family = "";
        foreach (var line in lines.Where(l => l.Length > 0 && l != "# EOF"))
        {
            family = line.StartsWith("# TYPE ", StringComparison.Ordinal) ? line.Split(' ')[2] : family;
            Assert.StartsWith(line[0] == '#' ? "#" : family, line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Metrics_are_for_this_machine_and_for_the_operator()
    {
        await using var platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");

        (await platform.SendAsync(HttpMethod.Get, "/metrics", null, ("X-Forwarded-For", "203.0.113.7"))).Expect(404);
        Assert.Contains("# EOF", (await platform.SendAsync(HttpMethod.Get, "/metrics", null, ("X-Forwarded-For", "203.0.113.7"), ("Authorization", $"Bearer {Support.Credentials.OperatorKey}"))).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_trace_goes_on_in_the_answer()
    {
        await using var platform = await TestPlatform.StartAsync();
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        var answer = await platform.SendAsync(HttpMethod.Get, "/v1/company", null, ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));

        Assert.Equal(trace, answer.Headers["Request-Id"]);
        Assert.Equal(trace, ActivityContext.Parse(answer.Headers["traceparent"], null).TraceId.ToHexString());
        Assert.DoesNotContain("00f067aa0ba902b7", answer.Headers["traceparent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traces_go_to_the_collector_that_is_configured()
    {
        var received = new TaskCompletionSource<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/traces", (HttpContext http) => received.TrySetResult(http.Request.ContentType ?? ""));
        await collector.StartAsync();
        await using (var platform = await TestPlatform.StartAsync(settings: [$"--Spm:Telemetry:Otlp={collector.Urls.First()}", "--Spm:Telemetry:Protocol=http"]))
        {
            (await platform.GetAsync("/v1/company")).Expect(200);
            // What waits to be sent is sent when the host stops.
        }
        Assert.Equal("application/x-protobuf", await received.Task.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_host_that_stops_says_not_ready_answers_what_has_begun_and_takes_nothing_new()
    {
        await using var platform = await TestPlatform.StartAsync(settings: "--Spm:Shutdown:NotReadySeconds=2");
        using var goOn = new ManualResetEventSlim();
        var busy = platform.Service<SpmStore>().Writer.WriteAsync(_ => goOn.Wait());
        var begun = platform.PutAsync("/v1/company", """{"name":"Acme","currency":"USD"}""");
        Assert.Equal("ready", (await platform.GetAsync("/health/ready")).Expect(200).Text);

        var stopped = platform.Service<IHost>().StopAsync();
        (await platform.GetAsync("/health/ready")).Expect(503);
        (await platform.GetAsync("/health/live")).Expect(200);
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        goOn.Set();
        await busy;

        (await begun).Expect(200);
        await stopped;
        using var late = new TcpClient();
        var address = platform.Http.BaseAddress!;
        await Assert.ThrowsAnyAsync<SocketException>(() => late.ConnectAsync(IPAddress.Parse(address.Host), address.Port));
    }
}
