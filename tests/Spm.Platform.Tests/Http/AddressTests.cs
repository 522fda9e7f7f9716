using System.Net.Http.Headers;
using System.Text;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Http;

/// <summary>What may stand in an address: keys with any printable characters, and nothing that makes one record out of two.</summary>
public sealed class AddressTests
{
    private const string Order = """{"kind":"order","date":"2025-01-05","amount":"10","currency":"USD","rep":"E1"}""";

    [Fact]
    public async Task An_encoded_slash_in_a_key_is_a_slash_and_an_encoded_percent_sign_a_percent_sign()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        var slash = (await platform.PutAsync("/v1/reps/hr%2Fus/a%2Fb", """{"name":"Slash"}""")).Expect(201).Json;
        var percent = (await platform.PutAsync("/v1/reps/hr%2Fus/a%252Fb", """{"name":"Percent"}""")).Expect(201).Json;

        Assert.Equal(("hr/us", "a/b"), (slash.Text("source"), slash.Text("external_id")));
        Assert.Equal("a%2Fb", percent.Text("external_id"));
        Assert.NotEqual(slash.Text("id"), percent.Text("id"));
        Assert.Equal("Slash", Assert.Single(await platform.ListAsync("/v1/reps?source=hr/us&external_id=a/b")).Text("name"));
    }

    [Theory]
    [InlineData("/v1/payouts?stauts=paid", "stauts")]
    [InlineData("/v1/transactions?extenal_id=T1", "extenal_id")]
    [InlineData("/v1/reps?LIMIT=5", "LIMIT")]
    [InlineData("/v1/company?x=1", "x")]
    public async Task A_parameter_that_means_nothing_is_refused_by_name(string path, string name)
    {
        await using var platform = await TestPlatform.StartAsync();

        var refused = (await platform.GetAsync(path)).Expect(400);

        Assert.Equal(("parameter_invalid", name), (refused.Code, refused.Json.GetProperty("errors")[0].Text("pointer").TrimStart('/')));
    }

    [Fact]
    public async Task A_transaction_put_under_a_key_with_a_slash_is_the_one_posted_with_it()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("2025/0017", "E1", "2025-01-05", "10");

        var again = (await platform.PutAsync("/v1/transactions/crm/2025%2F0017/", Order)).Expect(200).Json;

        Assert.Equal("unchanged", again.Text("result"));
        Assert.Single(await platform.ListAsync("/v1/transactions"));
    }

    [Theory]
    [InlineData("/v1/reps/a%1Fb/c")]
    [InlineData("/v1/reps/a/b%1Fc")]
    [InlineData("/v1/reps/a/b%0A")]
    [InlineData("/v1/reps/a/b%7F")]
    [InlineData("/v1/reps/%20/c")]
    [InlineData("/v1/reps/a%20/c")]
    public async Task A_key_has_no_control_characters_and_no_blanks_around_it(string path)
    {
        await using var platform = await TestPlatform.StartAsync();

        Assert.Contains((await platform.PutAsync(path, """{"name":"Ann"}""")).Expect(400).Code, (string[])["field_malformed", "field_required"]);
        Assert.Contains((await platform.PutAsync(path.Replace("reps", "transactions", StringComparison.Ordinal), Order)).Expect(400).Code, (string[])["field_malformed", "field_required"]);
    }

    [Theory]
    [InlineData("/V1/reps")]
    [InlineData("/V1/payouts")]
    public async Task The_key_is_asked_for_however_the_address_is_spelled(string path)
    {
        await using var platform = await TestPlatform.StartAsync();
        (await platform.GetAsync(path)).Expect(200);

        platform.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "spm_not_a_key");

        Assert.Equal("unauthenticated", (await platform.GetAsync(path)).Expect(401).Code);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("99999999999999999999")]
    public async Task A_row_that_is_no_number_is_a_wrong_parameter(string row)
    {
        await using var platform = await TestPlatform.StartAsync();

        Assert.Equal("parameter_invalid", (await platform.PutAsync($"/v1/imports/imp_1/rows/{row}", "{}")).Expect(400).Code);
    }

    [Fact]
    public async Task A_fiscal_year_is_not_named_with_a_line_break()
    {
        await using var platform = await TestPlatform.StartAsync();

        Assert.Equal("calendar_invalid", (await platform.PutAsync("/v1/calendar/years/2025%0A", """{"start":"2025-01-01"}""")).Expect(422).Code);
    }

    [Theory]
    [InlineData("x", "1")]
    [InlineData("1", "99999999999")]
    public async Task A_made_up_cursor_of_quotas_is_refused(string rep, string measure)
    {
        await using var platform = await TestPlatform.StartAsync();
        var cursor = Convert.ToBase64String(Encoding.UTF8.GetBytes($"quotas\u001f{rep}\u001f{measure}\u001f2025")).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        Assert.Equal("cursor_invalid", (await platform.GetAsync($"/v1/quotas?cursor={cursor}")).Expect(400).Code);
    }
}
