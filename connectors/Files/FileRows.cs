namespace Spm.Connectors.Files;

/// <summary>From the columns of a file to canonical records. The columns are named in the page of this connector.</summary>
internal static class FileRows
{
    private static readonly Dictionary<string, (string[] Columns, Func<FieldReader, CanonicalEntity> Read)> Known = new()
    {
        ["opportunities"] = (["name", "amount", "currency", "status", "close_date", "pipeline", "stage", "owner", "account"], row => new Opportunity
        {
            Name = row.Required("name"),
            Amount = row.Money("amount", "currency"),
            Status = Status(row),
            CloseDate = row.Day("close_date"),
            Pipeline = row.Text("pipeline"),
            Stage = row.Text("stage"),
            Owner = row.Text("owner"),
            Account = row.Text("account"),
        }),
        ["opportunity_lines"] = (["opportunity", "name", "product", "quantity", "amount", "currency"], row => new OpportunityLine
        {
            Opportunity = row.Required("opportunity"),
            Name = row.Required("name"),
            Product = row.Text("product"),
            Quantity = row.Number("quantity") ?? 1,
            Amount = row.Money("amount", "currency"),
        }),
        ["invoices"] = (["number", "amount", "paid", "currency", "status", "issued_on", "paid_on", "account", "opportunity"], row => new Invoice
        {
            Number = row.Required("number"),
            Amount = row.RequiredMoney("amount", "currency"),
            Paid = row.RequiredMoney("paid", "currency"),
            Status = row.OneOf("status", InvoiceStatus.Open),
            IssuedOn = row.Day("issued_on"),
            PaidOn = row.Day("paid_on"),
            Account = row.Text("account"),
            Opportunity = row.Text("opportunity"),
        }),
        ["payments"] = (["amount", "currency", "received_on", "invoice"], row => new Payment
        {
            Amount = row.RequiredMoney("amount", "currency"),
            ReceivedOn = row.RequiredDay("received_on"),
            Invoice = row.Text("invoice"),
        }),
        ["refunds"] = (["amount", "currency", "refunded_on", "invoice", "payment", "reason"], row => new Refund
        {
            Amount = row.RequiredMoney("amount", "currency"),
            RefundedOn = row.RequiredDay("refunded_on"),
            Invoice = row.Text("invoice"),
            Payment = row.Text("payment"),
            Reason = row.Text("reason"),
        }),
        ["people"] = (["name", "email", "active", "manager", "employee_number", "hired_on", "left_on"], row => new Person
        {
            Name = row.Required("name"),
            Email = row.Text("email"),
            Active = row.Text("active") is null || row.Flag("active"),
            Manager = row.Text("manager"),
            EmployeeNumber = row.Text("employee_number"),
            HiredOn = row.Day("hired_on"),
            LeftOn = row.Day("left_on"),
        }),
        ["employments"] = (["person", "from", "title", "department", "division", "location", "manager"], row => new Employment
        {
            Person = row.Required("person"),
            From = row.RequiredDay("from"),
            Title = row.Text("title"),
            Department = row.Text("department"),
            Division = row.Text("division"),
            Location = row.Text("location"),
            Manager = row.Text("manager"),
        }),
    };

    public static IReadOnlyCollection<string> Streams => Known.Keys;

    /// <summary>With those that every stream has.</summary>
    public static IReadOnlyList<string> ColumnsOf(string stream) => ["id", "updated_at", "deleted", .. Known[stream].Columns];

    public static SourceMessage Message(string stream, IReadOnlyDictionary<string, string?> fields)
    {
        if (fields.TryGetValue(RowFile.Broken, out var raw))
        {
            return new InvalidRow(null, raw!, [new RowError("", "row_unreadable", "This is no row of the file's columns, or no JSON object.")]);
        }
        var id = fields.GetValueOrDefault("id");
        // Two keys may be one where some of their letters are not known.
        var row = new FieldReader(IsText(id) ? id : null, fields);
        foreach (var (name, _) in fields.Where(f => !IsText(f.Value)))
        {
            row.Add(name, "not_utf8", $"'{name}' has letters that are not UTF-8: save the file as UTF-8.");
        }
        var at = row.Time("updated_at");
        return row.Message(at, row.Flag("deleted") ? null : Known[stream].Read(row));
    }

    private static bool IsText(string? value) => value?.Contains(RowFile.Undecoded, StringComparison.Ordinal) != true;

    /// <summary>Nobody may take a deal that was won for an open one because its file does not say it.</summary>
    private static OpportunityStatus Status(FieldReader row)
    {
        row.Required("status");
        return row.OneOf("status", OpportunityStatus.Open);
    }
}
