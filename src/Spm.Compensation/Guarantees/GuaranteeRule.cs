using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Guarantees;

/// <summary>
/// Minimum pay of a month, a quarter or a year. A span that earned less is topped up when it ends, and nothing of it is recovered later.
/// Worked example: guarantees.md.
/// </summary>
public sealed record GuaranteeRule
{
    /// <summary>Throws <see cref="ArgumentException"/> where <see cref="Read"/> would report an error.</summary>
    /// <param name="amount">Of one whole span, in the plan's currency, above 0.</param>
    public GuaranteeRule(RepAmount amount, PeriodKind per, DateRange? dates = null)
    {
        if (amount.Fixed <= 0m)
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "A guarantee is an amount above 0.");
        }
        (Amount, Per, Dates) = (amount, per, dates ?? DateRange.Always);
    }

    /// <summary>Where it depends on the rep or the month, that of the last month of a span counts.</summary>
    public RepAmount Amount { get; }

    public PeriodKind Per { get; }

    /// <summary>A span is guaranteed when it shares a day with these; how much of it, the proration factor says.</summary>
    public DateRange Dates { get; }

    public static GuaranteeRule Read(DocNode node) => Read(node, PlanScopes.WithoutFacts.RepMonth);

    public static GuaranteeRule Read(DocNode node, Scope<RepMonth> scope)
    {
        node.IsObject();
        var amount = RepAmount.Read(node.Get("amount"), scope);
        var per = node.Get("per").AsOneOf(PeriodKind.Month);
        var (from, to) = (node.OptionalDate("from"), node.OptionalDate("to"));
        node.RefuseOthers();
        if (amount.Fixed <= 0m)
        {
            node.Find("amount")?.Fail("guarantee_out_of_range", "A guarantee is an amount above 0.");
            amount = 1m;
        }
        if (to <= (from ?? DateOnly.MinValue))
        {
            node.Find("to")?.Fail("range_is_empty", "The guarantee ends before it begins: 'to' is the first day without it.");
            to = null;
        }
        return new GuaranteeRule(amount, per, new DateRange(from ?? DateOnly.MinValue, to));
    }

    public static string Schema { get; } = $$"""
        {
          "type": "object",
          "description": "Minimum pay of a month, quarter, half-year or year. A span that earned less is topped up when it ends; the top-up is not recovered.",
          "properties": {
            "amount": {{RepAmount.Schema("Guaranteed for one whole span, in the plan's currency, above 0; where it changes, as in the last month of the span. Spans of which only a part counts are prorated.")}},
            "per": { "enum": ["month", "quarter", "half_year", "year"], "description": "The fiscal span that is guaranteed." },
            "from": { "type": "string", "format": "date", "description": "First day of the guarantee. Default: always." },
            "to": { "type": "string", "format": "date", "description": "First day without it. Default: none." }
          },
          "required": ["amount", "per"],
          "additionalProperties": false
        }
        """;
}
