using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Credentials;

public sealed class ApiKeyTests
{
    [Fact]
    public async Task A_secret_is_shown_once_and_kept_nowhere()
    {
        await using var platform = await TestPlatform.StartAsync();

        var made = (await platform.PostAsync("/v1/api-keys", """{"name":"Feed","scopes":["transactions.write"]}""")).Expect(201);
        var (secret, key) = (made.Json.Text("secret"), made.Json.GetProperty("api_key"));

        Assert.Equal("no-store", made.Headers["Cache-Control"]);
        Assert.StartsWith(key.Text("prefix"), secret, StringComparison.Ordinal);
        Assert.Equal(12, key.Text("prefix").Length);
        var all = (await platform.GetAsync("/v1/api-keys")).Expect(200).Text + (await platform.GetAsync("/v1/audit")).Expect(200).Text;
        Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(platform.Data, "spm.db*").Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            Assert.False(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret[12..])) >= 0, file);
        }
    }

    [Fact]
    public async Task A_key_does_what_its_scopes_say_and_is_told_what_it_lacks()
    {
        await using var platform = await TestPlatform.StartAsync();
        var key = await platform.KeyAsync(scopes: ["calendar.read"]);

        (await key.GetAsync("/v1/company")).Expect(200);
        var refused = (await key.GetAsync("/v1/payouts")).Expect(403);

        Assert.Equal("forbidden", refused.Code);
        Assert.Equal("Bearer realm=\"spm\", error=\"insufficient_scope\", scope=\"payouts.read\"", refused.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_from_that_moment_on()
    {
        await using var platform = await TestPlatform.StartAsync();
        var key = await platform.KeyAsync(scopes: ["calendar.read"]);
        (await key.GetAsync("/v1/company")).Expect(200);
        var id = (await platform.ListAsync("/v1/api-keys")).Single(k => k.Text("name") == "test").Text("id");

        (await platform.PostAsync($"/v1/api-keys/{id}/revoke")).Expect(200);

        var refused = (await key.GetAsync("/v1/company")).Expect(401);
        Assert.Contains("error=\"invalid_token\"", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.Equal("revoked", (await platform.PostAsync($"/v1/api-keys/{id}/revoke")).Expect(200).Json.Text("status"));
        Assert.Equal("key_not_active", (await platform.PostAsync($"/v1/api-keys/{id}/rotate")).Expect(409).Code);
    }

    [Fact]
    public async Task After_a_rotation_both_secrets_open_until_the_overlap_ends()
    {
        var clock = new ManualClock();
        await using var platform = await TestPlatform.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(clock));
        var old = await platform.KeyAsync(scopes: ["calendar.read"]);
        (await old.GetAsync("/v1/company")).Expect(200);
        var id = (await platform.ListAsync("/v1/api-keys")).Single(k => k.Text("name") == "test").Text("id");

        var rotated = platform.As((await platform.PostAsync($"/v1/api-keys/{id}/rotate", """{"overlap_seconds":60}""")).Expect(200).Json.Text("secret"));

        (await old.GetAsync("/v1/company")).Expect(200);
        (await rotated.GetAsync("/v1/company")).Expect(200);
        clock.Advance(TimeSpan.FromSeconds(60));
        (await old.GetAsync("/v1/company")).Expect(401);
        (await rotated.GetAsync("/v1/company")).Expect(200);
        var last = platform.As((await platform.PostAsync($"/v1/api-keys/{id}/rotate", """{"overlap_seconds":0}""")).Expect(200).Json.Text("secret"));
        (await rotated.GetAsync("/v1/company")).Expect(401);
        (await last.GetAsync("/v1/company")).Expect(200);
    }

    [Fact]
    public async Task A_key_ends_when_it_was_said_to_and_says_when_it_was_used()
    {
        var clock = new ManualClock();
        await using var platform = await TestPlatform.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(clock));
        var made = (await platform.PostAsync("/v1/api-keys", """{"name":"Short","scopes":["calendar.read"],"expires_at":"2025-03-01T10:00:00Z"}""")).Expect(201).Json;
        var (key, path) = (platform.As(made.Text("secret")), $"/v1/api-keys/{made.GetProperty("api_key").Text("id")}");
        Assert.Equal("null", (await platform.GetAsync(path)).Json.Text("last_used_at"));

        (await key.GetAsync("/v1/company")).Expect(200);

        var used = "null";
        for (var i = 0; i < 500 && used == "null"; i++)
        {
            used = (await platform.GetAsync(path)).Json.Text("last_used_at");
        }
        Assert.Equal("2025-03-01T09:00:00.000Z", used);
        clock.Advance(TimeSpan.FromHours(1));
        (await key.GetAsync("/v1/company")).Expect(401);
        Assert.Equal("expired", (await platform.GetAsync(path)).Json.Text("status"));
    }

    [Theory]
    [InlineData("""{"name":"x","scopes":["*"]}""", 422, "scope_unknown")]
    [InlineData("""{"name":"x","scopes":["tenants.write"]}""", 422, "scope_unknown")]
    [InlineData("""{"name":"x","roles":["god"]}""", 422, "role_unknown")]
    [InlineData("""{"name":"x","roles":["manager"]}""", 400, "field_required")]
    [InlineData("""{"name":"x","roles":["rep"],"rep":"nobody"}""", 422, "rep_unknown")]
    [InlineData("""{"name":"x"}""", 422, "limit_exceeded")]
    [InlineData("""{"name":"x","scopes":["reps.read"],"expires_at":"2001-01-01T00:00:00Z"}""", 422, "expiry_past")]
    [InlineData("""{"name":"x","scopes":["reps.read"],"tenant":"other"}""", 400, "field_unknown")]
    [InlineData("""{"name":"x","scopes":["reps.read"],"created_by":"somebody"}""", 400, "field_unknown")]
    public async Task A_key_is_not_made_that_could_do_more_than_a_tenants_key_can(string body, int status, string code)
    {
        await using var platform = await TestPlatform.StartAsync();

        Assert.Equal(code, (await platform.PostAsync("/v1/api-keys", body)).Expect(status).Code);
    }

    [Fact]
    public async Task The_operator_makes_tenants_whose_first_keys_know_nothing_of_each_other()
    {
        await using var platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");
        var one = await platform.TenantAsync("one");
        var two = await platform.TenantAsync("two");

        (await one.PutAsync("/v1/company", """{"name":"One","currency":"EUR"}""")).Expect(200);

        Assert.Equal("two", (await two.GetAsync("/v1/company")).Expect(200).Json.Text("tenant"));
        Assert.Equal("", (await two.GetAsync("/v1/company")).Json.Text("name"));
        Assert.Equal(["default", "one", "two"], (await platform.As(Support.Credentials.OperatorKey).ListAsync("/v1/tenants")).Select(t => t.Text("id")));
        Assert.Equal("tenant_exists", (await platform.As(Support.Credentials.OperatorKey).PostAsync("/v1/tenants", """{"id":"one","name":"x"}""")).Expect(409).Code);
        (await one.PostAsync("/v1/tenants", """{"id":"three","name":"x"}""")).Expect(403);
    }

    [Fact]
    public async Task The_last_key_that_makes_keys_does_not_revoke_itself()
    {
        await using var platform = await TestPlatform.StartAsync();
        var own = (await platform.ListAsync("/v1/api-keys"))[0].Text("id");
        await platform.KeyAsync(scopes: ["reps.read"]);

        Assert.Equal("last_credential", (await platform.PostAsync($"/v1/api-keys/{own}/revoke")).Expect(409).Code);

        (await platform.GetAsync("/v1/api-keys")).Expect(200);
        var other = await platform.RoleAsync("tenant_admin");
        (await platform.PostAsync($"/v1/api-keys/{own}/revoke")).Expect(200);
        (await platform.GetAsync("/v1/api-keys")).Expect(401);
        (await other.GetAsync("/v1/api-keys")).Expect(200);
    }
}
