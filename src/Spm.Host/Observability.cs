using System.Net;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Spm.Platform.Credentials;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Host;

/// <summary>Health, metrics, traces and logs: how whoever runs the platform sees how it is.</summary>
internal static class Observability
{
    private static readonly string[] Meters = [Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    public static void AddObservability(this WebApplicationBuilder builder, HostSettings settings)
    {
        builder.Services.AddSingleton<OpenMetrics>();
        builder.Services.AddHostedService(s => s.GetRequiredService<OpenMetrics>());
        builder.Services.AddSingleton<Draining>();
        builder.Services.AddHostedService(s => s.GetRequiredService<Draining>());
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = settings.DrainFor + settings.NotReadyFor);
        if (settings.JsonLogs)
        {
            // Scopes hold the trace id, which is the Request-Id of the answer.
            builder.Logging.ClearProviders().AddJsonConsole(o =>
            {
                o.IncludeScopes = true;
                o.UseUtcTimestamp = true;
                o.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        if (settings.Otlp is { } collector)
        {
            void To(OtlpExporterOptions options, string signal)
            {
                options.Protocol = settings.OtlpOverHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
                options.Endpoint = settings.OtlpOverHttp ? new Uri(collector, $"v1/{signal}") : collector;
            }
            builder.Services.AddOpenTelemetry()
                .ConfigureResource(r => r.AddService("spm"))
                .WithTracing(t => t.AddSource("Microsoft.AspNetCore", Telemetry.Name).AddOtlpExporter(o => To(o, "traces")))
                .WithMetrics(m => m.AddMeter(Meters).AddOtlpExporter(o => To(o, "metrics")));
        }
    }

    public static void MapObservability(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).ExcludeFromDescription();
        app.MapGet("/health/ready", (SpmStore store, Draining draining) => draining.Begun || store.Read(s => s.Long("select 1")) != 1
            ? Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ready")).ExcludeFromDescription();
        app.MapGet("/metrics", (HttpContext http, OpenMetrics metrics, OperatorKey operators) => IsNear(http) || operators.Find(http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.OrdinalIgnoreCase)) is not null
            ? Results.Text(metrics.Write(), OpenMetrics.MediaType)
            : Results.StatusCode(StatusCodes.Status404NotFound)).ExcludeFromDescription();
    }

    /// <summary>From this machine. Who comes through a proxy on it has not come from it.</summary>
    private static bool IsNear(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");
}

/// <summary>Between the word to stop and the end: not ready any more, so that nothing new is sent here, while what has begun is answered.</summary>
internal sealed class Draining(HostSettings settings) : IHostedLifecycleService
{
    public bool Begun { get; private set; }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Begun = true;
        if (settings.NotReadyFor > TimeSpan.Zero)
        {
            await Task.Delay(settings.NotReadyFor, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
