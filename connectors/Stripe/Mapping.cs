using System.Text.Json;

namespace Spm.Connectors.Stripe;

/// <summary>From Stripe's objects to canonical records. What cannot be read becomes an invalid row under the key that its record has.</summary>
internal static class Mapping
{
    public static readonly Dictionary<string, string[]> Fields = new()
    {
        ["invoices"] = ["id", "number", "status", "currency", "total", "amount_paid", "created", "customer", "metadata", "status_transitions"],
        ["payments"] = ["id", "charge", "payment_intent", "currency", "amount_paid", "paid_out_of_band", "status_transitions"],
        ["refunds"] = ["id", "amount", "currency", "created", "status", "charge", "payment_intent", "reason"],
    };

    public static string? IdOf(JsonElement found) => new ObjectFields(found).Text("id");

    /// <returns>Seconds; null where the object does not say, or says no instant.</returns>
    public static long? MadeAt(JsonElement found) => new ObjectFields(found).Time("created")?.ToUnixTimeSeconds();

    /// <param name="changedAt">When the event happened; null in a backfill: the object is as it stands now, and Stripe does not say since when.</param>
    /// <returns>Null where the object says nothing to the stream: an invoice that nobody has paid.</returns>
    public static SourceMessage? Message(string stream, JsonElement found, DateTimeOffset? changedAt)
    {
        var row = new ObjectFields(found);
        var made = row.RequiredTime("created");
        CanonicalEntity? entity = stream switch
        {
            "invoices" => Invoice(row, made),
            "payments" => Payment(row),
            _ => Refund(row, made),
        };
        return stream == "payments" && entity is null && row.IsFine ? null : row.Message(KeyOf(stream, row), changedAt, entity);
    }

    /// <summary>An event that does not say when it happened: nobody knows whether what it tells still stands.</summary>
    public static InvalidRow Timeless(string stream, JsonElement said, JsonElement found)
    {
        var row = new ObjectFields(said);
        row.RequiredTime("created");
        return row.Invalid(KeyOf(stream, new ObjectFields(found)));
    }

    /// <summary>A payment is known by its charge, as refunds name it.</summary>
    private static string? KeyOf(string stream, ObjectFields row) => (stream == "payments" ? Payer(row) : null) ?? row.Text("id");

    private static Invoice Invoice(ObjectFields row, DateTimeOffset made) => new()
    {
        // A draft has no number yet.
        Number = row.Text("number") ?? row.Text("id") ?? "",
        Amount = row.Amount("total"),
        Paid = row.Amount("amount_paid"),
        Status = Status(row),
        IssuedOn = Day(row.Time("status_transitions/finalized_at") ?? made),
        PaidOn = row.Time("status_transitions/paid_at") is { } paid ? Day(paid) : null,
        Account = row.Text("customer"),
        Opportunity = row.Text("metadata/opportunity"),
    };

    private static InvoiceStatus Status(ObjectFields row) =>
        row.OneOf("status", "draft", "open", "paid", "void", "uncollectible") is { } status ? Enum.Parse<InvoiceStatus>(status, ignoreCase: true) : default;

    /// <summary>
    /// What came for an invoice, once it is paid: by its charge, or beside Stripe, as by a bank transfer that somebody has noted. Null where
    /// nothing came: it is not paid yet, or a balance or credit has paid all of it.
    /// </summary>
    private static Payment? Payment(ObjectFields row) => Status(row) != InvoiceStatus.Paid || row.Amount("amount_paid") is not { Amount: > 0m } amount
        ? null
        : new Payment { Amount = amount, ReceivedOn = Day(row.RequiredTime("status_transitions/paid_at")), Invoice = row.Text("id") };

    private static string? Payer(ObjectFields row) => row.Text("charge") ?? row.Text("payment_intent");

    /// <summary>Null: it failed or was canceled, so no money went back. Old refunds have no status.</summary>
    private static Refund? Refund(ObjectFields row, DateTimeOffset made) => row.IsSet("status") && row.OneOf("status", "pending", "requires_action", "succeeded", "failed", "canceled") is "failed" or "canceled"
        ? null
        : new Refund
        {
            Amount = row.Amount("amount"),
            RefundedOn = Day(made),
            Payment = Payer(row),
            Reason = row.Text("reason"),
        };

    /// <summary>Stripe's days are those of UTC.</summary>
    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
