using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Http;

/// <summary>Refusals speak of what was sent, in the words of the page about the API.</summary>
public sealed class MessageTests
{
    [Fact]
    public async Task A_fiscal_year_at_the_end_of_time_is_refused_in_words()
    {
        await using var platform = await TestPlatform.StartAsync();

        var refused = (await platform.PutAsync("/v1/calendar/years/2031", """{"start":"9999-06-01"}""")).Expect(422);

        Assert.Equal("calendar_invalid", refused.Code);
        Assert.Contains("9998-12-28", refused.Json.Text("detail"), StringComparison.Ordinal);
        (await platform.PutAsync("/v1/calendar/years/2031", """{"start":"9998-12-28"}""")).Expect(200);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_row_that_is_no_number_is_a_wrong_part_of_the_address(string environment)
    {
        await using var platform = await TestPlatform.StartAsync(settings: $"--environment={environment}");

        Assert.Equal("parameter_invalid", (await platform.PutAsync("/v1/imports/imp_x/rows/abc", "{}")).Expect(400).Code);
    }

    [Fact]
    public async Task Managers_who_wait_for_each_other_in_one_file_are_told_so()
    {
        await using var platform = await TestPlatform.StartAsync();

        var job = await platform.ImportAsync("reps", """
            {"external_id":"x1","name":"One","manager":"x2"}
            {"external_id":"x2","name":"Two","managers":[{"manager":"x1"}]}
            {"external_id":"x3","name":"Three","manager":"x9"}
            """);

        var rows = await platform.ListAsync($"/v1/imports/{job.Text("id")}/rows?status=rejected");
        Assert.Equal(3, rows.Length);
        Assert.Contains("Row 2 of the file", rows[0].GetProperty("errors")[0].Text("detail"), StringComparison.Ordinal);
        Assert.Contains("Row 1 of the file", rows[1].GetProperty("errors")[0].Text("detail"), StringComparison.Ordinal);
        Assert.Equal("There is no rep 'x9'.", rows[2].GetProperty("errors")[0].Text("detail"));
    }

    [Fact]
    public async Task A_parameter_stands_once()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        var refused = (await platform.GetAsync("/v1/payouts?period=2025-01&period=2025-02")).Expect(400);

        Assert.Equal(("parameter_invalid", "/period"), (refused.Code, refused.Json.GetProperty("errors")[0].Text("pointer")));
    }

    [Theory]
    [InlineData("/v1/reps/hris/%ff")]
    [InlineData("/v1/reps/hris/a%C3")]
    [InlineData("/v1/reps/hris/%ed%a0%80")]
    public async Task An_address_that_is_not_UTF_8_names_nothing(string path)
    {
        await using var platform = await TestPlatform.StartAsync();

        Assert.Equal("parameter_invalid", (await platform.PutAsync(path, """{"name":"Ann"}""")).Expect(400).Code);
        (await platform.PutAsync("/v1/reps/hris/%C3%A4%2F%25ff", """{"name":"Ann"}""")).Expect(201);
    }

    [Fact]
    public async Task A_credit_has_no_margin_where_the_source_gave_none()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        var posted = (await platform.PostAsync("/v1/transactions", SmallCompany.Order("T1", "E1", "2025-01-05", "10"))).Expect(201).Json;

        Assert.Equal(System.Text.Json.JsonValueKind.Null, posted.GetProperty("credits")[0].GetProperty("margin").ValueKind);
        var credits = (await platform.GetAsync($"/v1/transactions/{posted.GetProperty("transaction").Text("id")}/credits")).Expect(200).Json;
        Assert.Equal(System.Text.Json.JsonValueKind.Null, credits.GetProperty("credits")[0].GetProperty("margin").ValueKind);
    }
}
