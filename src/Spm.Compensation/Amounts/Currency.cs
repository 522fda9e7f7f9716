using System.Collections.Frozen;

namespace Spm.Compensation.Amounts;

/// <summary>An ISO 4217 currency. Two currencies are equal when their codes are.</summary>
/// <remarks><see cref="MinorDigits"/> is the number of decimal places money is paid in: 2 for USD, 0 for JPY, 3 for KWD.</remarks>
public readonly record struct Currency
{
    private static readonly FrozenDictionary<string, int> MinorDigitsByCode = Known();

    private readonly string? _code;

    private Currency(string code, int minorDigits)
    {
        _code = code;
        MinorDigits = minorDigits;
    }

    public string Code => _code ?? throw new InvalidOperationException("A default Currency names no currency.");

    public int MinorDigits { get; }

    public static Currency Usd { get; } = Parse("USD");

    /// <summary>Knows the active ISO 4217 currencies that people are paid in (no fund units, no metals), in upper case only: "usd" is refused.</summary>
    public static bool TryParse(string? code, out Currency currency)
    {
        if (code is not null && MinorDigitsByCode.TryGetValue(code, out var digits))
        {
            currency = new Currency(code, digits);
            return true;
        }
        currency = default;
        return false;
    }

    public static Currency Parse(string code) =>
        TryParse(code, out var currency) ? currency : throw new FormatException($"'{code}' is not an ISO 4217 currency code.");

    public override string ToString() => Code;

    private static FrozenDictionary<string, int> Known()
    {
        const string none = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
        const string three = "BHD IQD JOD KWD LYD OMR TND";
        const string two =
            "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK " +
            "DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK " +
            "LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON " +
            "RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST " +
            "XCD XCG YER ZAR ZMW ZWG";
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        void Add(string codes, int digits)
        {
            foreach (var code in codes.Split(' '))
            {
                known.Add(code, digits);
            }
        }
        Add(none, 0);
        Add(two, 2);
        Add(three, 3);
        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
