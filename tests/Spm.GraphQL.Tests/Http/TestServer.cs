using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Spm.GraphQL.Execution;
using Spm.GraphQL.Http;
using Spm.GraphQL.Tests.Authoring;

namespace Spm.GraphQL.Tests.Http;

/// <summary>The company over HTTP, on a free port of this machine.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app, string address, ErrorLog log)
    {
        _app = app;
        Log = log;
        Address = address;
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    /// <summary>Ends with a slash.</summary>
    public string Address { get; }

    public HttpClient Client { get; }

    /// <summary>What the server has logged as an error.</summary>
    public ErrorLog Log { get; }

    public static async Task<TestServer> StartAsync(GraphQLHttpOptions? options = null, ExecutorOptions? execution = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var log = new ErrorLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<Company>();
        var app = builder.Build();
        app.UseWebSockets();
        app.MapGraphQL("/graphql", AuthoringTests.Executor(execution), options);
        await app.StartAsync();
        return new TestServer(app, app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/", log);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
