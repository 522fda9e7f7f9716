namespace Spm.Connectors.Hosting.Sync;

/// <summary>Characters of everything in a message that may be long: what it takes of memory and of a store grows with them.</summary>
internal static class TextLength
{
    public static long Of(SourceRecord record) => record.Key.Length + Of(record.Entity) + record.Fields.Sum(f => (long)f.Key.Length + Of(f.Value));

    public static long Of(InvalidRow row) => Of(row.Key) + row.Raw.Length + row.Errors.Sum(e => (long)e.Pointer.Length + e.Detail.Length);

    private static long Of(CanonicalEntity? entity) => entity switch
    {
        Opportunity o => Of(o.Name, o.Pipeline, o.Stage, o.Owner, o.Account) + (o.Splits?.Sum(s => (long)Of(s.Person)) ?? 0),
        OpportunityLine l => Of(l.Opportunity, l.Product, l.Name),
        Invoice i => Of(i.Number, i.Account, i.Opportunity),
        Payment p => Of(p.Invoice),
        Refund r => Of(r.Invoice, r.Payment, r.Reason),
        Person p => Of(p.Name, p.Email, p.Manager, p.EmployeeNumber),
        Employment e => Of(e.Person, e.Title, e.Department, e.Division, e.Location, e.Manager),
        Reference r => Of(r.Label, r.Parent),
        _ => 0,
    };

    private static long Of(params ReadOnlySpan<string?> texts)
    {
        var length = 0L;
        foreach (var text in texts)
        {
            length += Of(text);
        }
        return length;
    }

    private static int Of(string? text) => text?.Length ?? 0;
}
