using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Http;

public sealed class BodyTests
{
    [Theory]
    [InlineData("""{"n\ud800me":"Ann"}""")]
    [InlineData("""{"name":"Ann","managers":[{"\udc00":1}]}""")]
    public async Task A_field_name_that_is_no_text_makes_the_body_malformed(string body)
    {
        await using var platform = await TestPlatform.StartAsync();

        Assert.Equal("body_malformed", (await platform.PutAsync("/v1/reps/hris/E1", body)).Expect(400).Code);
    }

    [Fact]
    public async Task A_field_that_stands_twice_is_named()
    {
        await using var platform = await TestPlatform.StartAsync();

        var refused = (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","name":"Bob"}""")).Expect(400);

        Assert.Equal("body_malformed", refused.Code);
        Assert.Contains("'name'", refused.Json.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/quotas", """{"rep":"E1","measure":"bookings","period":"2025-01","amount":"100,5"}""", "The field 'amount' is a decimal number with a point and at most 28 digits, such as \"12.50\", and not \"100,5\".")]
    [InlineData("/v1/reps/hris/E1", """{"name":"Ann","hired_on":"2025-02-30"}""", "The field 'hired_on' is a date of the form YYYY-MM-DD, and not \"2025-02-30\".")]
    [InlineData("/v1/reps/hris/E1", """{"name":"Ann","managers":{}}""", "The field 'managers' is a list, and not an object.")]
    [InlineData("/v1/territories/crm/W", """{"name":"West","reps":[{"rep":"E1","role":"owner","percent":"100"},{"rep":"E2","role":"boss","percent":"100"}]}""", "The field 'reps/1/role' is one of owner, overlay, and not \"boss\".")]
    public async Task A_field_of_another_form_is_told_which_form_it_has(string path, string body, string detail)
    {
        await using var platform = await TestPlatform.StartAsync();

        var refused = (await platform.PutAsync(path, body)).Expect(400);

        Assert.Equal(("field_malformed", detail), (refused.Code, refused.Json.Text("detail")));
    }

    [Fact]
    public async Task Nobody_left_before_the_first_day_there_is()
    {
        await using var platform = await TestPlatform.StartAsync();

        Assert.Equal("range_empty", (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","left_on":"0001-01-01"}""")).Expect(422).Code);
    }

    /// <summary>A score of 0 %, or leave since the year 1, would be paid.</summary>
    [Theory]
    [InlineData("PUT", "/v1/reps/hris/E1", """{"name":"Ann","scores":[{"goal":"nps","period":"2025-Q1"}]}""", "/scores/0/percent")]
    [InlineData("PUT", "/v1/reps/hris/E1", """{"name":"Ann","leave":[{"to":"2025-03-01"}]}""", "/leave/0/from")]
    [InlineData("PUT", "/v1/quotas", """{"rep":"E1","measure":"bookings","period":"2025-01"}""", "/amount")]
    [InlineData("PUT", "/v1/calendar/years/2031", """{"months":[{"from":"2031-01-01"}],"end":"2031-12-01"}""", "/months/0/quarter")]
    [InlineData("PUT", "/v1/measures/crm/units", """{"name":"Units","kinds":["order"]}""", "/value")]
    [InlineData("POST", "/v1/reps/{E1}/estimate", """{"deals":[{"date":"2025-01-20"}]}""", "/deals/0/amount")]
    [InlineData("POST", "/v1/reps/{E1}/estimate", """{"deals":[{"amount":"10"}]}""", "/deals/0/date")]
    public async Task A_number_date_or_word_that_is_needed_and_left_out_is_named_and_is_no_zero(string method, string path, string body, string pointer)
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var at = path.Replace("{E1}", await platform.IdAsync("reps", "E1"), StringComparison.Ordinal);

        var refused = (await platform.SendAsync(HttpMethod.Parse(method), at, body)).Expect(400);

        Assert.Equal(("field_required", pointer), (refused.Code, Assert.Single(refused.Json.GetProperty("errors").EnumerateArray()).Text("pointer")));
    }
}
