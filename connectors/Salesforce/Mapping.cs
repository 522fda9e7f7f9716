using System.Globalization;

namespace Spm.Connectors.Salesforce;

/// <summary>From Salesforce's fields to canonical records. What cannot be read becomes an invalid row.</summary>
/// <param name="currency">Of an org with one currency, whose records do not name it.</param>
internal sealed class Mapping(string currency)
{
    public SourceMessage Message(ObjectStream stream, Row row, IEnumerable<Share> shares) => stream.Name switch
    {
        "opportunities" => Opportunity(row, [.. shares]),
        "opportunity_lines" => Line(row),
        "users" => Person(row),
        "accounts" => Word(row, "Id", "Name", "ParentId"),
        "stages" => Word(row, "ApiName", "MasterLabel", null),
        "territories" => Word(row, "Id", "Name", "ParentTerritory2Id"),
        _ => Word(row, "Id", "UserId", "Territory2Id"),
    };

    private SourceMessage Opportunity(Row found, IReadOnlyList<Share> shares)
    {
        var row = Reader(found);
        var deal = new Opportunity
        {
            Name = row.Text("Name") ?? "",
            Amount = row.Money("Amount", "CurrencyIsoCode", currency),
            Status = row.Flag("IsWon") ? OpportunityStatus.Won : row.Flag("IsClosed") ? OpportunityStatus.Lost : OpportunityStatus.Open,
            CloseDate = row.Day("CloseDate"),
            Pipeline = row.Text("RecordType.DeveloperName"),
            Stage = row.Text("StageName"),
            Owner = row.Text("OwnerId"),
            Account = row.Text("AccountId"),
            Splits = [.. shares.Where(s => s.Kind != ShareKind.None).Select(s => Split(row, s)).OfType<OpportunitySplit>()],
        };
        if (shares.Any(s => s.ModifiedAt is null))
        {
            row.Add(Soql.Changed, "not_a_time", "A share of it does not say when it was changed.");
        }
        // A share is changed without its opportunity, which then is another one all the same.
        return row.Message(shares.Select(s => s.ModifiedAt).Append(ModifiedAt(row)).Max(), deal);
    }

    /// <summary>Null: nothing is shared. The owner stands among those who share, perhaps with nothing.</summary>
    private static OpportunitySplit? Split(FieldReader row, Share share)
    {
        if (!decimal.TryParse(share.Percent, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent))
        {
            row.Add("SplitPercentage", "not_a_number", $"The share of {share.User} is '{share.Percent}'.");
            return null;
        }
        if (share.User is null)
        {
            row.Add("SplitOwnerId", "field_missing", $"Nobody knows whose the share of {share.Percent} % is.");
            return null;
        }
        return percent == 0 ? null : new OpportunitySplit(share.User, percent, share.Kind == ShareKind.Overlay);
    }

    private SourceMessage Line(Row found)
    {
        var row = Reader(found);
        var line = new OpportunityLine
        {
            Opportunity = row.Text("OpportunityId"),
            Product = row.Text("Product2Id"),
            Name = row.Text("Name") ?? "",
            Quantity = row.Number("Quantity") ?? 1,
            Amount = row.Money("TotalPrice", "CurrencyIsoCode", currency),
        };
        return row.Message(ModifiedAt(row), line);
    }

    private static SourceMessage Person(Row found)
    {
        var row = Reader(found);
        var person = new Person
        {
            Name = row.Text("Name") ?? found.Id,
            Email = row.Text("Email"),
            Active = row.Flag("IsActive"),
            Manager = row.Text("ManagerId"),
            EmployeeNumber = row.Text("EmployeeNumber"),
        };
        return row.Message(ModifiedAt(row), person);
    }

    private static SourceMessage Word(Row found, string key, string label, string? parent)
    {
        var row = new FieldReader(found.Fields.GetValueOrDefault(key), found.Fields);
        var word = new Reference { Label = row.Required(label), Parent = parent is null ? null : row.Text(parent) };
        return row.Message(found.Fields.ContainsKey(Soql.Changed) ? ModifiedAt(row) : null, word);
    }

    /// <summary>Of what is gone all that is told is when.</summary>
    public static SourceMessage Deleted(DeletedRecord gone)
    {
        const string When = "deletedDate";
        var row = new FieldReader(gone.Id, new Dictionary<string, string?> { [When] = gone.DeletedDate is { } said ? Instant.Plain(said) : null });
        row.Required(When);
        return row.Message(row.Time(When), null);
    }

    private static DateTimeOffset? ModifiedAt(FieldReader row)
    {
        row.Required(Soql.Changed);
        return row.Time(Soql.Changed);
    }

    private static FieldReader Reader(Row found) => new(found.Id, found.Fields);
}
