using Microsoft.AspNetCore.Http;
using Orleans.Runtime;
using Spm.Platform.Hosts;
using Spm.Platform.Kernel;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Hosts;

/// <summary>What callers see of a call that did not reach a grain, because the silo that the grain was on has ended.</summary>
public sealed class EndedSiloTests
{
    [Fact]
    public async Task Reading_is_tried_again()
    {
        await using var platform = await TestPlatform.StartAsync(settings: [$"--Spm:Store={PostgresServer.Required.Schema()}"]);
        var tries = 0;

        var answer = await AskAsync(platform, HttpMethods.Get, () => ++tries < 3);

        Assert.Equal((3, 200), (tries, answer.StatusCode));
    }

    [Fact]
    public async Task Writing_is_answered_503_and_when_to_try_again()
    {
        await using var platform = await TestPlatform.StartAsync(settings: [$"--Spm:Store={PostgresServer.Required.Schema()}"]);
        var tries = 0;

        var answer = await AskAsync(platform, HttpMethods.Post, () => ++tries < 3);

        Assert.Equal((1, 503), (tries, answer.StatusCode));
        Assert.Equal("1", answer.Headers.RetryAfter);
    }

    private static async Task<HttpResponse> AskAsync(TestPlatform platform, string method, Func<bool> fails)
    {
        var middleware = new TenantHostMiddleware(
            _ => fails() ? throw new SiloUnavailableException("The silo has ended.") : Task.CompletedTask, platform.Service<TenantHosts>(), platform.Service<RequestForwarder>());
        var http = new DefaultHttpContext { Items = { [typeof(Caller)] = new Caller(1, "default", "test", new HashSet<string>()) } };
        http.Request.Method = method;
        await middleware.InvokeAsync(http);
        return http.Response;
    }
}
