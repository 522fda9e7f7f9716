using Spm.Compensation.Documents;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Spiffs;

/// <summary>
/// A short-term incentive with a budget for all reps together. Who sold first is paid first; when the budget is used up, nothing more is
/// paid. Worked example: spiffs.md.
/// </summary>
public sealed record SpiffRule
{
    /// <param name="budget">For all reps together, in the plan's currency, above 0; else <see cref="ArgumentOutOfRangeException"/>.</param>
    /// <param name="window">Deals dated in it are eligible.</param>
    public SpiffRule(decimal budget, DateRange window)
    {
        if (budget <= 0m)
        {
            throw new ArgumentOutOfRangeException(nameof(budget), budget, "A budget is an amount above 0.");
        }
        (Budget, Window) = (budget, window);
    }

    public decimal Budget { get; }

    public DateRange Window { get; }

    public static SpiffRule Read(DocNode node)
    {
        node.IsObject();
        var budget = node.Number("budget");
        var (from, to) = (node.Date("from"), node.Date("to"));
        node.RefuseOthers();
        if (budget <= 0m)
        {
            node.Find("budget")?.Fail("budget_out_of_range", "A budget is an amount above 0.");
            budget = 1m;
        }
        if (to <= from)
        {
            node.Find("to")?.Fail("range_is_empty", "The window ends before it begins: 'to' is the first day that is no longer eligible.");
            return new SpiffRule(budget, DateRange.Always);
        }
        return new SpiffRule(budget, new DateRange(from, to));
    }

    public const string Schema = """
        {
          "type": "object",
          "description": "A budget of a SPIFF for all reps together: who sold first is paid first, and nothing more is paid when it is used up.",
          "properties": {
            "budget": { "type": ["number", "string"], "description": "The most that is paid to all reps together, in the plan's currency, above 0." },
            "from": { "type": "string", "format": "date", "description": "First day of deals that are eligible." },
            "to": { "type": "string", "format": "date", "description": "First day of deals that are no longer eligible." }
          },
          "required": ["budget", "from", "to"],
          "additionalProperties": false
        }
        """;
}
