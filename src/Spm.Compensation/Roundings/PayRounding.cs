using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;

namespace Spm.Compensation.Roundings;

/// <summary>What of a rep's pay is rounded.</summary>
public enum PayRoundingEach : byte
{
    /// <summary>The year to date: a month is paid the difference, and no cent is lost over the year.</summary>
    YearToDate,

    /// <summary>Every month by itself.</summary>
    Month,
}

/// <summary>How a payout is rounded. Worked example: rounding.md.</summary>
/// <param name="Rule">Null: half to even at the currency's minor unit.</param>
public sealed record PayRounding(RoundingRule? Rule, PayRoundingEach Each)
{
    public static readonly PayRounding Standard = new(null, PayRoundingEach.YearToDate);

    public static string Schema { get; } = $$"""
        {
          "type": "object",
          "description": "How payouts are rounded. Left out: half to even at the currency's minor unit, the year to date.",
          "additionalProperties": false,
          "properties": {
            {{RoundingRule.Members("half_even")}},
            "each": {"enum": ["year_to_date", "month"], "default": "year_to_date", "description": "year_to_date: the year to date is rounded and a month is paid the difference. month: every month by itself."}
          }
        }
        """;

    public static PayRounding Read(DocNode node, Currency currency)
    {
        node.IsObject();
        var unit = UnitOf(currency);
        var rule = RoundingRule.ReadRule(node, unit);
        var each = node.OneOf("each", PayRoundingEach.YearToDate);
        node.RefuseOthers();
        if (rule.To % unit != 0m)
        {
            node.Find("to")?.Fail("rounding_finer_than_currency", $"{currency.Code} is paid in multiples of {unit}.");
        }
        return new PayRounding(rule, each);
    }

    public static decimal UnitOf(Currency currency) => Money.FromMinor(1, currency).Amount;

    public decimal Apply(decimal amount, Currency currency) => Rule?.Apply(amount) ?? Rounding.ToMinorDigits(amount, currency);
}
