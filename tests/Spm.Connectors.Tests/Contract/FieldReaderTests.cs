namespace Spm.Connectors.Tests.Contract;

public sealed class FieldReaderTests
{
    private static FieldReader Row(string name, string? value) => new("K", new Dictionary<string, string?> { [name] = value, ["currency"] = "USD" }, "/p");

    [Theory]
    [InlineData("1234.50", "1234.50")]
    [InlineData("-0.1", "-0.1")]
    [InlineData("1e3", "1000")]
    [InlineData("0e-40", "0")]
    public void Numbers_are_exact(string text, string expected) =>
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Row("n", text).Number("n"));

    [Theory]
    [InlineData("1,234.50")]
    [InlineData("12 EUR")]
    [InlineData("NaN")]
    [InlineData("1e-30")]
    [InlineData("-0.00000000000000000000000000001")]
    public void What_may_mean_two_things_is_no_number(string text)
    {
        var row = Row("n", text);
        Assert.Null(row.Number("n"));
        var invalid = Assert.IsType<InvalidRow>(row.Message(null, new Reference { Label = "x" }));
        Assert.Equal(("/p/n", "not_a_number"), (invalid.Errors[0].Pointer, invalid.Errors[0].Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_not_set_is_unknown_and_no_error(string? value)
    {
        var row = Row("n", value);
        Assert.Null(row.Money("n", "currency"));
        Assert.Null(row.Day("n"));
        Assert.False(row.Flag("n"));
        Assert.IsType<SourceRecord>(row.Message(null, new Reference { Label = "x" }));
    }

    [Fact]
    public void What_must_be_set_is_missed() =>
        Assert.Equal("field_missing", MissingRow().Errors[0].Code);

    [Theory]
    [InlineData("12.50", "USD", "", "")]
    [InlineData("", "USD", "/p/amount", "field_missing")]
    [InlineData("twelve", "USD", "/p/amount", "not_a_number")]
    [InlineData("12.50", "", "/p/currency", "field_missing")]
    [InlineData("12.50", "usd", "/p/currency", "unknown_currency")]
    public void Money_that_must_be_set_is_missed_once_and_never_replaced(string amount, string currency, string pointer, string code)
    {
        var row = new FieldReader("K", new Dictionary<string, string?> { ["amount"] = amount, ["currency"] = currency }, "/p");

        var money = row.RequiredMoney("amount", "currency");

        var message = row.Message(null, new Reference { Label = "x" });
        if (code.Length == 0)
        {
            Assert.Equal(new Money(12.50m, "USD"), money);
            Assert.IsType<SourceRecord>(message);
            return;
        }
        Assert.Equal((pointer, code), Assert.Single(Assert.IsType<InvalidRow>(message).Errors) is var error ? (error.Pointer, error.Code) : default);
    }

    [Fact]
    public void Money_that_must_be_set_may_leave_its_currency_to_the_connection() =>
        Assert.Equal(new Money(1, "EUR"), new FieldReader("K", new Dictionary<string, string?> { ["amount"] = "1" }).RequiredMoney("amount", "currency", otherwise: "EUR"));

    [Theory]
    [InlineData("2025-04-01T03:30:00Z")]
    [InlineData("1743478200000")]
    public void Times_are_instants(string text) => Assert.Equal(new DateTimeOffset(2025, 4, 1, 3, 30, 0, TimeSpan.Zero), Row("t", text).Time("t"));

    [Theory]
    [InlineData("2025-04-01T03:30:00")]
    [InlineData("2025-04-01T05:30:00+02:00")]
    [InlineData("2025-04-01T03:30:00.000+0000")]
    [InlineData("2025-04-01 03:30:00")]
    public void A_time_without_an_offset_is_UTC(string text) => Times_are_instants(text);

    [Theory]
    [InlineData("1250", "usd", "12.50 USD", "")]
    [InlineData("1250", "JPY", "1250 JPY", "")]
    [InlineData("1250", "KWD", "1.250 KWD", "")]
    [InlineData("1250", "dollars", null, "/p/currency unknown_currency")]
    [InlineData("1250", "", null, "/p/currency field_missing")]
    [InlineData("12.50", "USD", null, "/p/amount not_minor_units")]
    [InlineData("99999999999999999999", "USD", null, "/p/amount not_minor_units")]
    [InlineData("12x", "USD", null, "/p/amount not_a_number")]
    [InlineData("", "USD", null, "")]
    public void Minor_units_are_read_by_their_currency_or_the_row_says_why_not(string amount, string currency, string? expected, string error)
    {
        var row = new FieldReader("K", new Dictionary<string, string?> { ["amount"] = amount, ["currency"] = currency }, "/p");

        var money = row.MinorUnits("amount", "currency");

        var told = row.Message(null, new Reference { Label = "x" }) is InvalidRow { Errors: [var first] } ? $"{first.Pointer} {first.Code}" : "";
        Assert.Equal((expected is null ? null : new Money(decimal.Parse(expected.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), expected[^3..]), error), (money, told));
    }

    [Theory]
    [InlineData("won", OpportunityStatus.Won)]
    [InlineData("LOST", OpportunityStatus.Lost)]
    [InlineData("won ", OpportunityStatus.Won)]
    [InlineData(null, OpportunityStatus.Open)]
    public void Names_are_read_without_case(string? text, OpportunityStatus expected) =>
        Assert.Equal(expected, Row("s", text).OneOf("s", OpportunityStatus.Open));

    [Theory]
    [InlineData("10:30")]
    [InlineData("03/04/2025")]
    [InlineData("3/4")]
    [InlineData("2025")]
    [InlineData("20250401")]
    [InlineData("1743478200")]
    [InlineData("April 2025")]
    [InlineData("-1")]
    [InlineData("1e20")]
    [InlineData("253402300800000")]
    [InlineData("2025-04-31T00:00:00Z")]
    [InlineData("0000-00-00")]
    [InlineData("9999-12-31T23:59:59-05:00")]
    public void What_may_be_several_instants_or_none_is_no_time(string text)
    {
        var row = Row("t", text);
        Assert.Null(row.Time("t"));
        Assert.Equal(("/p/t", "not_a_time"), Assert.Single(Assert.IsType<InvalidRow>(row.Message(null, null)).Errors) is var error ? (error.Pointer, error.Code) : default);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("open,won")]
    [InlineData("Lost, Won")]
    public void A_number_is_no_name_and_two_names_are_none(string text)
    {
        var row = Row("s", text);
        row.OneOf("s", OpportunityStatus.Open);
        Assert.IsType<InvalidRow>(row.Message(null, null));
    }

    private static InvalidRow MissingRow()
    {
        var row = Row("n", "");
        row.Required("n");
        return (InvalidRow)row.Message(null, new Reference { Label = "x" });
    }
}
