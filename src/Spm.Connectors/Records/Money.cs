namespace Spm.Connectors;

/// <summary>
/// An exact amount in a currency (ISO 4217, three capital letters). Never a binary fraction: vendors' amounts are read as decimals or as
/// whole minor units. Equal if both parts are; 1.0 EUR equals 1.00 EUR. May be negative.
/// </summary>
public readonly record struct Money
{
    /// <exception cref="ArgumentException">The currency is not three capital letters.</exception>
    public Money(decimal amount, string currency)
    {
        if (!IsCurrency(currency))
        {
            throw new ArgumentException($"'{currency}' is not an ISO 4217 code.", nameof(currency));
        }
        Amount = amount;
        Currency = currency;
    }

    public decimal Amount { get; }

    public string Currency { get; }

    /// <summary>
    /// Currencies that a vendor who counts in minor units (Stripe does) counts whole. The shilling of Uganda and the króna of Iceland have no minor
    /// units any more and are counted in hundredths all the same: 500 are 5 UGX.
    /// </summary>
    private static readonly HashSet<string> WithoutDigits = new(
        "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> WithThreeDigits = new("BHD IQD JOD KWD LYD OMR TND".Split(' '), StringComparer.Ordinal);

    /// <summary>From whole minor units (cents), in either case of the code.</summary>
    public static Money FromMinorUnits(long units, string currency)
    {
        var code = currency.ToUpperInvariant();
        return new Money(units / (WithoutDigits.Contains(code) ? 1m : WithThreeDigits.Contains(code) ? 1000m : 100m), code);
    }

    public static bool IsCurrency(string? code) => code is { Length: 3 } && !code.AsSpan().ContainsAnyExceptInRange('A', 'Z');

    public static Money operator +(Money left, Money right) => left.Currency == right.Currency
        ? new Money(left.Amount + right.Amount, left.Currency)
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} do not add up.");

    public override string ToString() => FormattableString.Invariant($"{Amount} {Currency}");
}
