using System.Text.Json;

namespace Spm.Connectors.Stripe;

/// <summary>From Stripe's objects, whose amounts are whole minor units, to canonical records.</summary>
internal static class Mapping
{
    public static readonly Dictionary<string, string[]> Fields = new()
    {
        ["invoices"] = ["id", "number", "status", "currency", "total", "amount_paid", "created", "customer", "metadata", "status_transitions"],
        ["payments"] = ["id", "charge", "payment_intent", "currency", "amount_paid", "paid_out_of_band", "status_transitions"],
        ["refunds"] = ["id", "amount", "currency", "created", "status", "charge", "payment_intent", "reason"],
    };

    public static string? IdOf(JsonElement found) => Text(found, "id");

    /// <returns>Seconds; null where the object does not say.</returns>
    public static long? MadeAt(JsonElement found) => Time(found, "created")?.ToUnixTimeSeconds();

    /// <param name="changedAt">When the event happened; null in a backfill: the object is as it stands now, and Stripe does not say since when.</param>
    /// <returns>Null where the object says nothing to the stream: an invoice that nobody has paid.</returns>
    public static SourceMessage? Message(string stream, JsonElement found, DateTimeOffset? changedAt)
    {
        try
        {
            var key = IdOf(found) ?? throw new FormatException("id");
            var made = Time(found, "created") ?? throw new FormatException("created");
            if (stream == "payments")
            {
                return Payment(found, key) is { } payment ? SourceRecord.Of(Payer(found) ?? key, changedAt, payment) : null;
            }
            CanonicalEntity? entity = stream == "invoices" ? Invoice(found, made) : Refund(found, made);
            return entity is null ? SourceRecord.Gone(key, changedAt) : SourceRecord.Of(key, changedAt, entity);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            return new InvalidRow(IdOf(found), found.GetRawText(), [new RowError("", "not_as_documented", $"Stripe promises this object otherwise: {e.Message}.")]);
        }
    }

    private static Invoice Invoice(JsonElement found, DateTimeOffset made)
    {
        var transitions = found.TryGetProperty("status_transitions", out var t) ? t : default;
        return new Invoice
        {
            // A draft has no number yet.
            Number = Text(found, "number") ?? IdOf(found)!,
            Amount = Amount(found, "total"),
            Paid = Amount(found, "amount_paid"),
            Status = Text(found, "status") switch
            {
                "draft" => InvoiceStatus.Draft,
                "open" => InvoiceStatus.Open,
                "paid" => InvoiceStatus.Paid,
                "void" => InvoiceStatus.Void,
                "uncollectible" => InvoiceStatus.Uncollectible,
                var other => throw new FormatException($"status '{other}'"),
            },
            IssuedOn = Day(Time(transitions, "finalized_at") ?? made),
            PaidOn = Time(transitions, "paid_at") is { } paid ? Day(paid) : null,
            Account = Text(found, "customer"),
            Opportunity = found.TryGetProperty("metadata", out var metadata) ? Text(metadata, "opportunity") : null,
        };
    }

    /// <summary>
    /// What came for an invoice, once it is paid: by its charge, as refunds name it, or beside Stripe, as by a bank transfer that somebody has noted. Null where
    /// nothing came: it is not paid yet, or a balance or credit has paid all of it.
    /// </summary>
    private static Payment? Payment(JsonElement found, string invoice)
    {
        if (Text(found, "status") != "paid" || Amount(found, "amount_paid") is not { Amount: > 0m } amount)
        {
            return null;
        }
        var transitions = found.TryGetProperty("status_transitions", out var t) ? t : default;
        return new Payment { Amount = amount, ReceivedOn = Day(Time(transitions, "paid_at") ?? throw new FormatException("status_transitions.paid_at")), Invoice = invoice };
    }

    /// <summary>As refunds name what is refunded.</summary>
    private static string? Payer(JsonElement found) => Text(found, "charge") ?? Text(found, "payment_intent");

    /// <summary>Null: it failed or was canceled, so no money went back.</summary>
    private static Refund? Refund(JsonElement found, DateTimeOffset made) => Text(found, "status") is "failed" or "canceled"
        ? null
        : new Refund
        {
            Amount = Amount(found, "amount"),
            RefundedOn = Day(made),
            Payment = Payer(found),
            Reason = Text(found, "reason"),
        };

    private static Money Amount(JsonElement found, string name) =>
        found.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var units)
            ? Money.FromMinorUnits(units, Text(found, "currency") ?? throw new FormatException("currency"))
            : throw new FormatException(name);

    private static string? Text(JsonElement found, string name) =>
        found.ValueKind == JsonValueKind.Object && found.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement found, string name) =>
        found.ValueKind == JsonValueKind.Object && found.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>Stripe's days are those of UTC.</summary>
    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
