using System.Globalization;
using Spm.Connectors;

namespace Spm.Platform.Connections.Mapping;

/// <summary>What a mapping can name of a record: the texts of its canonical entity, and the vendor's own fields as `fields/name`.</summary>
internal static class EntityTexts
{
    /// <summary>In front of a name: one of the vendor's own fields.</summary>
    public const string Own = "fields/";

    private static readonly Dictionary<string, string[]> NamesByEntity = new(StringComparer.Ordinal)
    {
        ["opportunity"] = ["name", "amount", "currency", "status", "close_date", "pipeline", "stage", "owner", "account"],
        ["opportunity_line"] = ["opportunity", "product", "name", "quantity", "amount", "currency"],
        ["invoice"] = ["number", "amount", "currency", "paid", "status", "issued_on", "paid_on", "account", "opportunity"],
        ["payment"] = ["amount", "currency", "received_on", "invoice"],
        ["refund"] = ["amount", "currency", "refunded_on", "invoice", "payment", "reason"],
        ["person"] = ["name", "email", "active", "manager", "employee_number", "hired_on", "left_on"],
        ["employment"] = ["person", "from", "title", "department", "division", "location", "manager"],
        ["reference"] = ["label", "parent"],
    };

    public static IReadOnlyList<string> Names(string entity) => ["key", .. NamesByEntity.GetValueOrDefault(entity) ?? []];

    public static bool IsName(string entity, string name) => name.StartsWith(Own, StringComparison.Ordinal) || Names(entity).Contains(name);

    /// <summary>The only texts that a name can have; null where any text can stand.</summary>
    public static IReadOnlyList<string>? Words(string entity, string name) => (entity, name) switch
    {
        ("opportunity", "status") => Words<OpportunityStatus>(),
        ("invoice", "status") => Words<InvoiceStatus>(),
        ("person", "active") => ["true", "false"],
        _ => null,
    };

    /// <summary>Null where it is not set.</summary>
    public static string? Text(SourceRecord record, string name) => name.StartsWith(Own, StringComparison.Ordinal)
        ? record.Fields.GetValueOrDefault(name[Own.Length..])
        : name == "key" ? record.Key : Text(record.Entity, name);

    private static string? Text(CanonicalEntity? entity, string name) => (entity, name) switch
    {
        (Opportunity o, "name") => o.Name,
        (Opportunity o, "amount") => Amount(o.Amount),
        (Opportunity o, "currency") => o.Amount?.Currency,
        (Opportunity o, "status") => Word(o.Status),
        (Opportunity o, "close_date") => Day(o.CloseDate),
        (Opportunity o, "pipeline") => o.Pipeline,
        (Opportunity o, "stage") => o.Stage,
        (Opportunity o, "owner") => o.Owner,
        (Opportunity o, "account") => o.Account,
        (OpportunityLine l, "opportunity") => l.Opportunity,
        (OpportunityLine l, "product") => l.Product,
        (OpportunityLine l, "name") => l.Name,
        (OpportunityLine l, "quantity") => Number(l.Quantity),
        (OpportunityLine l, "amount") => Amount(l.Amount),
        (OpportunityLine l, "currency") => l.Amount?.Currency,
        (Invoice i, "number") => i.Number,
        (Invoice i, "amount") => Amount(i.Amount),
        (Invoice i, "currency") => i.Amount.Currency,
        (Invoice i, "paid") => Amount(i.Paid),
        (Invoice i, "status") => Word(i.Status),
        (Invoice i, "issued_on") => Day(i.IssuedOn),
        (Invoice i, "paid_on") => Day(i.PaidOn),
        (Invoice i, "account") => i.Account,
        (Invoice i, "opportunity") => i.Opportunity,
        (Payment p, "amount") => Amount(p.Amount),
        (Payment p, "currency") => p.Amount.Currency,
        (Payment p, "received_on") => Day(p.ReceivedOn),
        (Payment p, "invoice") => p.Invoice,
        (Refund r, "amount") => Amount(r.Amount),
        (Refund r, "currency") => r.Amount.Currency,
        (Refund r, "refunded_on") => Day(r.RefundedOn),
        (Refund r, "invoice") => r.Invoice,
        (Refund r, "payment") => r.Payment,
        (Refund r, "reason") => r.Reason,
        (Person p, "name") => p.Name,
        (Person p, "email") => p.Email,
        (Person p, "active") => p.Active ? "true" : "false",
        (Person p, "manager") => p.Manager,
        (Person p, "employee_number") => p.EmployeeNumber,
        (Person p, "hired_on") => Day(p.HiredOn),
        (Person p, "left_on") => Day(p.LeftOn),
        (Employment e, "person") => e.Person,
        (Employment e, "from") => Day(e.From),
        (Employment e, "title") => e.Title,
        (Employment e, "department") => e.Department,
        (Employment e, "division") => e.Division,
        (Employment e, "location") => e.Location,
        (Employment e, "manager") => e.Manager,
        (Reference r, "label") => r.Label,
        (Reference r, "parent") => r.Parent,
        _ => null,
    };

    private static string? Amount(Money? money) => money is { } set ? Number(set.Amount) : null;

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string[] Words<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Word)];

    private static string Word<T>(T value)
        where T : struct, Enum => Kernel.EnumNames.Of(value);
}
