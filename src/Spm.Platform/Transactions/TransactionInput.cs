using System.Text.Json;
using System.Text.Json.Serialization;
using Spm.Platform.Kernel;

namespace Spm.Platform.Transactions;

/// <summary>
/// A transaction as a source sends it. Every field is text until a rule has looked at it, so that a refusal can quote what was sent;
/// JSON numbers and strings are both read.
/// </summary>
public sealed record TransactionInput
{
    /// <summary>The system it comes from: "crm". Taken from the path or the import when left out.</summary>
    public string? Source { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>A whole number from 1 that grows with every change in the source; 1 when left out.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? Version { get; init; }

    /// <summary>order, invoice, payment, refund or cancellation.</summary>
    public string? Kind { get; init; }

    /// <summary>YYYY-MM-DD</summary>
    public string? Date { get; init; }

    /// <summary>Not negative, with at most four decimals; a refund's amount is positive too.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? Amount { get; init; }

    /// <summary>ISO 4217</summary>
    public string? Currency { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? Quantity { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? Margin { get; init; }

    /// <summary>Id or external id of the rep.</summary>
    public string? Rep { get; init; }

    public string? Account { get; init; }

    public string? Territory { get; init; }

    public string? Product { get; init; }

    /// <summary>External id of the transaction of the same source that it is about: the order that is refunded, paid or cancelled.</summary>
    public string? Deal { get; init; }

    /// <summary>Further facts by name, for the expressions of plans: texts, numbers, dates, truths.</summary>
    public JsonElement? Facts { get; init; }

    /// <summary>Parts that add up to 100 %.</summary>
    public IReadOnlyList<SplitInput>? Splits { get; init; }

    /// <summary>True: nobody is credited directly.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? House { get; init; }

    /// <summary>True: the source has deleted it; what it credited is taken back.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? Deleted { get; init; }
}

public sealed record SplitInput
{
    public string? Rep { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? Percent { get; init; }
}
