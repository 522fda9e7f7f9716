using System.Numerics;
using Spm.Compensation.Documents;

namespace Spm.Compensation.Quotas.Seasonality;

public enum SeasonalParts : byte
{
    Quarters,
    Months,
}

/// <summary>
/// Spreads a year's quota over its quarters or months by percents that sum to 100, or that of a quarter or year over its months in even
/// parts. The parts are rounded to <see cref="Decimals"/> and sum to the whole (largest remainder; equal remainders are served in order of
/// time). A quota with more decimals of its own is cut at those. Worked example: seasonality.md.
/// </summary>
public sealed class SeasonalityRule
{
    public const string Schema = $$"""{"description": "Spreads quotas over parts of their period; the parts sum to the whole.", "oneOf": [{"const": "even"}, {{PercentsSchema}}]}""";

    private const string PercentsSchema = """
        {
          "type": "object",
          "description": "A year's quota over its quarters or months by percents. The word even in its place spreads the quota of a quarter or a year over its months in equal parts.",
          "additionalProperties": false,
          "required": ["over", "percents"],
          "properties": {
            "over": {"enum": ["quarters", "months"], "description": "The parts of the fiscal year."},
            "percents": {"type": "array", "minItems": 1, "maxItems": 14, "items": {"type": ["number", "string"], "minimum": 0, "maximum": 100}, "description": "Percent of the year's quota for each part in order of time; they sum to 100."},
            "decimals": {"type": ["integer", "string"], "minimum": 0, "maximum": 10, "default": 4, "description": "Decimals of a part; 0 is whole units."}
          }
        }
        """;

    /// <summary>Each month of a quarter or year has the same part.</summary>
    public static readonly SeasonalityRule Even = new(SeasonalParts.Months, [100m]) { IsEven = true };

    public const int MaxParts = 14;

    public const int MaxDecimals = 10;

    private readonly decimal[] _percents;

    public SeasonalityRule(SeasonalParts over, IReadOnlyList<decimal> percents, int decimals = 4)
    {
        if (Check(percents) is { } broken)
        {
            throw new ArgumentException(broken.Detail, nameof(percents));
        }
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, MaxDecimals);
        _percents = [.. percents];
        (Over, Decimals) = (over, decimals);
    }

    public SeasonalParts Over { get; }

    /// <summary>Months have equal parts of what is set for their quarter, else for their year; there are no percents then.</summary>
    public bool IsEven { get; private init; }

    public IReadOnlyList<decimal> Percents => _percents;

    /// <summary>0 is whole units.</summary>
    public int Decimals { get; }

    public static SeasonalityRule Read(DocNode node)
    {
        if (node is { Kind: DocKind.Text, Scalar: "even" })
        {
            return Even;
        }
        node.Get("over");
        var over = node.OneOf("over", SeasonalParts.Quarters);
        var list = node.Get("percents");
        decimal[] percents = [.. node.List("percents").Select(p => p.AsNumber())];
        var decimals = node.Whole("decimals", 4, 0, MaxDecimals);
        node.RefuseOthers();
        if (Check(percents) is not { } broken)
        {
            return new SeasonalityRule(over, percents, decimals);
        }
        list.Fail(broken.Code, broken.Detail);
        return new SeasonalityRule(over, [100m], decimals);
    }

    public static (string Code, string Detail)? Check(IReadOnlyList<decimal> percents)
    {
        if (percents.Count is 0 or > MaxParts)
        {
            return ("seasonality_parts_count", $"A year has 1 to {MaxParts} parts.");
        }
        if (percents.Any(p => p is < 0m or > 100m))
        {
            return ("percent_out_of_range", "A part has 0 to 100 %.");
        }
        var sum = percents.Aggregate(Fraction.Zero, (all, p) => all + p);
        return sum == 100m ? null : ("percents_do_not_sum_to_100", $"The percents sum to {sum.ToDecimal()}, not 100.");
    }

    /// <summary>The parts in order of time; they sum to the year's quota exactly. Negating the quota negates every part.</summary>
    public IReadOnlyList<decimal> Spread(decimal quota) => Spread(quota, [.. _percents.Select(Fraction.FromPercent)]);

    /// <summary>So many equal parts, likewise.</summary>
    public IReadOnlyList<decimal> SpreadEvenly(decimal quota, int parts) => Spread(quota, [.. Enumerable.Repeat(new Fraction(1, parts), parts)]);

    private IReadOnlyList<decimal> Spread(decimal quota, Fraction[] shares)
    {
        var decimals = Math.Max(Decimals, quota.Scale);
        // A part has no more digits than a decimal holds, or it could not be told exactly.
        while (decimals > quota.Scale && Fraction.FromDecimal(decimal.Abs(quota)) * new Fraction(BigInteger.Pow(10, decimals), 1) > decimal.MaxValue)
        {
            decimals--;
        }
        var unit = BigInteger.Pow(10, decimals);
        var total = (Fraction.FromDecimal(decimal.Abs(quota)) * new Fraction(unit, 1)).Numerator;
        Fraction[] exact = [.. shares.Select(share => share * new Fraction(total, 1))];
        BigInteger[] parts = [.. exact.Select(e => e.Floor())];
        var left = (int)(total - parts.Aggregate(BigInteger.Zero, (all, part) => all + part));
        // OrderBy is stable: equal remainders are served in order of time.
        foreach (var i in Enumerable.Range(0, exact.Length).OrderByDescending(i => exact[i] - new Fraction(parts[i], 1)).Take(left))
        {
            parts[i]++;
        }
        var sign = Math.Sign(quota);
        return [.. parts.Select(part => new Fraction(part * sign, unit).ToDecimal())];
    }
}
