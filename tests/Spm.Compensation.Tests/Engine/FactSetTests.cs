using Spm.Compensation.Engine;

namespace Spm.Compensation.Tests.Engine;

public sealed class FactSetTests
{
    [Theory]
    [InlineData("3", "3")]
    [InlineData("-0.25", "-0.25")]
    [InlineData("1234.5600", "1234.56")]
    public void A_number_may_come_as_a_text(string text, string number) =>
        Assert.Equal(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), Facts(text).Number("x"));

    [Theory]
    [InlineData("three")]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData(" 3")]
    [InlineData("1e3")]
    [InlineData("0.12345678901234567890123456789")]
    public void A_text_that_is_no_number_is_not_there_for_who_asks_for_one(string text) => Assert.Null(Facts(text).Number("x"));

    [Fact]
    public void A_text_stays_a_text_and_a_number_is_none()
    {
        Assert.Equal("3", Facts("3").Text("x"));
        Assert.Null(Facts(3m).Text("x"));
    }

    private static FactSet Facts(object value) => new([KeyValuePair.Create("x", value)]);
}
