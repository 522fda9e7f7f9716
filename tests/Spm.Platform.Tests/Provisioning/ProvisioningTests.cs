using System.Text.Json;
using Spm.Platform.Tests.Credentials;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Provisioning;

/// <summary>What becomes of reps and roles when an identity provider provisions people.</summary>
public sealed class ProvisioningTests
{
    [Fact]
    public async Task A_member_of_the_group_of_a_role_is_a_rep_and_who_is_deactivated_has_left()
    {
        await using var platform = await StartAsync();
        var ann = await platform.UserAsync("ann@example.com", ""","displayName":"Ann Lee","title":"AE","emails":[{"value":"ann@example.com"}]""");
        Assert.Null(ann.Rep());

        var group = await platform.GroupAsync("SPM Rep", ann.Text("id"));
        ann = (await platform.GetAsync($"/scim/v2/Users/{ann.Text("id")}")).Json;

        Assert.Equal("rep", group.GetProperty("urn:spm:params:scim:schemas:extension:compensation:2.0:Group").Text("role"));
        Assert.Equal("SPM Rep", ann.GetProperty("groups")[0].Text("display"));
        var rep = await platform.RepAsync(ann);
        Assert.Equal(("scim", "ann@example.com", "Ann Lee", "AE", "ann@example.com"), (rep.Text("source"), rep.Text("external_id"), rep.Text("name"), rep.Text("title"), rep.Text("email")));

        (await platform.PatchAsync($"/scim/v2/Users/{ann.Text("id")}", """[{"op":"replace","path":"title","value":"Senior AE"},{"op":"replace","path":"active","value":false}]""")).Expect(200);
        Assert.Equal(Today, (await platform.RepAsync(ann)).Text("left_on"));
        (await platform.PatchAsync($"/scim/v2/Users/{ann.Text("id")}", """[{"op":"replace","path":"active","value":true}]""")).Expect(200);
        Assert.Equal((JsonValueKind.Null, "Senior AE"), ((await platform.RepAsync(ann)).GetProperty("left_on").ValueKind, (await platform.RepAsync(ann)).Text("title")));

        Assert.Equal(2, (await platform.ListAsync($"/v1/audit?subject={ann.Text("id")}")).Count(e => e.Text("action") == "user.put"));
        (await platform.PatchAsync($"/scim/v2/Groups/{group.Text("id")}", $$"""[{"op":"remove","path":"members[value eq \"{{ann.Text("id")}}\"]"}]""")).Expect(200);
        Assert.Equal(Today, (await platform.RepAsync(ann)).Text("left_on"));
    }

    [Fact]
    public async Task What_others_say_of_the_rep_of_a_user_stays()
    {
        await using var platform = await StartAsync();
        var ann = await platform.UserAsync("ann@example.com", ""","roles":[{"value":"rep"}]""");
        (await platform.PutAsync("/v1/reps/scim/ann@example.com", """{"name":"Ann","plan":"ae","hired_on":"2025-01-01","target_incentive":"1000"}""")).Expect(200);

        (await platform.PatchAsync($"/scim/v2/Users/{ann.Text("id")}", """[{"op":"add","path":"displayName","value":"Ann Lee"}]""")).Expect(200);

        var rep = await platform.RepAsync(ann);
        Assert.Equal(("Ann Lee", "2025-01-01", "1000.00", 1), (rep.Text("name"), rep.Text("hired_on"), rep.Text("target_incentive"), rep.GetProperty("plans").GetArrayLength()));
    }

    [Fact]
    public async Task Whom_others_have_leave_or_put_below_somebody_stays_so_whatever_changes_of_the_user()
    {
        await using var platform = await StartAsync();
        var boss = await platform.UserAsync("boss", ""","roles":[{"value":"manager"}]""");
        var ann = await platform.UserAsync("ann", $$$""","roles":[{"value":"rep"}],"{{{ScimSteps.Enterprise}}}":{"manager":{"value":"{{{boss.Text("id")}}}"}}""");
        (await platform.PutAsync("/v1/reps/scim/ann", """{"name":"Ann","left_on":"2025-02-01","managers":[{"manager":"M1","to":"2031-01-01"}]}""")).Expect(200);

        (await platform.PatchAsync($"/scim/v2/Users/{ann.Text("id")}", """[{"op":"replace","path":"displayName","value":"Ann Lee"},{"op":"replace","path":"active","value":false}]""")).Expect(200);
        (await platform.PatchAsync($"/scim/v2/Users/{ann.Text("id")}", """[{"op":"replace","path":"active","value":true}]""")).Expect(200);

        var rep = await platform.RepAsync(ann);
        Assert.Equal(("Ann Lee", "2025-02-01", "2031-01-01"), (rep.Text("name"), rep.Text("left_on"), Assert.Single(rep.GetProperty("managers").EnumerateArray()).Text("to")));
    }

    [Fact]
    public async Task A_user_is_the_rep_of_their_number_or_address_and_a_rep_of_an_HRIS_stays_as_it_has_them()
    {
        await using var platform = await StartAsync();
        (await platform.PutAsync("/v1/reps/hris/E2", """{"name":"Rep E2","email":"bob@example.com"}""")).Expect(200);

        var ann = await platform.UserAsync("ann@example.com", $$""","displayName":"Other","roles":[{"value":"Rep"}],"{{ScimSteps.Enterprise}}":{"employeeNumber":"E1"}""");
        var bob = await platform.UserAsync("bob", ""","roles":[{"value":"manager"}],"emails":[{"value":"x@example.com"},{"value":"BOB@example.com","primary":true}]""");
        var twin = await platform.UserAsync("twin", $$""","roles":[{"value":"rep"}],"{{ScimSteps.Enterprise}}":{"employeeNumber":"E1"}""");

        Assert.Equal((await platform.IdAsync("reps", "E1"), "Rep E1"), (ann.Rep()!, (await platform.RepAsync(ann)).Text("name")));
        Assert.Equal(await platform.IdAsync("reps", "E2"), bob.Rep());
        // A rep is one user: whoever comes with the same number is somebody else.
        Assert.Equal(("scim", "E1"), ((await platform.RepAsync(twin)).Text("source"), (await platform.RepAsync(twin)).Text("external_id")));
        (await platform.SendAsync(HttpMethod.Delete, $"/scim/v2/Users/{ann.Text("id")}")).Expect(204);
        Assert.Equal(JsonValueKind.Null, (await platform.GetAsync($"/v1/reps/{ann.Rep()}")).Json.GetProperty("left_on").ValueKind);
    }

    [Fact]
    public async Task Managers_are_dated_from_the_day_they_change_and_may_come_after_their_reports()
    {
        await using var platform = await StartAsync();
        var boss = await platform.UserAsync("boss");
        var ann = await platform.UserAsync("ann", $$$""","roles":[{"value":"rep"}],"{{{ScimSteps.Enterprise}}}":{"manager":{"value":"{{{boss.Text("id")}}}"}}""");
        Assert.Equal(0, (await platform.RepAsync(ann)).GetProperty("managers").GetArrayLength());

        boss = (await platform.PatchAsync($"/scim/v2/Users/{boss.Text("id")}", """[{"op":"add","path":"roles","value":[{"value":"manager"}]}]""")).Expect(200).Json;
        Assert.Equal($$"""[{"manager":"{{boss.Rep()}}","from":null,"to":null}]""", (await platform.RepAsync(ann)).GetProperty("managers").GetRawText());

        var next = await platform.UserAsync("next", ""","roles":[{"value":"manager"}]""");
        (await platform.PatchAsync($"/scim/v2/Users/{ann.Text("id")}", $$"""[{"op":"Replace","path":"{{ScimSteps.Enterprise}}:manager","value":"{{next.Text("id")}}"}]""")).Expect(200);
        Assert.Equal($$"""[{"manager":"{{boss.Rep()}}","from":null,"to":"{{Today}}"},{"manager":"{{next.Rep()}}","from":"{{Today}}","to":null}]""", (await platform.RepAsync(ann)).GetProperty("managers").GetRawText());
    }

    [Fact]
    public async Task Who_is_deleted_and_comes_back_is_the_same_rep_who_has_left_and_the_trail_tells_them_as_they_were()
    {
        await using var platform = await StartAsync();
        var ann = await platform.UserAsync("ann", ""","roles":[{"value":"rep"}]""");
        (await platform.SendAsync(HttpMethod.Delete, $"/scim/v2/Users/{ann.Text("id")}")).Expect(204);

        var again = await platform.UserAsync("ann", ""","roles":[{"value":"rep"}]""");

        Assert.Equal((ann.Rep(), Today), (again.Rep(), (await platform.RepAsync(again)).Text("left_on")));
        var deleted = Assert.Single((await platform.ListAsync($"/v1/audit?subject={ann.Text("id")}")), e => e.Text("action") == "user.delete");
        Assert.True(deleted.GetProperty("before").GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Two_users_who_are_above_each_other_are_refused_and_nothing_is_kept()
    {
        await using var platform = await StartAsync();
        var ann = await platform.UserAsync("ann", ""","roles":[{"value":"manager"}]""");
        var bob = await platform.UserAsync("bob", $$$""","roles":[{"value":"manager"}],"{{{ScimSteps.Enterprise}}}":{"manager":{"value":"{{{ann.Text("id")}}}"}}""");
        var before = (await platform.GetAsync($"/scim/v2/Users/{ann.Text("id")}")).Text;

        (await platform.PatchAsync($"/scim/v2/Users/{ann.Text("id")}", $$"""[{"op":"add","path":"{{ScimSteps.Enterprise}}:manager","value":"{{bob.Text("id")}}"}]""")).Expect(400);

        Assert.Equal(before, (await platform.GetAsync($"/scim/v2/Users/{ann.Text("id")}")).Text);
    }

    [Fact]
    public async Task A_group_that_is_renamed_or_deleted_gives_and_takes_its_role()
    {
        await using var platform = await StartAsync();
        string[] users = [(await platform.UserAsync("ann")).Text("id"), (await platform.UserAsync("bob")).Text("id")];
        var group = (await platform.GroupAsync("Sellers", users)).Text("id");
        Assert.Null((await platform.GetAsync($"/scim/v2/Users/{users[0]}")).Json.Rep());

        (await platform.PatchAsync($"/scim/v2/Groups/{group}", """[{"op":"replace","value":{"displayName":"rep"}}]""")).Expect(200);
        var ann = (await platform.GetAsync($"/scim/v2/Users/{users[0]}")).Json;
        Assert.Equal(JsonValueKind.Null, (await platform.RepAsync(ann)).GetProperty("left_on").ValueKind);

        (await platform.SendAsync(HttpMethod.Delete, $"/scim/v2/Groups/{group}")).Expect(204);
        Assert.Equal(Today, (await platform.RepAsync(ann)).Text("left_on"));
        Assert.Equal("invalidValue", (await platform.PostAsync("/scim/v2/Groups", """{"displayName":"x","members":[{"value":"usr_nobody"}]}""")).Expect(400).Json.Text("scimType"));
    }

    [Fact]
    public async Task Provisioning_says_what_whoever_signs_in_may_do_and_ends_it()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var platform = await provider.PlatformAsync();
        await SmallCompany.CreateAsync(platform);
        var claims = provider.Claims(DateTimeOffset.UtcNow);
        (claims["sub"], claims["roles"]) = ("00u1", Array.Empty<string>());
        var ann = platform.As(provider.Sign(claims));
        (await ann.GetAsync("/v1/payouts")).Expect(403);

        var user = await platform.UserAsync("ann@example.com", $$""","externalId":"00u1","roles":[{"value":"rep"}],"{{ScimSteps.Enterprise}}":{"employeeNumber":"E1"}""");
        Assert.Equal("E1", Assert.Single(await ann.ListAsync("/v1/reps")).Text("external_id"));
        await platform.GroupAsync("finance", user.Text("id"));
        Assert.True((await ann.ListAsync("/v1/reps")).Length > 1);

        (await platform.PatchAsync($"/scim/v2/Users/{user.Text("id")}", """[{"op":"replace","path":"active","value":"False"}]""")).Expect(200);
        Assert.Equal("user_inactive", (await ann.GetAsync("/v1/reps")).Expect(403).Code);
    }

    [Fact]
    public async Task One_person_is_one_caller_whatever_subject_the_provider_gives_them()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var platform = await provider.PlatformAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.UserAsync("fin@example.com", ""","externalId":"fin-ext","roles":[{"value":"finance"}]""");
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.CloseAsync("2025-01");

        var made = (await As("fin@example.com").PostAsync("/v1/payout-batches", """{"period":"2025-01"}""")).Expect(201).Json.Text("id");

        Assert.Equal("submitted_by_approver", (await As("fin-ext").MoveAsync($"/v1/payout-batches/{made}", "approve")).Expect(403).Code);

        TestCaller As(string subject)
        {
            var claims = provider.Claims(DateTimeOffset.UtcNow);
            (claims["sub"], claims["roles"]) = (subject, Array.Empty<string>());
            return platform.As(provider.Sign(claims));
        }
    }

    [Fact]
    public async Task Only_who_is_provisioned_comes_in_where_the_installation_says_so()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var platform = await TestPlatform.StartAsync(settings: [$"--Spm:Auth:Authority={provider.Issuer}", $"--Spm:Auth:Audience={IdentityProvider.Audience}", "--Spm:Auth:ProvisionedOnly=true", "--Spm:Auth:UserClaim=email"]);
        var claims = provider.Claims(DateTimeOffset.UtcNow);
        claims["email"] = "ann@example.com";
        var ann = platform.As(provider.Sign(claims));

        Assert.Equal("user_unknown", (await ann.GetAsync("/v1/payouts")).Expect(403).Code);
        await platform.UserAsync("Ann@example.com");
        (await ann.GetAsync("/v1/payouts")).Expect(200);
    }

    private static string Today => $"{DateTimeOffset.UtcNow:yyyy-MM-dd}";

    private static async Task<TestPlatform> StartAsync()
    {
        var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        return platform;
    }
}
