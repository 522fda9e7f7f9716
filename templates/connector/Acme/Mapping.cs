using Spm.Connectors;

namespace Acme;

/// <summary>From the vendor's fields to canonical records. What cannot be read becomes an invalid row that names its fields; nothing becomes zero.</summary>
internal static class Mapping
{
    public static SourceMessage Message(Deal deal)
    {
        var row = new FieldReader(deal.Id, new Dictionary<string, string?>
        {
            ["changed_at"] = deal.ChangedAt,
            ["name"] = deal.Name,
            ["amount"] = deal.Amount,
            ["currency"] = deal.Currency,
            ["status"] = deal.Status,
            ["closed_on"] = deal.ClosedOn,
            ["owner"] = deal.Owner,
        });
        // Without an entity it is gone.
        return row.Message(row.Time("changed_at"), deal.Deleted ? null : new Opportunity
        {
            Name = row.Text("name") ?? "",
            Amount = row.Money("amount", "currency"),
            Status = row.OneOf("status", OpportunityStatus.Open),
            CloseDate = row.Day("closed_on"),
            Owner = row.Text("owner"),
        });
    }
}
