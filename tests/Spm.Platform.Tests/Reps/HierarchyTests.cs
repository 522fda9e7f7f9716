using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Reps;

public sealed class HierarchyTests
{
    [Fact]
    public async Task A_chain_of_managers_deeper_than_32_is_refused_from_below_and_from_above()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        for (var i = 0; i < 32; i++)
        {
            (await platform.PutAsync($"/v1/reps/hris/D{i}", i == 0 ? """{"name":"D0"}""" : $$"""{"name":"D{{i}}","manager":"D{{i - 1}}"}""")).Expect(201);
        }

        Assert.Equal("hierarchy_too_deep", (await platform.PutAsync("/v1/reps/hris/Below", """{"name":"Below","manager":"D31"}""")).Expect(422).Code);
        Assert.Equal("hierarchy_too_deep", (await platform.PutAsync("/v1/reps/hris/D0", """{"name":"D0","manager":"M1"}""")).Expect(422).Code);
        (await platform.PostAsync("/v1/transactions", SmallCompany.Order("T1", "D31", "2025-01-05", "100"))).Expect(201);
    }

    [Fact]
    public async Task Two_reps_may_manage_each_other_only_on_different_days()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Rep E1","managers":[{"manager":"E2","to":"2025-07-01"}]}""")).Expect(200);

        Assert.Equal("hierarchy_cycle", (await platform.PutAsync("/v1/reps/hris/E2", """{"name":"Rep E2","manager":"E1"}""")).Expect(422).Code);
        (await platform.PutAsync("/v1/reps/hris/E2", """{"name":"Rep E2","managers":[{"manager":"E1","from":"2025-07-01"}]}""")).Expect(200);
    }

    [Theory]
    [InlineData("/v1/reps/hris/New", """{"name":"New","manager":"New"}""", "manager")]
    [InlineData("/v1/reps/hris/New", """{"name":"New","managers":[{"manager":"M1","to":"2025-07-01"},{"manager":"New","from":"2025-07-01"}]}""", "managers/1/manager")]
    [InlineData("/v1/territories/crm/New", """{"name":"New","parent":"New"}""", "parent")]
    public async Task Who_is_new_is_not_above_itself_either(string path, string body, string field)
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        var error = Assert.Single((await platform.PutAsync(path, body)).Expect(422).Json.GetProperty("errors").EnumerateArray());

        Assert.Equal(("hierarchy_cycle", $"/{field}"), (error.Text("code"), error.Text("pointer")));
    }

    [Fact]
    public async Task A_tree_of_territories_deeper_than_32_is_refused_from_below_and_from_above()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        (await platform.PutAsync("/v1/territories/crm/Top", """{"name":"Top"}""")).Expect(201);
        for (var i = 0; i < 32; i++)
        {
            (await platform.PutAsync($"/v1/territories/crm/T{i}", i == 0 ? """{"name":"T0"}""" : $$"""{"name":"T{{i}}","parent":"T{{i - 1}}"}""")).Expect(201);
        }

        Assert.Equal("hierarchy_too_deep", (await platform.PutAsync("/v1/territories/crm/Below", """{"name":"Below","parent":"T31"}""")).Expect(422).Code);
        Assert.Equal("hierarchy_too_deep", (await platform.PutAsync("/v1/territories/crm/T0", """{"name":"T0","parent":"Top"}""")).Expect(422).Code);
    }
}
