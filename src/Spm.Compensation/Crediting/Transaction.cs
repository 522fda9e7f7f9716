using Spm.Compensation.Amounts;

namespace Spm.Compensation.Crediting;

public enum TransactionKind : byte
{
    Order,
    Invoice,
    Payment,

    /// <summary>Takes money back. Its amount is given as a positive number and counts negative.</summary>
    Refund,

    /// <summary>The deal, or a part of it, is undone: what was paid for it may be clawed back. It takes nothing back by itself.</summary>
    Cancellation,
}

/// <summary>One rep's part of a split, in millionths of the whole.</summary>
public readonly record struct SplitPart(int Rep, int Millionths);

/// <summary>
/// A compensable event as crediting sees it. Reps, accounts and territories are numbers into the <see cref="Roster"/>; -1 names none.
/// Amount, quantity and margin are ten-thousandths and signed by kind: a refund's are negative.
/// </summary>
public sealed record Transaction
{
    public required TransactionKind Kind { get; init; }

    public required DateOnly Date { get; init; }

    public required long Amount { get; init; }

    public long Quantity { get; init; }

    public long Margin { get; init; }

    /// <summary>Ten-thousandths of a deal: one, or minus one for a refund.</summary>
    public long Count => Kind == TransactionKind.Refund ? -TenThousandths.One : TenThousandths.One;

    public int Rep { get; init; } = Roster.None;

    public int Account { get; init; } = Roster.None;

    public int Territory { get; init; } = Roster.None;

    public string? Product { get; init; }

    public IReadOnlyList<SplitPart> Splits { get; init; } = [];

    /// <summary>A house deal: nobody is to be credited directly, whoever owns the territory.</summary>
    public bool House { get; init; }

    /// <summary>The deal that this one is about and is credited as, where it leads to nobody itself; null: there is none. Of it only whom it names is looked at.</summary>
    public Transaction? Deal { get; init; }

    /// <summary>True when amounts are in the currency that the company credits in; other currencies credit nobody until a rate is known.</summary>
    public bool InCompanyCurrency { get; init; } = true;
}
