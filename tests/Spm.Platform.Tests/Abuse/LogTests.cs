using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Spm.Platform.Http;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Abuse;

public sealed class LogTests
{
    [Fact]
    public async Task A_line_break_in_an_address_begins_no_line_of_the_log()
    {
        using var log = new KeptLog();
        await using var platform = await TestPlatform.StartAsync(configure: b =>
        {
            b.Services.AddSingleton<IEndpoints, Failing>();
            b.Logging.AddProvider(log);
        });

        Assert.Equal("internal_error", (await platform.GetAsync("/fail/a%0Acrit:%20everything%20is%20fine%0D")).Expect(500).Code);

        var line = Assert.Single(log.Lines, l => l.Contains("/fail/", StringComparison.Ordinal));
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain('\r', line);
        Assert.DoesNotContain("secret of the failure", (await platform.GetAsync("/fail/x")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_credential_is_written_into_the_log()
    {
        using var log = new KeptLog();
        await using var platform = await TestPlatform.StartAsync(configure: b =>
        {
            b.Logging.SetMinimumLevel(LogLevel.Trace);
            b.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Information);
            b.Logging.AddProvider(log);
        });
        (await platform.GetAsync("/v1/company")).Expect(200);
        (await platform.As("spm_a_wrong_one_that_is_secret_too").GetAsync("/v1/company")).Expect(401);

        Assert.DoesNotContain(log.Lines, l => l.Contains(TestPlatform.Key, StringComparison.Ordinal) || l.Contains("wrong_one", StringComparison.Ordinal));
    }

    private sealed class Failing : IEndpoints
    {
        public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/fail/{what}", (string what) => Fail(what));

        private static string Fail(string what) => throw new InvalidOperationException($"secret of the failure {what.Length}");
    }
}
