using Spm.Compensation.Crediting;
using Spm.Platform.Companies;

namespace Spm.Platform.Transactions;

[Flags]
public enum TransactionFlags
{
    None = 0,
    House = 1,
    Deleted = 2,

    /// <summary>The source gives no margin: to an expression of a plan it is not known, in a sum it counts nothing.</summary>
    NoMargin = 4,

    /// <summary>In another currency than the company's, which stays while there are transactions: found by it when rates change.</summary>
    OtherCurrency = 8,
}

/// <summary>One version of a transaction as it is stored. Amounts are signed ten-thousandths; reps, accounts and territories are numbers, -1 for none.</summary>
public sealed record TransactionRow
{
    /// <summary>Where it stands in the log; 0 before it is written.</summary>
    public long Seq { get; init; }

    public required int Source { get; init; }

    public required string ExternalId { get; init; }

    /// <summary>By which it is one and the same in all its versions.</summary>
    public (int Source, string ExternalId) Key => (Source, ExternalId);

    public required long Version { get; init; }

    public required TransactionKind Kind { get; init; }

    public required DateOnly Date { get; init; }

    public required int Month { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public long Quantity { get; init; }

    public long Margin { get; init; }

    public int Rep { get; init; } = Roster.None;

    public int Account { get; init; } = Roster.None;

    public int Territory { get; init; } = Roster.None;

    public string? Product { get; init; }

    /// <summary>The external id of the transaction of the same source that it is about; null: it is its own deal.</summary>
    public string? Deal { get; init; }

    /// <summary>Further facts as JSON; null where there are none.</summary>
    public string? Facts { get; init; }

    public IReadOnlyList<SplitPart> Splits { get; init; } = [];

    public TransactionFlags Flags { get; init; }

    /// <summary>Whom its deal names, see <see cref="DealNames"/>, where it names nobody itself; empty where it does, and where the deal is not here or names nobody.</summary>
    public string CreditedAs { get; init; } = "";

    /// <summary>What crediting made of it; none before it is written.</summary>
    public IReadOnlyList<Credit> Credits { get; init; } = [];

    public long Import { get; init; }

    public long ImportRow { get; init; }

    public long RecordedAt { get; init; }

    public bool Deleted => Flags.HasFlag(TransactionFlags.Deleted);

    /// <summary>Neither a rep nor a split nor a territory, and it is no house deal. An account is no name: it may be in no territory.</summary>
    public bool NamesNobody => Rep == Roster.None && Territory == Roster.None && Splits.Count == 0 && !Flags.HasFlag(TransactionFlags.House);

    /// <summary>Whether it is credited as its deal is, once that is here and where its account is in no territory.</summary>
    public bool FollowsDeal => Deal is not null && Deal != ExternalId && NamesNobody && !Deleted;

    /// <summary>What crediting looks at: amounts in the company's currency, at the rate that is known for them.</summary>
    public Transaction ForCrediting(Company company) =>
        Currency == company.Settings.Currency ? CreditFacts(Amount, Margin, inCompanyCurrency: true)
        : TransactionConversion.Of(this, company) is { } converted ? CreditFacts(converted.Amount, converted.Margin, inCompanyCurrency: true)
        : CreditFacts(Amount, Margin, inCompanyCurrency: false);

    private Transaction CreditFacts(long amount, long margin, bool inCompanyCurrency) => new()
    {
        Kind = Kind,
        Date = Date,
        Amount = amount,
        Quantity = Quantity,
        Margin = margin,
        Rep = Rep,
        Account = Account,
        Territory = Territory,
        Product = Product,
        Splits = Splits,
        House = Flags.HasFlag(TransactionFlags.House),
        Deal = FollowsDeal ? DealNames.Read(CreditedAs) : null,
        InCompanyCurrency = inCompanyCurrency,
    };

    /// <summary>True when both say the same; where and when they were written does not matter.</summary>
    public bool SameContent(TransactionRow other) =>
        Kind == other.Kind && Date == other.Date && Amount == other.Amount && Currency == other.Currency && Quantity == other.Quantity
        && Margin == other.Margin && Rep == other.Rep && Account == other.Account && Territory == other.Territory && Product == other.Product
        && Deal == other.Deal && Facts == other.Facts && Flags == other.Flags && Splits.SequenceEqual(other.Splits);
}
