namespace Spm.Client;

/// <summary>
/// A compensable event, identified by (source, external id) and versioned: a higher version corrects, an equal one with the
/// same content changes nothing. Credited to the splits, else the rep, else the owners of the territory, else those of the
/// account's territory on that day.
/// </summary>
public sealed record TransactionRow(string Kind, DateOnly Date, decimal Amount, string Currency, int Version = 1)
{
    /// <summary>In an import or POST; in a PUT the URL says it.</summary>
    public string? ExternalId { get; init; }

    /// <summary>In a POST; in an import the job's source is meant unless the row says otherwise.</summary>
    public string? Source { get; init; }
    public decimal? Quantity { get; init; }
    public decimal? Margin { get; init; }
    public string? Rep { get; init; }
    public string? Account { get; init; }
    public string? Territory { get; init; }
    public string? Product { get; init; }

    /// <summary>External id of the order, of the same source, that is refunded, paid or cancelled.</summary>
    public string? Deal { get; init; }

    /// <summary>Further facts by name, for the expressions of plans: texts, numbers, dates, truths.</summary>
    public IReadOnlyDictionary<string, object>? Facts { get; init; }

    /// <summary>Shares in percent; they must add up to 100.</summary>
    public IReadOnlyList<Split>? Splits { get; init; }

    /// <summary>True: a house account. No rep is credited, whoever owns the territory.</summary>
    public bool? House { get; init; }

    /// <summary>True withdraws the transaction; its credits go.</summary>
    public bool? Deleted { get; init; }
}

/// <summary>One rep's share of a transaction, in percent.</summary>
public sealed record Split(string Rep, decimal Percent);

/// <summary>What an upsert did: created, corrected or unchanged.</summary>
public sealed record TransactionResult(
    string Result, Transaction Transaction, IReadOnlyList<Credit>? Credits, IReadOnlyList<TransactionProblem>? Problems)
{
    /// <summary>Id of the deal as which it is credited, since it leads to nobody itself; null where it leads to somebody, and where there is no such deal.</summary>
    public string? CreditedAs { get; init; }

    /// <summary>Null where the transaction is in the company's currency, or no rate is known.</summary>
    public Conversion? Conversion { get; init; }
}

/// <summary>How a transaction became the company's currency: original × rate, half to even at four decimals. <c>Basis</c> is transaction_date, month_average or fixed.</summary>
public sealed record Conversion(string Basis, decimal Rate, DateOnly? RateDay, int RateCount, Money Original, Money Converted);

/// <summary>A transaction as recorded.</summary>
public sealed record Transaction(string Id, string? Source, string? ExternalId, int Version, string Kind, DateOnly Date, Money Amount);

/// <summary>The part of a transaction attributed to a rep, in the company's currency; <c>Kind</c> is direct or overlay, <c>Percent</c> in percent.</summary>
public sealed record Credit(RepRef Rep, string Kind, decimal Percent, Money Amount);

public sealed record TransactionProblem(string Code, string? Detail);
