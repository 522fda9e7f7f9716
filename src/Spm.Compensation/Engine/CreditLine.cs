using Spm.Compensation.Crediting;

namespace Spm.Compensation.Engine;

/// <summary>
/// One credit as a plan sees it: the transaction's facts, and the part of its amounts that is the rep's. The engine keeps nothing of
/// the order in which lines arrive.
/// </summary>
public sealed record CreditLine
{
    /// <summary>The transaction's id. Two lines of a rep with the same transaction and kind are two parts of its credit.</summary>
    public required string Transaction { get; init; }

    /// <summary>The deal it belongs to: a refund, a payment or a cancellation names the transaction it is about; a sale is its own deal.</summary>
    public string Deal { get => field ?? Transaction; init; }

    public required DateOnly Date { get; init; }

    /// <summary>order, invoice, payment, refund, …: the word of the document.</summary>
    public string Kind
    {
        get;
        init
        {
            field = value;
            IsNews = DealNews.Is(value);
        }
    } = "order";

    /// <summary>Whether it tells what became of a deal instead of being one: <see cref="DealNews"/>.</summary>
    internal bool IsNews { get; private init; }

    /// <summary>Whether it takes back a sale, in whole or in part: a refund, or a negative amount that names another transaction as its deal.</summary>
    internal bool TakesBack => Kind == DealNews.Refund || (Amount < 0m && Deal != Transaction && !IsNews);

    /// <summary>How the credit came: of the rep's own deals, of those of the reps below, or beside the owner.</summary>
    public CreditSources Credit { get; init; } = CreditSources.Direct;

    /// <summary>The rep's part of the transaction as a fraction: 0.6 is 60 %.</summary>
    public decimal Share { get; init; } = 1m;

    /// <summary>The rep's part of the amount, in <see cref="Currency"/>; a refund's is negative.</summary>
    public decimal Amount { get; init; }

    public decimal Quantity { get; init; }

    public decimal? Margin { get; init; }

    /// <summary>Null when it is the plan's currency.</summary>
    public string? Currency { get; init; }

    /// <summary>As the transaction has it, where its amounts were converted before they came; null: they were not.</summary>
    public OwnAmounts? Own { get; init; }

    /// <summary>In the transaction's own currency, whoever converts it.</summary>
    internal OwnAmounts Told => Own ?? new OwnAmounts(Currency, Amount, Margin);

    public string? Product { get; init; }

    public string? Account { get; init; }

    public string? Territory { get; init; }

    /// <summary>Further facts by name, numbers and texts: <c>facts.contract_years</c>.</summary>
    public FactSet Facts { get; init; } = FactSet.Empty;
}

/// <summary>The rep's part of a transaction in its own currency. What is whole in it is whole, whatever the rates of the days.</summary>
/// <param name="Currency">Null: the plan's.</param>
public sealed record OwnAmounts(string? Currency, decimal Amount, decimal? Margin);
