using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;

namespace Spm.Compensation.Fx;

/// <summary>Which rate converts an amount.</summary>
public enum FxBasis : byte
{
    /// <summary>The latest rate on or before the transaction's date.</summary>
    TransactionDate,

    /// <summary>The mean of the rates dated in the transaction's fiscal month.</summary>
    MonthAverage,

    /// <summary>The rates that the plan itself names.</summary>
    Fixed,
}

/// <summary>How amounts of other currencies become amounts of the plan's. Worked example: fx.md.</summary>
public sealed record FxRule
{
    private readonly SortedDictionary<string, decimal> _fixedRates;

    /// <summary>Throws <see cref="ArgumentException"/> where <see cref="Read"/> would report an error.</summary>
    /// <param name="fixedRates">With <see cref="FxBasis.Fixed"/>, and only then: units of the plan's currency for one unit of each.</param>
    /// <param name="averageDecimals">At which a month's average is rounded, half to even: 0 to <see cref="FxRates.MaxDecimals"/>.</param>
    public FxRule(FxBasis basis, IReadOnlyDictionary<Currency, decimal>? fixedRates = null, int averageDecimals = FxRates.MaxDecimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(averageDecimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(averageDecimals, FxRates.MaxDecimals);
        if ((basis == FxBasis.Fixed) != (fixedRates?.Count > 0))
        {
            throw new ArgumentException("Fixed rates belong to the basis 'fixed', which has at least one.", nameof(fixedRates));
        }
        (Basis, AverageDecimals, _fixedRates) = (basis, averageDecimals, new SortedDictionary<string, decimal>(StringComparer.Ordinal));
        foreach (var (currency, rate) in fixedRates ?? new Dictionary<Currency, decimal>())
        {
            _fixedRates.Add(currency.Code, FxRates.IsRate(rate) ? rate : throw new ArgumentException($"{rate} is no rate.", nameof(fixedRates)));
        }
    }

    public FxBasis Basis { get; }

    public int AverageDecimals { get; }

    /// <summary>By currency code, in order.</summary>
    public IReadOnlyDictionary<string, decimal> FixedRates => _fixedRates;

    public static FxRule Read(DocNode node)
    {
        node.IsObject();
        var basis = node.Get("rate").AsOneOf(FxBasis.TransactionDate);
        var decimals = node.Whole("average_decimals", otherwise: FxRates.MaxDecimals, least: 0, most: FxRates.MaxDecimals);
        var named = node.Find("fixed_rates");
        var rates = named is null ? [] : ReadRates(named);
        node.RefuseOthers();
        if (node.Has("average_decimals") && basis != FxBasis.MonthAverage)
        {
            node.Get("average_decimals").Fail("fx_average_unused", "Only 'month_average' has decimals of an average.");
        }
        if (basis == FxBasis.Fixed)
        {
            _ = node.Get("fixed_rates");
            if (named is { Members.Count: 0 })
            {
                named.Fail("fx_rate_missing", "Fixed rates name at least one currency.");
            }
            return rates.Count > 0 ? new FxRule(basis, rates) : new FxRule(FxBasis.TransactionDate);
        }
        named?.Fail("fx_fixed_rates_unused", "Only the rate 'fixed' has fixed rates.");
        return new FxRule(basis, averageDecimals: decimals);
    }

    public bool Equals(FxRule? other) =>
        other is not null && (Basis, AverageDecimals) == (other.Basis, other.AverageDecimals) && _fixedRates.SequenceEqual(other._fixedRates);

    public override int GetHashCode() => _fixedRates.Aggregate(HashCode.Combine(Basis, AverageDecimals), HashCode.Combine);

    internal static Dictionary<Currency, decimal> ReadRates(DocNode named)
    {
        Dictionary<Currency, decimal> rates = [];
        named.IsObject();
        foreach (var (code, node) in named.Members)
        {
            var rate = named.Number(code);
            if (!Currency.TryParse(code, out var currency))
            {
                node.Fail("currency_unknown", $"'{code}' is not an ISO 4217 currency code.");
            }
            else if (!FxRates.IsRate(rate))
            {
                node.Fail("fx_rate_out_of_range", $"A rate lies above 0 and below a billion and has at most {FxRates.MaxDecimals} decimals.");
            }
            else
            {
                rates.Add(currency, rate);
            }
        }
        return rates;
    }

    public const string Schema = """
        {
          "type": "object",
          "description": "How amounts of other currencies become amounts of the plan's currency. Products are exact; money is rounded only at payout.",
          "properties": {
            "rate": { "enum": ["transaction_date", "month_average", "fixed"], "description": "transaction_date: the latest rate on or before the transaction's date. month_average: the mean of the rates dated in its fiscal month. fixed: the rates named here." },
            "average_decimals": { "type": ["integer", "string"], "minimum": 0, "maximum": 10, "description": "With month_average: decimals the mean is rounded at, half to even. Default 10." },
            "fixed_rates": {
              "type": "object",
              "description": "With fixed: units of the plan's currency for one unit of each currency, at most 10 decimals.",
              "propertyNames": { "pattern": "^[A-Z]{3}$" },
              "additionalProperties": { "type": ["number", "string"] }
            }
          },
          "required": ["rate"],
          "additionalProperties": false
        }
        """;
}
