using Spm.Compensation.Documents;
using Spm.Compensation.Periods;

namespace Spm.Compensation.TrueUps;

/// <summary>
/// Pay in months of what is due for a longer span: each month pays what is due to date less what was paid so far. A part may be held back until
/// the span ends, where the true-up pays it. Worked example: true-ups.md.
/// </summary>
public sealed record TrueUpRule
{
    /// <param name="span">The attainment span that is due as a whole; it begins anew at nothing.</param>
    /// <param name="holdBackPercent">From 0 up to 100, in percent of what is due to date.</param>
    public TrueUpRule(PeriodKind span, decimal holdBackPercent = 0m)
    {
        if (holdBackPercent is < 0m or > 100m)
        {
            throw new ArgumentOutOfRangeException(nameof(holdBackPercent), holdBackPercent, "From 0 to 100 % are held back.");
        }
        (Span, HoldBackPercent) = (span, holdBackPercent);
    }

    public PeriodKind Span { get; }

    public decimal HoldBackPercent { get; }

    public static TrueUpRule Read(DocNode node)
    {
        node.IsObject();
        var span = node.Get("per").AsOneOf(PeriodKind.Year);
        var percent = node.Number("hold_back_percent", 0m);
        node.RefuseOthers();
        if (percent is < 0m or > 100m)
        {
            node.Find("hold_back_percent")?.Fail("hold_back_out_of_range", "From 0 to 100 % are held back.");
            percent = 0m;
        }
        return new TrueUpRule(span, percent);
    }

    public const string Schema = """
        {
          "type": "object",
          "description": "Each month pays what is due for the span to date less what was paid so far.",
          "properties": {
            "per": { "enum": ["month", "quarter", "half_year", "year"], "description": "The attainment span that is due as a whole. Its last month is the true-up." },
            "hold_back_percent": { "type": ["number", "string"], "description": "Percent of what is due to date that is paid only at the true-up, 0 to 100. Default 0." }
          },
          "required": ["per"],
          "additionalProperties": false
        }
        """;
}
