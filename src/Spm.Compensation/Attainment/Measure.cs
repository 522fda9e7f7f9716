using Spm.Compensation.Crediting;

namespace Spm.Compensation.Attainment;

public enum MeasureValue : byte
{
    Amount,
    Quantity,
    Margin,

    /// <summary>The number of deals: one per transaction, a split part counts by its share, a refund counts minus one.</summary>
    Count,

    /// <summary>What the plans that use it say: it is measured credit by credit and has no sum of its own.</summary>
    ByPlan,
}

/// <summary>
/// The quantity tracked: a value of the transactions of some kinds, perhaps of some products only. The same deal may arrive
/// as order, invoice and payment, so a measure always says which kinds it counts.
/// </summary>
public sealed record Measure(
    int No, string Name, MeasureValue Value, IReadOnlySet<TransactionKind> Kinds, IReadOnlySet<string>? Products = null)
{
    private uint _kindMask = Mask(Kinds);

    public IReadOnlySet<TransactionKind> Kinds
    {
        get;
        init
        {
            field = value;
            _kindMask = Mask(value);
        }
    } = Kinds;

    public bool Counts(Transaction transaction) =>
        Value != MeasureValue.ByPlan && (_kindMask & 1u << (int)transaction.Kind) != 0
        && (Products is null || (transaction.Product is not null && Products.Contains(transaction.Product)));

    /// <summary>Ten-thousandths of the measure in one credit of a transaction that counts.</summary>
    public long Of(Transaction transaction, in Credit credit) => Value switch
    {
        MeasureValue.Amount => credit.Amount,
        MeasureValue.Quantity => credit.Quantity,
        MeasureValue.Margin => credit.Margin,
        _ => credit.Count,
    };

    /// <summary>Ten-thousandths of the measure in the whole transaction, for territories.</summary>
    public long Of(Transaction transaction) => Value switch
    {
        MeasureValue.Amount => transaction.Amount,
        MeasureValue.Quantity => transaction.Quantity,
        MeasureValue.Margin => transaction.Margin,
        _ => transaction.Count,
    };

    private static uint Mask(IReadOnlySet<TransactionKind> kinds) => kinds.Aggregate(0u, (mask, kind) => mask | 1u << (int)kind);
}
