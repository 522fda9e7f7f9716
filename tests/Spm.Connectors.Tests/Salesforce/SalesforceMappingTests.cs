using System.Text.Json;
using Spm.Connectors.Salesforce;

namespace Spm.Connectors.Tests.Salesforce;

public sealed class SalesforceMappingTests
{
    private static readonly string[] Asked =
    [
        "Id", "Name", "Amount", "StageName", "IsWon", "IsClosed", "CloseDate", "OwnerId", "AccountId", "SystemModstamp", "CurrencyIsoCode", "RecordType.DeveloperName", "Signed__c", "Region__c",
    ];

    private static readonly DateTimeOffset Changed = new(2025, 4, 2, 8, 15, 30, TimeSpan.Zero);

    private static string Payload(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Salesforce", "payloads", name));

    private static Row Queried(int index) => Row.Of(JsonSerializer.Deserialize<QueryPage>(Payload("opportunities.query.json"), JsonSerializerOptions.Web)!.Records[index]);

    private static Row Exported(int index) => JobReader.Rows(Payload("opportunities.results.csv"), Asked)[index];

    private static SourceMessage Map(Row row, params Share[] shares) => new Mapping("EUR").Message(ObjectStream.Opportunities, row, shares);

    [Fact]
    public void A_won_opportunity_is_read_exactly()
    {
        var record = Assert.IsType<SourceRecord>(Map(Queried(0)));
        Assert.Equal(("006Hs00001AbCdEIAV", Changed), (record.Key, record.UpdatedAt));
        var deal = (Opportunity)record.Entity!;
        Assert.Equal("Müller & Söhne, \"Renewal\"", deal.Name);
        Assert.Equal(new Money(12_500_000m, "USD"), deal.Amount);
        Assert.Equal((OpportunityStatus.Won, new DateOnly(2025, 3, 31)), (deal.Status, deal.CloseDate));
        Assert.Equal(("005Hs00000FgHiJIAV", "001Hs00003KlMnOIAV"), (deal.Owner, deal.Account));
        Assert.Equal(("New_Business", "Closed Won"), (deal.Pipeline, deal.Stage));
        Assert.Equal("emea", record.Fields["Region__c"]);
    }

    [Fact]
    public void A_record_is_the_same_whether_a_query_or_a_job_gives_it()
    {
        var (queried, exported) = (Assert.IsType<SourceRecord>(Map(Queried(0))), Assert.IsType<SourceRecord>(Map(Exported(0))));
        Assert.Equal(queried.Entity!.ToString(), exported.Entity!.ToString());
        Assert.Equal(queried.UpdatedAt, exported.UpdatedAt);
        Assert.Equal(queried.Fields.OrderBy(f => f.Key), exported.Fields.OrderBy(f => f.Key));
    }

    [Fact]
    public void What_is_not_set_stays_unknown_and_is_never_zero()
    {
        foreach (var row in (Row[])[Queried(1), Exported(1)])
        {
            var deal = (Opportunity)Assert.IsType<SourceRecord>(Map(row)).Entity!;
            Assert.Null(deal.Amount);
            Assert.Null(deal.Account);
            Assert.Null(deal.Pipeline);
            Assert.Equal(OpportunityStatus.Open, deal.Status);
        }
    }

    [Fact]
    public void A_row_that_cannot_be_read_names_every_field_that_is_wrong() =>
        Assert.Equal(["/Amount", "/CloseDate"], Assert.IsType<InvalidRow>(Map(Queried(2))).Errors.Select(e => e.Pointer));

    [Fact]
    public void An_org_with_one_currency_has_the_configured_one()
    {
        var row = new Row(new Dictionary<string, string?>(Queried(0).Fields.Where(f => f.Key != "CurrencyIsoCode")));
        Assert.Equal(new Money(12_500_000m, "EUR"), ((Opportunity)((SourceRecord)Map(row)).Entity!).Amount);
    }

    [Fact]
    public void Shares_divide_an_opportunity_and_a_share_of_nothing_is_none()
    {
        var record = (SourceRecord)Map(
            Queried(0),
            new Share("owner", "0", ShareKind.Main, Changed), new Share("a", "66.67", ShareKind.Main, Changed.AddDays(1)), new Share("b", "33.33", ShareKind.Main, Changed),
            new Share("engineer", "1.0E2", ShareKind.Overlay, Changed), new Share("other", "100.0", ShareKind.None, Changed.AddDays(2)));
        Assert.Equal([new("a", 66.67m), new("b", 33.33m), new OpportunitySplit("engineer", 100m, Overlay: true)], ((Opportunity)record.Entity!).Splits);
        // The last change of any share, be it deleted or of another type, is one of the opportunity.
        Assert.Equal(Changed.AddDays(2), record.UpdatedAt);
    }

    [Fact]
    public void A_share_that_cannot_be_read_makes_the_row_invalid_and_is_not_left_out() =>
        Assert.Equal("/SplitPercentage", Assert.IsType<InvalidRow>(Map(Queried(0), new Share("a", null, ShareKind.Main, Changed))).Errors[0].Pointer);

    [Theory]
    [InlineData("\"a\",\"b\"\n\"1\",\"2\"\n", "a|b;1|2")]
    [InlineData("a,b\r\n1,2", "a|b;1|2")]
    [InlineData("\"a\"\n\"\"\n", "a;")]
    [InlineData("\"x, y\",\"two\nlines\",\"a \"\"word\"\"\"\n", "x, y|two\nlines|a \"word\"")]
    [InlineData("\"\",\"\"\"\"\n", "|\"")]
    [InlineData("", "")]
    public void Rows_of_CSV_keep_commas_lines_and_quotes(string csv, string rows) =>
        Assert.Equal(rows, string.Join(';', Csv.Rows(csv).Select(r => string.Join('|', r))));
}
