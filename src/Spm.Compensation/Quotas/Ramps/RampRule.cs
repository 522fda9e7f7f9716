using Spm.Compensation.Documents;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Quotas.Ramps;

/// <summary>Which month is a rep's first.</summary>
public enum RampStart : byte
{
    /// <summary>The fiscal month in which the first active day lies, however late in it.</summary>
    FirstActiveMonth,

    /// <summary>The first fiscal month the rep is active from its first day on; the days before it stand on the first step too.</summary>
    FirstFullMonth,
}

/// <param name="ToMonth">The step ends when so many months have been served: 3 covers the months 1, 2 and 3 after the step before it.</param>
/// <param name="Percent">Of the quota, 0 to 100.</param>
public readonly record struct RampStep(int ToMonth, decimal Percent);

/// <summary>
/// The quota of a rep who has just begun: a percent of it by month of service. Months of service are counted as time served,
/// half-open: month n is the n-th fiscal month, <c>[n − 1, n)</c>, and the month after the last step has the whole quota.
/// Worked example: ramp.md.
/// </summary>
public sealed class RampRule
{
    public const string Schema = """
        {
          "type": "object",
          "description": "A percent of the quota by month of service; the whole quota after the last step.",
          "additionalProperties": false,
          "required": ["steps"],
          "properties": {
            "steps": {
              "type": "array", "minItems": 1, "maxItems": 36,
              "items": {
                "type": "object", "additionalProperties": false, "required": ["to_month", "percent"],
                "properties": {
                  "to_month": {"type": ["integer", "string"], "minimum": 1, "maximum": 120, "description": "The last month of service on this step: 3 ends with the third month."},
                  "percent": {"type": ["number", "string"], "minimum": 0, "maximum": 100, "description": "Percent of the quota."}
                }
              }
            },
            "counts_from": {"enum": ["first_active_month", "first_full_month"], "default": "first_active_month", "description": "Month 1: the fiscal month of the first active day, or the first one that is active from its first day."}
          }
        }
        """;

    public const int MaxSteps = 36;

    public const int MaxMonths = 120;

    private readonly RampStep[] _steps;

    public RampRule(IReadOnlyList<RampStep> steps, RampStart countsFrom = RampStart.FirstActiveMonth)
    {
        if (Check(steps) is { } broken)
        {
            throw new ArgumentException(broken.Detail, nameof(steps));
        }
        _steps = [.. steps];
        CountsFrom = countsFrom;
    }

    public IReadOnlyList<RampStep> Steps => _steps;

    public RampStart CountsFrom { get; }

    public static RampRule Read(DocNode node)
    {
        var list = node.Get("steps");
        List<RampStep> steps = [];
        foreach (var item in node.List("steps"))
        {
            item.Get("to_month");
            steps.Add(new RampStep(item.Whole("to_month", 1, 1, MaxMonths), item.Number("percent")));
            item.RefuseOthers();
        }
        var countsFrom = node.OneOf("counts_from", RampStart.FirstActiveMonth);
        node.RefuseOthers();
        if (Check(steps) is not { } broken)
        {
            return new RampRule(steps, countsFrom);
        }
        (broken.Index < list.Items.Count ? list.Items[broken.Index] : list).Fail(broken.Code, broken.Detail);
        return new RampRule([new RampStep(1, 100m)], countsFrom);
    }

    /// <summary>Null when the steps are in order; else the rule that is broken and the step's index.</summary>
    public static (string Code, int Index, string Detail)? Check(IReadOnlyList<RampStep> steps)
    {
        if (steps.Count is 0 or > MaxSteps)
        {
            return ("ramp_steps_count", steps.Count, $"A ramp has 1 to {MaxSteps} steps.");
        }
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].ToMonth is < 1 or > MaxMonths || (i > 0 && steps[i].ToMonth <= steps[i - 1].ToMonth))
            {
                return ("ramp_steps_out_of_order", i, $"Step {i + 1} ends with month {steps[i].ToMonth}, which is not after the step before it (1 to {MaxMonths}).");
            }
            if (steps[i].Percent is < 0m or > 100m)
            {
                return ("percent_out_of_range", i, $"Step {i + 1} has {steps[i].Percent} %; a ramp has 0 to 100 % of the quota.");
            }
        }
        return null;
    }

    /// <param name="since">The rep's first active day.</param>
    public decimal PercentIn(FiscalMonth month, DateOnly since, FiscalCalendar calendar) => PercentOf(ServiceMonth(month, since, calendar));

    /// <summary>Percent of the quota in a month of service; what lies before month 1 stands on the first step.</summary>
    public decimal PercentOf(int serviceMonth)
    {
        foreach (var step in _steps)
        {
            if (serviceMonth <= step.ToMonth)
            {
                return step.Percent;
            }
        }
        return 100m;
    }

    /// <summary>From 1; 0 or below before it.</summary>
    public int ServiceMonth(FiscalMonth month, DateOnly since, FiscalCalendar calendar) => calendar.MonthsSince(since, month, isWhole: CountsFrom == RampStart.FirstFullMonth);
}
