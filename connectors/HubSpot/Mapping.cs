namespace Spm.Connectors.HubSpot;

/// <summary>From HubSpot's properties, which are all texts, to canonical records. What cannot be read becomes an invalid row.</summary>
/// <param name="further">Properties that mappings name besides.</param>
internal sealed class Mapping(string currency, TimeZoneInfo zone, IReadOnlyList<string> further)
{
    public const string Modified = "hs_lastmodifieddate";

    private const string Archived = "archivedAt";

    private static readonly string[] Known =
    [
        "dealname", "amount", "deal_currency_code", "closedate", "pipeline", "dealstage", "hubspot_owner_id", "hs_is_closed",
        "hs_is_closed_won", Modified, "hs_object_id", "name", "quantity", "hs_product_id", "hs_line_item_currency_code",
    ];

    /// <summary>What is asked for of deals and line items; each has some of them.</summary>
    public IReadOnlyList<string> Properties { get; } = [.. Known.Union(further)];

    /// <exception cref="ConnectorException">Config: there is no such time zone.</exception>
    public static Mapping For(ConnectorConfig config) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(config.TextOrNull("time_zone") ?? "UTC", out var zone)
            ? new Mapping(config.Text("currency"), zone, config.Texts("properties"))
            : throw new ConnectorException(ErrorKind.Config, "There is no such time zone.") { Field = "/time_zone" };

    public SourceMessage Deal(HubSpotObject found, string? _)
    {
        var row = Row(found);
        var closed = row.Time("closedate");
        var deal = new Opportunity
        {
            Name = row.Text("dealname") ?? "",
            Amount = row.Money("amount", "deal_currency_code", currency),
            Status = (row.Flag("hs_is_closed_won"), row.Flag("hs_is_closed")) switch
            {
                (true, _) => OpportunityStatus.Won,
                (_, true) => OpportunityStatus.Lost,
                _ => OpportunityStatus.Open,
            },
            CloseDate = closed is { } at ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime) : null,
            Pipeline = row.Text("pipeline"),
            Stage = row.Text("dealstage"),
            Owner = row.Text("hubspot_owner_id"),
        };
        return row.Message(ModifiedAt(row, found), deal);
    }

    public SourceMessage LineItem(HubSpotObject found, string? deal)
    {
        var row = Row(found);
        var line = new OpportunityLine
        {
            Opportunity = deal,
            Name = row.Text("name") ?? "",
            Product = row.Text("hs_product_id"),
            Quantity = row.Number("quantity") ?? 1,
            Amount = row.Money("amount", "hs_line_item_currency_code", currency),
        };
        return row.Message(ModifiedAt(row, found), line);
    }

    public static SourceMessage Person(Owner owner)
    {
        var row = Times(owner.Id, ("updatedAt", owner.UpdatedAt));
        var person = new Person
        {
            Name = $"{owner.FirstName} {owner.LastName}".Trim() is { Length: > 0 } name ? name : owner.Email ?? owner.Id,
            Email = owner.Email,
            Active = !owner.Archived,
        };
        var at = row.Time("updatedAt");
        return row.Message(at, person) is InvalidRow invalid ? invalid : SourceRecord.Of(owner.Id, at, person);
    }

    /// <summary>That an object is in the archive.</summary>
    public static SourceMessage Gone(HubSpotObject found)
    {
        var row = Times(found.Id, (Archived, found.ArchivedAt));
        return row.Message(row.Time(Archived), null);
    }

    /// <summary>When an object was last changed, by which it is found. Null where it does not say, or says no instant.</summary>
    public static DateTimeOffset? ModifiedAt(HubSpotObject found) => ModifiedAt(Row(found), found);

    private static DateTimeOffset? ModifiedAt(FieldReader row, HubSpotObject found)
    {
        if (row.Text(Modified) is null && Times(found.Id, ("updatedAt", found.UpdatedAt)).Time("updatedAt") is { } updated)
        {
            return updated;
        }
        row.Required(Modified);
        return row.Time(Modified);
    }

    /// <summary>Of an object itself, beside its properties.</summary>
    private static FieldReader Times(string id, (string Name, string? Text) said) => new(id, new Dictionary<string, string?> { [said.Name] = said.Text });

    private static FieldReader Row(HubSpotObject found) => new(found.Id, found.Properties, "/properties");
}
