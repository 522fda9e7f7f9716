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

    [Fact]
    public async Task Nobody_left_before_the_first_day_there_is()
    {
        await using var platform = await TestPlatform.StartAsync();

        Assert.Equal("range_empty", (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","left_on":"0001-01-01"}""")).Expect(422).Code);
    }
}
