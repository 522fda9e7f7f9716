using System.Text.Json;
using Spm.Connectors;

namespace Acme.Tests;

public sealed class MappingTests
{
    private static IReadOnlyList<Deal> Deals => JsonSerializer.Deserialize<DealPage>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "payloads", "deals.json")), JsonSerializerOptions.Web)!.Deals;

    [Fact]
    public void A_won_deal_is_read_exactly()
    {
        var deal = (Opportunity)((SourceRecord)Mapping.Message(Deals[0])).Entity!;

        Assert.Equal(("Müller & Söhne", new Money(12345.67m, "EUR"), OpportunityStatus.Won, new DateOnly(2025, 1, 5)), (deal.Name, deal.Amount, deal.Status, deal.CloseDate));
    }

    [Fact]
    public void What_is_not_set_stays_unknown_and_is_never_zero() => Assert.Null(((Opportunity)((SourceRecord)Mapping.Message(Deals[1])).Entity!).Amount);

    [Fact]
    public void A_row_that_cannot_be_read_names_every_field_that_is_wrong() =>
        Assert.Equal(["/amount", "/closed_on"], ((InvalidRow)Mapping.Message(Deals[2])).Errors.Select(e => e.Pointer));
}
