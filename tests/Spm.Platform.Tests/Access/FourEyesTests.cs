using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Access;

public sealed class FourEyesTests
{
    [Fact]
    public async Task Nobody_approves_what_they_have_submitted()
    {
        await using var platform = await ClosedAsync();
        var payout = $"/v1/payouts/{(await platform.PayoutAsync("E1", "2025-01")).Text("id")}";
        var (one, two) = (await platform.RoleAsync("finance"), await platform.RoleAsync("finance"));
        (await one.MoveAsync(payout, "submit")).Expect(200);

        Assert.Equal("submitted_by_approver", (await one.MoveAsync(payout, "approve")).Expect(403).Code);
        Assert.Equal("in_review", (await platform.GetAsync(payout)).Json.Text("status"));
        (await two.MoveAsync(payout, "approve")).Expect(200);
    }

    [Fact]
    public async Task A_batch_is_approved_by_somebody_who_neither_made_it_nor_submitted_what_is_in_it()
    {
        await using var platform = await ClosedAsync();
        var payout = $"/v1/payouts/{(await platform.PayoutAsync("E1", "2025-01")).Text("id")}";
        var (submits, makes, approves) = (await platform.RoleAsync("finance"), await platform.RoleAsync("finance"), await platform.RoleAsync("finance"));
        (await submits.MoveAsync(payout, "submit")).Expect(200);
        var batch = $"/v1/payout-batches/{(await makes.PostAsync("/v1/payout-batches", """{"period":"2025-01"}""")).Expect(201).Json.Text("id")}";

        Assert.Equal("submitted_by_approver", (await makes.MoveAsync(batch, "approve")).Expect(403).Code);
        Assert.Equal("submitted_by_approver", (await submits.MoveAsync(batch, "approve")).Expect(403).Code);
        (await approves.MoveAsync(batch, "approve")).Expect(200);
    }

    [Fact]
    public async Task Nobody_approves_their_own_payout_alone_or_in_a_batch()
    {
        await using var platform = await ClosedAsync();
        var payout = $"/v1/payouts/{(await platform.PayoutAsync("E1", "2025-01")).Text("id")}";
        var paid = await platform.KeyAsync(["finance"], rep: "E1");
        (await platform.MoveAsync(payout, "submit")).Expect(200);

        Assert.Equal("own_payout", (await paid.MoveAsync(payout, "approve")).Expect(403).Code);
        var batch = $"/v1/payout-batches/{await platform.BatchAsync("2025-01")}";
        Assert.Equal("own_payout", (await paid.MoveAsync(batch, "approve")).Expect(403).Code);
    }

    [Fact]
    public async Task A_key_that_one_makes_for_oneself_is_not_a_second_pair_of_eyes()
    {
        await using var platform = await ClosedAsync();
        var payout = $"/v1/payouts/{(await platform.PayoutAsync("E1", "2025-01")).Text("id")}";
        var maker = await platform.KeyAsync(["finance", "tenant_admin"]);
        var made = await platform.KeyAsync(["finance"], maker: maker);

        (await maker.MoveAsync(payout, "submit")).Expect(200);
        Assert.Equal("submitted_by_approver", (await made.MoveAsync(payout, "approve")).Expect(403).Code);
        (await platform.MoveAsync(payout, "reject")).Expect(200);
        (await made.MoveAsync(payout, "submit")).Expect(200);
        Assert.Equal("submitted_by_approver", (await maker.MoveAsync(payout, "approve")).Expect(403).Code);
    }

    [Fact]
    public async Task A_key_with_every_scope_sets_a_company_up_alone_unless_the_installation_says_otherwise()
    {
        await using var platform = await ClosedAsync("--Spm:FourEyes:Always=true");
        var batch = $"/v1/payout-batches/{await platform.BatchAsync("2025-01")}";

        Assert.Equal("submitted_by_approver", (await platform.MoveAsync(batch, "approve")).Expect(403).Code);
        var another = await platform.KeyAsync(["finance"], maker: await platform.RoleAsync("tenant_admin"));
        (await another.MoveAsync(batch, "approve")).Expect(200);
    }

    private static async Task<TestPlatform> ClosedAsync(params string[] settings)
    {
        var platform = await TestPlatform.StartAsync(settings: settings);
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.SellAsync("T2", "E2", "2025-01-05", "300");
        await platform.CloseAsync("2025-01");
        return platform;
    }
}
