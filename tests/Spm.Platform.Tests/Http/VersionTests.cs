using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Http;

public sealed class VersionTests
{
    private const string Later = "2031-05-01";

    [Fact]
    public async Task A_credential_keeps_the_version_it_was_made_in_and_a_header_goes_before_it()
    {
        var folder = Directory.CreateTempSubdirectory("spm-test-");
        string early;
        await using (var before = await TestPlatform.StartAsync(folder.FullName))
        {
            early = (await before.KeyAsync(["auditor"])).Credential;
            Assert.Equal(ApiVersions.First, (await before.As(early).GetAsync("/v1/company")).Expect(200).Headers[ApiVersions.Header]);
        }
        await using (var after = await TestPlatform.StartAsync(folder.FullName, b => b.Services.AddSingleton(new ApiVersions(ApiVersions.First, Later))))
        {
            var late = await after.KeyAsync(["auditor"]);

            Assert.Equal(ApiVersions.First, (await after.As(early).GetAsync("/v1/company")).Expect(200).Headers[ApiVersions.Header]);
            Assert.Equal(Later, (await after.As(early).SendAsync(HttpMethod.Get, "/v1/company", null, (ApiVersions.Header, Later))).Expect(200).Headers[ApiVersions.Header]);
            Assert.Equal(Later, (await late.GetAsync("/v1/company")).Expect(200).Headers[ApiVersions.Header]);
            Assert.Equal([ApiVersions.First, ApiVersions.First, Later], (await after.ListAsync("/v1/api-keys")).Select(k => k.Text("api_version")));
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_version_that_there_is_not_is_refused_behind_the_scope()
    {
        await using var platform = await TestPlatform.StartAsync();
        var rep = await platform.KeyAsync(["payroll"]);

        var refused = (await platform.SendAsync(HttpMethod.Get, "/v1/company", null, (ApiVersions.Header, "1999-01-01"))).Expect(400);

        Assert.Equal(("version_unknown", "/Spm-Version"), (refused.Code, refused.Json.GetProperty("errors")[0].Text("pointer")));
        Assert.Contains(ApiVersions.First, refused.Json.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("forbidden", (await rep.SendAsync(HttpMethod.Get, "/v1/payouts", null, (ApiVersions.Header, "1999-01-01"))).Expect(403).Code);
        Assert.Equal("version_unknown", (await platform.SendAsync(HttpMethod.Post, "/graphql", """{"query":"{ company { name } }"}""", (ApiVersions.Header, "1999-01-01"))).Expect(400).Json.GetProperty("errors")[0].GetProperty("extensions").Text("code"));
    }

    [Fact]
    public async Task Every_answer_says_its_version_refusals_too()
    {
        await using var platform = await TestPlatform.StartAsync();

        foreach (var (caller, path) in new[] { (platform.As("spm_nobody_has_this_key_here"), "/v1/company"), (platform.As(TestPlatform.Key), "/v1/nothing/here"), (platform.As(TestPlatform.Key), "/v1/payouts?nonsense=1") })
        {
            Assert.Equal(ApiVersions.First, (await caller.GetAsync(path)).Headers[ApiVersions.Header]);
        }
    }

    [Fact]
    public async Task An_answer_that_is_given_again_says_the_version_it_was_made_in()
    {
        await using var platform = await TestPlatform.StartAsync(configure: b => b.Services.AddSingleton(new ApiVersions(ApiVersions.First, Later)));
        await SmallCompany.CreateAsync(platform);
        var body = SmallCompany.Order("T1", "E1", "2025-01-05", "1");

        var first = (await platform.PostAsync("/v1/transactions", body, ("Idempotency-Key", "k"), (ApiVersions.Header, ApiVersions.First))).Expect(201);
        var again = (await platform.PostAsync("/v1/transactions", body, ("Idempotency-Key", "k"))).Expect(201);

        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        Assert.Equal((ApiVersions.First, ApiVersions.First), (first.Headers[ApiVersions.Header], again.Headers[ApiVersions.Header]));
    }

    [Fact]
    public async Task An_operation_on_the_way_out_says_so_with_its_sunset_and_where_to_read_on()
    {
        await using var platform = await TestPlatform.StartAsync(configure: b => b.Services.AddSingleton<IEndpoints, OldEndpoints>());

        var answer = (await platform.GetAsync("/v1/old")).Expect(200);

        Assert.Equal("@1767225600", answer.Headers["Deprecation"]);
        Assert.Equal("Fri, 01 Jan 2027 00:00:00 GMT", answer.Headers["Sunset"]);
        Assert.Equal("</v1/old>; rel=\"first\", </new>; rel=\"deprecation\"; type=\"text/html\"", answer.Headers["Link"]);
        var paths = (await platform.GetAsync("/openapi.json")).Expect(200).Json.GetProperty("paths");
        Assert.True(paths.GetProperty("/v1/old").GetProperty("get").GetProperty("deprecated").GetBoolean());
        Assert.False(paths.GetProperty("/v1/company").GetProperty("get").TryGetProperty("deprecated", out _));
        Assert.False((await platform.GetAsync("/v1/company")).Headers.ContainsKey("Deprecation"));
    }

    private sealed class OldEndpoints : IEndpoints
    {
        private static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/v1/old", (HttpContext http) => Paging.Page<string>(http, [], null))
                .Operation("getOld", "Company", "What was done so once.", Scopes.CalendarRead).Answers<Page<string>>().Deprecated(Since, Since.AddYears(1), "/new");
    }
}
