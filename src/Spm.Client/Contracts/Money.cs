using System.Globalization;

namespace Spm.Client;

/// <summary>An amount in its currency (ISO 4217). Negative amounts are legal: a recovery is one.</summary>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary><c>1,234.50 USD</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount:#,0.00} {Currency}");
}
