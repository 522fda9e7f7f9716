using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Spm.Connectors.Conformance.Stubs;

/// <summary>
/// A web server on a port of this machine that answers as it is told: <c>stub.Given(Request.Get("/deals")).RespondWith(…)</c>. The
/// rule that was given last and fits answers; a request that fits none is a 404 that says so. Faults come first, in their order.
/// </summary>
public sealed class StubServer : IAsyncDisposable
{
    /// <summary>Requests that are remembered.</summary>
    private const int MaxRemembered = 10_000;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<StubFault> _faults = new();
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private readonly List<StubRule> _rules = [];
    private readonly CancellationTokenSource _stopping = new();

    private StubServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>What was asked, in order, up to a bound.</summary>
    public IReadOnlyCollection<StubRequest> Requests => _requests;

    /// <param name="port">Zero for a free one.</param>
    public static Task<StubServer> StartAsync(int port = 0) => StartAsync(builder => builder.WebHost.UseUrls($"http://127.0.0.1:{port}"));

    /// <summary>Over TLS, for who shows a client certificate that was made by an authority; whoever does not is not even heard.</summary>
    public static Task<StubServer> StartAsync(X509Certificate2 server, X509Certificate2 authority) => StartAsync(builder =>
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            (https.ServerCertificate, https.ClientCertificateMode) = (server, ClientCertificateMode.RequireCertificate);
            https.ClientCertificateValidation = (client, _, _) => IsOf(client, authority);
        })));
    });

    private static bool IsOf(X509Certificate2 client, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(client);
    }

    private static async Task<StubServer> StartAsync(Action<WebApplicationBuilder> listen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        listen(builder);
        var app = builder.Build();
        var stub = new StubServer(app);
        app.Run(stub.AnswerAsync);
        await app.StartAsync().ConfigureAwait(false);
        stub.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return stub;
    }

    /// <summary>Begins a rule.</summary>
    public StubRule Given(Request request)
    {
        var rule = new StubRule(request);
        lock (_rules)
        {
            _rules.Add(rule);
        }
        return rule;
    }

    /// <summary>The next requests fail like this, one each; null lets one through.</summary>
    public void Fail(params StubFault?[] faults)
    {
        foreach (var fault in faults)
        {
            _faults.Enqueue(fault ?? StubFault.None);
        }
    }

    /// <summary>Faults that nobody ran into, taken back.</summary>
    public int ClearFaults()
    {
        var left = _faults.Count(f => f != StubFault.None);
        _faults.Clear();
        return left;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await StubRequest.ReadAsync(context.Request).ConfigureAwait(false);
        if (_requests.Count < MaxRemembered)
        {
            _requests.Enqueue(request);
        }
        if (_faults.TryDequeue(out var fault) && fault != StubFault.None)
        {
            if (fault.Hang)
            {
                await Task.Delay(TimeSpan.FromSeconds(30), CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token).Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                context.Abort();
            }
            else if (fault.AnswerThenHang)
            {
                await (Rule(request)?.Answer(request) ?? Task.CompletedTask).ConfigureAwait(false);
                context.Abort();
            }
            else
            {
                await new Response(fault.Status, fault.Body, fault.ContentType) { Headers = fault.Headers }.WriteAsync(context.Response).ConfigureAwait(false);
            }
            return;
        }
        var response = Rule(request) is { } rule ? await rule.Answer(request).ConfigureAwait(false)
            : Response.Status(404, $"The stub has no rule for {request.Method} {request.Path}.");
        await response.WriteAsync(context.Response).ConfigureAwait(false);
    }

    private StubRule? Rule(StubRequest request)
    {
        lock (_rules)
        {
            return _rules.FindLast(r => r.Request.Fits(request));
        }
    }
}

/// <summary>What is asked and what is answered.</summary>
public sealed class StubRule
{
    internal StubRule(Request request) => Request = request;

    internal Request Request { get; }

    internal Func<StubRequest, Task<Response>> Answer { get; private set; } = r => Task.FromResult(Response.Status(501, $"The rule for {r.Path} has no answer."));

    public void RespondWith(Response response) => Answer = _ => Task.FromResult(response);

    /// <summary>For a vendor that remembers.</summary>
    public void RespondWith(Func<StubRequest, Response> respond) => Answer = r => Task.FromResult(respond(r));

    /// <summary>For a vendor that takes its time.</summary>
    public void RespondWith(Func<StubRequest, Task<Response>> respond) => Answer = respond;
}

/// <summary>A way to fail.</summary>
public sealed record StubFault
{
    internal static readonly StubFault None = new();

    public int Status { get; private init; }

    public string? Body { get; private init; }

    public string ContentType { get; private init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    /// <summary>Never answers.</summary>
    public bool Hang { get; private init; }

    /// <summary>Does what it was asked, and the answer is lost.</summary>
    public bool AnswerThenHang { get; private init; }

    public static StubFault Silence { get; } = new() { Hang = true };

    public static StubFault LostAnswer { get; } = new() { AnswerThenHang = true };

    public static StubFault Of(int status, string body = "{\"message\":\"a fault of the stub\"}") => new() { Status = status, Body = body };

    public static StubFault TooMany(int retryAfterSeconds) => Of(429) with
    {
        Headers = new Dictionary<string, string> { ["Retry-After"] = $"{retryAfterSeconds}" },
    };
}
