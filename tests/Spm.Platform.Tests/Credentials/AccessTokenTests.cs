using Microsoft.Extensions.DependencyInjection;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Credentials;

public sealed class AccessTokenTests
{
    [Theory]
    [InlineData("RS256", "at+jwt")]
    [InlineData("PS256", "JWT")]
    public async Task A_token_of_the_authority_opens_what_its_roles_say(string algorithm, string type)
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var platform = await provider.PlatformAsync();
        var ann = platform.As(provider.Sign(provider.Claims(DateTimeOffset.UtcNow), algorithm, type));

        (await ann.GetAsync("/v1/payouts")).Expect(200);
        Assert.Equal("forbidden", (await ann.PutAsync("/v1/company", """{"name":"x","currency":"USD"}""")).Expect(403).Code);
    }

    [Theory]
    [InlineData("alg none")]
    [InlineData("alg hs256")]
    [InlineData("signature cut off")]
    [InlineData("signature of another key")]
    [InlineData("claims changed")]
    [InlineData("expired")]
    [InlineData("no end")]
    [InlineData("not yet")]
    [InlineData("other audience")]
    [InlineData("no audience")]
    [InlineData("other issuer")]
    [InlineData("no issuer")]
    [InlineData("no tenant")]
    [InlineData("unknown tenant")]
    [InlineData("no subject")]
    [InlineData("id token")]
    [InlineData("not a token")]
    [InlineData("too long")]
    public async Task Anything_else_is_refused_with_a_challenge_and_a_problem(string how)
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var platform = await provider.PlatformAsync();

        var refused = (await platform.As(Spoiled(provider, how)).GetAsync("/v1/payouts")).Expect(401);

        Assert.Equal(how == "expired" ? "token_expired" : "token_invalid", refused.Code);
        Assert.Contains("error=\"invalid_token\"", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.Equal(401, refused.Json.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Clocks_may_differ_by_a_minute_and_not_by_more()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var platform = await provider.PlatformAsync();
        var now = DateTimeOffset.UtcNow;

        (await platform.As(provider.Sign(With(provider.Claims(now), ("exp", now.AddSeconds(-30).ToUnixTimeSeconds())))).GetAsync("/v1/payouts")).Expect(200);
        (await platform.As(provider.Sign(With(provider.Claims(now), ("nbf", now.AddSeconds(30).ToUnixTimeSeconds())))).GetAsync("/v1/payouts")).Expect(200);
        (await platform.As(provider.Sign(With(provider.Claims(now), ("exp", now.AddSeconds(-90).ToUnixTimeSeconds())))).GetAsync("/v1/payouts")).Expect(401);
    }

    [Fact]
    public async Task Rotated_keys_are_found_by_themselves_and_made_up_ones_do_not_make_us_ask()
    {
        var clock = new ManualClock();
        await using var provider = await IdentityProvider.StartAsync();
        await using var platform = await provider.PlatformAsync(b => b.Services.AddSingleton<TimeProvider>(clock));
        string Token(string? keyId = null) => provider.Sign(provider.Claims(clock.GetUtcNow()), keyId: keyId);
        var old = Token();
        (await platform.As(old).GetAsync("/v1/payouts")).Expect(200);
        var asked = provider.Asked;

        for (var i = 0; i < 20; i++)
        {
            (await platform.As(Token($"made-up-{i}")).GetAsync("/v1/payouts")).Expect(401);
        }
        Assert.Equal(asked, provider.Asked);

        provider.Rotate();
        clock.Advance(TimeSpan.FromSeconds(31));
        (await platform.As(Token()).GetAsync("/v1/payouts")).Expect(200);
        // The provider no longer publishes the old key: what it signed is worth nothing now.
        (await platform.As(old).GetAsync("/v1/payouts")).Expect(401);
    }

    [Fact]
    public async Task Known_keys_outlast_a_provider_that_is_down_and_without_any_it_is_nobodys_fault_here()
    {
        var clock = new ManualClock();
        await using var provider = await IdentityProvider.StartAsync();
        await using var platform = await provider.PlatformAsync(b => b.Services.AddSingleton<TimeProvider>(clock));
        string Token() => provider.Sign(provider.Claims(clock.GetUtcNow()));
        provider.Reachable = false;
        Assert.Equal("identity_provider_unavailable", (await platform.As(Token()).GetAsync("/v1/payouts")).Expect(503).Code);
        provider.Reachable = true;
        clock.Advance(TimeSpan.FromMinutes(1));
        (await platform.As(Token()).GetAsync("/v1/payouts")).Expect(200);

        provider.Reachable = false;
        clock.Advance(TimeSpan.FromHours(2));

        (await platform.As(Token()).GetAsync("/v1/payouts")).Expect(200);
    }

    [Fact]
    public async Task Scopes_narrow_what_roles_allow_and_never_widen_it()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var platform = await provider.PlatformAsync();
        var claims = provider.Claims(DateTimeOffset.UtcNow);
        var narrow = platform.As(provider.Sign(With(claims, ("scope", "openid ledger.read configuration.write"))));

        (await narrow.GetAsync("/v1/ledger/trial-balance")).Expect(200);
        (await narrow.GetAsync("/v1/payouts")).Expect(403);
        (await narrow.PutAsync("/v1/company", """{"name":"x","currency":"USD"}""")).Expect(403);
        var operators = platform.As(provider.Sign(With(claims, ("scope", "tenants.write"))));
        (await operators.GetAsync("/v1/payouts")).Expect(403);
    }

    [Fact]
    public async Task A_client_that_acts_for_itself_has_what_it_was_granted_and_a_person_without_a_role_has_nothing()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var platform = await provider.PlatformAsync();
        var claims = With(provider.Claims(DateTimeOffset.UtcNow), ("roles", null), ("scope", "payouts.read credentials.write"));
        var machine = platform.As(provider.Sign(With(claims, ("sub", "crm-sync"), ("client_id", "crm-sync"))));
        (await machine.GetAsync("/v1/payouts")).Expect(200);
        (await machine.GetAsync("/v1/ledger/trial-balance")).Expect(403);

        foreach (var person in new[] { claims, With(claims, ("azp", "portal")), With(claims, ("roles", new[] { "Finance" })), With(claims, ("sub", "a"), ("client_id", "a"), ("roles", new[] { "Rep" })) })
        {
            (await platform.As(provider.Sign(person)).GetAsync("/v1/payouts")).Expect(403);
            (await platform.As(provider.Sign(person)).PostAsync("/v1/api-keys", """{"name":"x","roles":["finance"]}""")).Expect(403);
        }
    }

    [Theory]
    [InlineData("e1")]
    [InlineData("E1")]
    public async Task Who_names_a_rep_that_is_nobody_or_several_approves_no_payout(string claim)
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var platform = await provider.PlatformAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.CloseAsync("2025-01");
        var payout = $"/v1/payouts/{(await platform.PayoutAsync("E1", "2025-01")).Text("id")}";
        (await platform.MoveAsync(payout, "submit")).Expect(200);
        (await platform.PutAsync("/v1/reps/evil/E1", """{"name":"Another E1"}""")).Expect(201);

        var ann = platform.As(provider.Sign(With(provider.Claims(DateTimeOffset.UtcNow), ("rep", claim))));

        Assert.Equal("own_payout", (await ann.MoveAsync(payout, "approve")).Expect(403).Code);
    }

    [Fact]
    public async Task What_was_answered_under_a_key_is_not_answered_to_who_has_lost_the_scope()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var platform = await provider.PlatformAsync();
        await SmallCompany.CreateAsync(platform);
        const string Order = """{"source":"crm","external_id":"T1","kind":"order","date":"2025-01-05","amount":"10","currency":"USD","rep":"E1"}""";
        TestCaller As(string role) => platform.As(provider.Sign(With(provider.Claims(DateTimeOffset.UtcNow), ("roles", new[] { role }))));

        (await As("connector").PostAsync("/v1/transactions", Order, ("Idempotency-Key", "k"))).Expect(201);

        Assert.Equal("forbidden", (await As("rep").PostAsync("/v1/transactions", Order, ("Idempotency-Key", "k"))).Expect(403).Code);
    }

    [Fact]
    public async Task A_person_without_a_role_is_a_rep_who_sees_themself()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var platform = await provider.PlatformAsync();
        await SmallCompany.CreateAsync(platform);
        var rep = platform.As(provider.Sign(With(provider.Claims(DateTimeOffset.UtcNow), ("roles", null), ("scope", "reps.read transactions.read"), ("rep", "E1"))));

        Assert.Equal(["E1"], (await rep.ListAsync("/v1/reps")).Select(r => r.Text("external_id")));
        (await rep.GetAsync("/v1/transactions")).Expect(403);
    }

    private static string Spoiled(IdentityProvider provider, string how)
    {
        var now = DateTimeOffset.UtcNow;
        var claims = provider.Claims(now);
        switch (how)
        {
            case "alg none":
                return provider.Sign(claims, "none");
            case "alg hs256":
                return provider.Sign(claims, "HS256");
            case "signature cut off":
                return provider.Sign(claims)[..^20];
            case "signature of another key":
                var other = provider.Sign(claims);
                provider.Rotate();
                return other;
            case "claims changed":
                var (one, two) = (provider.Sign(claims).Split('.'), provider.Sign(With(claims, ("sub", "bob"))).Split('.'));
                return $"{one[0]}.{two[1]}.{one[2]}";
            case "id token":
                return provider.Sign(claims, type: "id+jwt");
            case "not a token":
                return "a.b.c";
            case "too long":
                return provider.Sign(With(claims, ("padding", new string('x', 20_000))));
        }
        return provider.Sign(With(claims, how switch
        {
            "expired" => ("exp", now.AddHours(-1).ToUnixTimeSeconds()),
            "no end" => ("exp", null),
            "not yet" => ("nbf", now.AddHours(1).ToUnixTimeSeconds()),
            "other audience" => ("aud", "https://elsewhere.example"),
            "no audience" => ("aud", null),
            "other issuer" => ("iss", "https://elsewhere.example"),
            "no issuer" => ("iss", null),
            "no tenant" => ("tenant", null),
            "unknown tenant" => ("tenant", "nowhere"),
            "no subject" => ("sub", null),
            _ => throw new ArgumentOutOfRangeException(nameof(how), how, "Unknown."),
        }));
    }

    /// <summary>A claim set to null is left out.</summary>
    private static Dictionary<string, object?> With(Dictionary<string, object?> claims, params (string Name, object? Value)[] changes)
    {
        var changed = new Dictionary<string, object?>(claims);
        foreach (var (name, value) in changes)
        {
            changed.Remove(name);
            if (value is not null)
            {
                changed[name] = value;
            }
        }
        return changed;
    }
}
