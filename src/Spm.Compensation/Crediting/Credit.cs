namespace Spm.Compensation.Crediting;

public enum CreditKind : byte
{
    /// <summary>The rep's own deal, whole or a part of a split.</summary>
    Direct,

    /// <summary>A specialist beside the owner; adds to what is credited and takes nothing from it.</summary>
    Overlay,
}

/// <summary>
/// What of a transaction is attributed to a rep, in signed ten-thousandths. The direct credits of one transaction sum to it.
/// A manager's roll-up has no rows of this kind: it is kept as an aggregate (<see cref="Attainment.MeasurementChanges"/>).
/// </summary>
public readonly record struct Credit(int Rep, CreditKind Kind, int Millionths, long Amount, long Quantity, long Margin)
{
    /// <summary>
    /// The deal itself, in ten-thousandths of one: its parts sum to one deal, which rounding each share on its own would not give.
    /// A refund's is negative.
    /// </summary>
    public long Count { get; init; }
}

/// <summary>Why part of a transaction is credited to nobody, or credited though something is odd. The code is the rule's name.</summary>
public readonly record struct CreditProblem(string Code, int Rep, long AmountAtStake)
{
    /// <summary>Nobody is named and no territory owner covers the deal, or it is a house deal.</summary>
    public const string Uncredited = "uncredited";

    /// <summary>The territory has no owner on that day.</summary>
    public const string TerritoryWithoutOwner = "territory_without_owner";

    /// <summary>The named rep is credited, yet was not assigned to the named territory on that day.</summary>
    public const string OutsideTerritory = "outside_territory";

    /// <summary>The rep was not yet hired, or had left: this part is credited to nobody.</summary>
    public const string RepNotEmployed = "rep_not_employed";

    /// <summary>The amount is in a currency for which no rate is known: credited to nobody.</summary>
    public const string CurrencyWithoutRate = "currency_without_rate";
}

/// <summary>The outcome of crediting one transaction. Reused between calls on bulk paths: <see cref="Clear"/> first.</summary>
public sealed class CreditResult
{
    public List<Credit> Credits { get; } = new(4);

    public List<CreditProblem> Problems { get; } = new(1);

    public void Clear()
    {
        Credits.Clear();
        Problems.Clear();
    }
}
