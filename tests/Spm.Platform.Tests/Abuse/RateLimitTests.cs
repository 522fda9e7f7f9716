using Microsoft.Extensions.DependencyInjection;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Abuse;

public sealed class RateLimitTests
{
    [Fact]
    public async Task A_credential_that_has_used_up_its_requests_waits_and_others_do_not()
    {
        var clock = new ManualClock();
        await using var platform = await StartAsync(clock, "--Spm:RateLimit:Requests=60");
        var (one, other) = (await platform.KeyAsync(scopes: ["calendar.read"]), await platform.KeyAsync(scopes: ["calendar.read"]));

        for (var left = 59; left >= 0; left--)
        {
            var answer = (await one.GetAsync("/v1/company")).Expect(200);
            Assert.Equal("\"credential\";q=60;w=60", answer.Headers["RateLimit-Policy"]);
            Assert.Equal($"\"credential\";r={left};t={60 - left}", answer.Headers["RateLimit"]);
        }
        var refused = (await one.GetAsync("/v1/company")).Expect(429);
        Assert.Equal(("rate_limited", "1"), (refused.Code, refused.Headers["Retry-After"]));
        (await other.GetAsync("/v1/company")).Expect(200);

        clock.Advance(TimeSpan.FromSeconds(1));
        (await one.GetAsync("/v1/company")).Expect(200);
        (await one.GetAsync("/v1/company")).Expect(429);
    }

    [Fact]
    public async Task Guessing_credentials_ends_in_too_many_requests_and_keys_that_are_good_still_open()
    {
        await using var platform = await StartAsync(new ManualClock(), "--Spm:RateLimit:Failures=5");
        var guess = platform.As("spm_this_is_a_guess_and_no_key");

        for (var i = 0; i < 5; i++)
        {
            (await guess.GetAsync("/v1/company")).Expect(401);
        }
        Assert.Equal("rate_limited", (await guess.GetAsync("/v1/company")).Expect(429).Code);
        (await platform.GetAsync("/v1/company")).Expect(200);
    }

    private static Task<TestPlatform> StartAsync(ManualClock clock, params string[] settings) =>
        TestPlatform.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(clock), settings: settings);
}
