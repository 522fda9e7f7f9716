namespace Spm.Compensation.Amounts;

/// <summary>
/// An exact amount of one currency. Negative amounts are legal: a recovery is a negative payout.
/// Adding two currencies throws, because no rate is implied.
/// </summary>
public readonly record struct Money(decimal Amount, Currency Currency) : IComparable<Money>
{
    public static Money Zero(Currency currency) => new(0m, currency);

    /// <summary>From whole minor units: 1050 of USD is 10.50.</summary>
    public static Money FromMinor(long minor, Currency currency) => new(minor / Scale(currency), currency);

    /// <summary>Whole minor units. Throws <see cref="InvalidOperationException"/> when the amount is not yet rounded to them.</summary>
    public long ToMinor()
    {
        var minor = Amount * Scale(Currency);
        return minor == decimal.Truncate(minor)
            ? (long)minor
            : throw new InvalidOperationException($"{this} is finer than the smallest unit of {Currency}: round first.");
    }

    /// <summary>Rounds half to even at the currency's minor unit: the one rounding rule of the platform.</summary>
    public Money Round() => new(Rounding.ToMinorDigits(Amount, Currency), Currency);

    public static Money operator +(Money left, Money right) => new(left.Amount + right.Amount, Same(left, right));

    public static Money operator -(Money left, Money right) => new(left.Amount - right.Amount, Same(left, right));

    public static Money operator -(Money value) => new(-value.Amount, value.Currency);

    public static Money operator *(Money value, decimal factor) => new(value.Amount * factor, value.Currency);

    public int CompareTo(Money other)
    {
        Same(this, other);
        return Amount.CompareTo(other.Amount);
    }

    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Amount:0.00##########} {Currency}");

    private static Currency Same(Money left, Money right) => left.Currency == right.Currency
        ? left.Currency
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} cannot be combined without a rate.");

    private static decimal Scale(Currency currency) => currency.MinorDigits switch { 0 => 1m, 2 => 100m, 3 => 1000m, _ => throw new InvalidOperationException() };
}
