using System.Globalization;
using Spm.Compensation.Amounts;

namespace Spm.Platform.Kernel;

/// <summary>Money on the wire: a decimal string at the currency's minor unit and its ISO 4217 code.</summary>
public sealed record MoneyView(string Amount, string Currency)
{
    public static MoneyView Of(long minor, Currency currency)
    {
        var value = Money.FromMinor(minor, currency).Amount;
        return new MoneyView(value.ToString("F" + currency.MinorDigits, CultureInfo.InvariantCulture), currency.Code);
    }
}

/// <summary>Conversions between stored numbers and their form on the wire.</summary>
public static class Wire
{
    /// <summary>Ten-thousandths as a decimal without trailing zeros beyond the second decimal: 12.50, 20565.6206.</summary>
    public static string Amount(long tenThousandths) => TenThousandths.ToDecimal(tenThousandths).ToString("0.00##", CultureInfo.InvariantCulture);

    public static string Amount(decimal value) => value.ToString("0.00##########", CultureInfo.InvariantCulture);

    /// <summary>All digits there are, so that what is recomputed from it is what was computed.</summary>
    public static string Exact(decimal value) => value.ToString("0.00##########################", CultureInfo.InvariantCulture);

    /// <summary>A rate or an edge of a tier, with all its digits.</summary>
    public static string ExactPercent(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    public static string Percent(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    public static DateOnly Day(int number) => DateOnly.FromDayNumber(number);

    public static string Instant(long unixMilliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
