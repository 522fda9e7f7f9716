using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Caps;

/// <summary>What a cap is the maximum of.</summary>
public enum CapSpan : byte
{
    /// <summary>The pay for one deal, over all its lines and corrections.</summary>
    Deal,
    Month,
    Quarter,
    HalfYear,
    Year,
}

/// <summary>
/// A maximum of pay for a deal, or for a month, quarter or year to date: <c>paid = min(sum so far, cap) − paid before</c>. A refund first uses
/// up what was cut, and only then takes pay back. Worked example: caps.md.
/// </summary>
public sealed record CapRule
{
    /// <param name="amount">In the plan's currency, above 0; else <see cref="ArgumentOutOfRangeException"/>.</param>
    public CapRule(RepAmount amount, CapSpan per)
    {
        if (amount.Fixed <= 0m)
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "A cap is an amount above 0.");
        }
        (Amount, Per) = (amount, per);
    }

    public RepAmount Amount { get; }

    public CapSpan Per { get; }

    public static CapRule Read(DocNode node) => Read(node, amount => RepAmount.Read(amount, PlanScopes.WithoutFacts.RepMonth));

    /// <param name="read">What an amount may ask for: of a component its figures, of all pay the rep and the month.</param>
    public static CapRule Read(DocNode node, Func<DocNode, RepAmount> read)
    {
        node.IsObject();
        var amount = read(node.Get("amount"));
        var per = node.Get("per").AsOneOf(CapSpan.Month);
        node.RefuseOthers();
        if (amount.Fixed <= 0m)
        {
            node.Find("amount")?.Fail("cap_out_of_range", "A cap is an amount above 0.");
            amount = 1m;
        }
        return new CapRule(amount, per);
    }

    public static string Schema { get; } = $$"""
        {
          "type": "object",
          "description": "A maximum of pay. Paid is the smaller of the sum so far and the cap, less what was paid before; a later refund first uses up what was cut.",
          "properties": {
            "amount": {{RepAmount.Schema("The most that is paid for one span or deal, in the plan's currency, above 0.")}},
            "per": { "enum": ["deal", "month", "quarter", "half_year", "year"], "description": "deal: over all lines of one deal. Else the fiscal span to date." }
          },
          "required": ["amount", "per"],
          "additionalProperties": false
        }
        """;
}
