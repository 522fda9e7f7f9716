using Spm.Compensation.Documents;

namespace Spm.Compensation.Clawbacks;

/// <summary>The percent taken back of a deal that is cancelled before it is so old, in months or days; null in the last step: at any age.</summary>
public readonly record struct ClawbackStep(int? To, decimal Percent);

/// <summary>
/// How much of what was paid for a deal is taken back when it is cancelled, by its age. Steps are half-open: a deal that is 12 months old
/// today is past a step to 12 months, one that is 90 days old past a step to 90 days. Beyond the last step nothing is taken back. Worked example: clawbacks.md.
/// </summary>
/// <remarks>
/// Age in days is the days from the deal's date to the cancellation's. Age in months is counted in whole ones by anniversary of the deal's date. A deal of the 31st is a month older on the last day of a month that has no
/// 31st, and each anniversary is counted from the deal's own date: 31 January, 28 February, 31 March. A cancellation that is dated before
/// its deal is of age 0.
/// </remarks>
public sealed record ClawbackRule
{
    /// <summary>As many as a linear rule has months.</summary>
    public const int MaxSteps = 120;

    public const int MaxDays = 3_660;

    private static readonly string[] Forms = ["percent", "schedule", "over_months", "over_days"];

    private readonly ClawbackStep[] _steps;

    /// <summary>Throws <see cref="ArgumentException"/> where <see cref="Read"/> would report an error.</summary>
    public ClawbackRule(IReadOnlyList<ClawbackStep> steps, bool inDays = false)
    {
        if (Check(steps) is { } broken)
        {
            throw new ArgumentException($"{broken.Code}: {broken.Detail}", nameof(steps));
        }
        (_steps, InDays) = ([.. steps], inDays);
    }

    /// <summary>Ages are days; else they are months.</summary>
    public bool InDays { get; }

    /// <summary>Earned day by day over so many days; null: by steps.</summary>
    public int? OverDays { get; private init; }

    /// <summary>Earned month by month: of a deal that is so many of the months old, the part of the months that are left is taken back.</summary>
    /// <param name="months">1 to <see cref="MaxSteps"/>.</param>
    public static ClawbackRule Linear(int months) =>
        new([.. Enumerable.Range(1, months).Select(age => new ClawbackStep(age, 100m * (months - age + 1) / months))]);

    /// <summary>The same day by day.</summary>
    /// <param name="days">1 to <see cref="MaxDays"/>.</param>
    public static ClawbackRule LinearInDays(int days) => new([new ClawbackStep(days, 100m)], inDays: true) { OverDays = days };

    /// <summary>In order of age.</summary>
    public IReadOnlyList<ClawbackStep> Steps => _steps;

    /// <summary>Of a deal on a day, in the unit of the rule.</summary>
    public int AgeOf(DateOnly deal, DateOnly day) => InDays ? Math.Max(0, day.DayNumber - deal.DayNumber) : AgeMonths(deal, day);

    /// <summary>The percent of a deal that is so many days or whole months old.</summary>
    public decimal PercentAt(int age)
    {
        if (OverDays is { } days)
        {
            return 100m * Math.Max(0, days - age) / days;
        }
        foreach (var step in _steps)
        {
            if (step.To is not { } to || age < to)
            {
                return step.Percent;
            }
        }
        return 0m;
    }

    /// <summary>Whole months from the deal's date to the day, 0 or more.</summary>
    public static int AgeMonths(DateOnly deal, DateOnly day)
    {
        var months = (day.Year - deal.Year) * 12 + day.Month - deal.Month;
        // AddMonths steps back to the last day of a month that is too short. Months that lie before the deal are not asked for.
        return months <= 0 ? 0 : deal.AddMonths(months) > day ? months - 1 : months;
    }

    public static ClawbackRule Read(DocNode node)
    {
        node.IsObject();
        var percent = node.OptionalNumber("percent");
        var schedule = node.List("schedule");
        var overMonths = node.Whole("over_months", otherwise: 1, least: 1, most: MaxSteps);
        var overDays = node.Whole("over_days", otherwise: 1, least: 1, most: MaxDays);
        node.RefuseOthers();
        if (Forms.Count(node.Has) != 1)
        {
            node.Fail("clawback_ambiguous", "A clawback has one of 'percent', 'schedule', 'over_months' and 'over_days'.");
            return new ClawbackRule([new(null, 100m)]);
        }
        if (node.Has("over_months"))
        {
            return Linear(overMonths);
        }
        if (node.Has("over_days"))
        {
            return LinearInDays(overDays);
        }
        var inDays = schedule.Any(s => s.Has("to_days"));
        ClawbackStep[] steps = percent is { } one ? [new(null, one)] : [.. schedule.Select(s => Step(s, inDays))];
        if (Check(steps) is not { } broken)
        {
            return new ClawbackRule(steps, inDays);
        }
        (node.Find("percent") ?? schedule.ElementAtOrDefault(broken.Index) ?? node.Get("schedule")).Fail(broken.Code, broken.Detail);
        return new ClawbackRule([new(null, 100m)]);
    }

    public bool Equals(ClawbackRule? other) => other is not null && (InDays, OverDays) == (other.InDays, other.OverDays) && _steps.AsSpan().SequenceEqual(other._steps);

    public override int GetHashCode() => _steps.Aggregate(0, HashCode.Combine);

    private static ClawbackStep Step(DocNode node, bool inDays)
    {
        node.IsObject();
        if (inDays && node.Find("to_months") is { } months)
        {
            months.Fail("clawback_units_mixed", "A schedule goes by months or by days.");
        }
        var unit = inDays ? "to_days" : "to_months";
        int? to = node.Has(unit) ? node.Whole(unit, otherwise: 1, least: 1, most: inDays ? 10 * MaxDays : 1200) : null;
        var step = new ClawbackStep(to, node.Number("percent"));
        node.RefuseOthers();
        return step;
    }

    private static (int Index, string Code, string Detail)? Check(IReadOnlyList<ClawbackStep> steps)
    {
        if (steps.Count is 0 or > MaxSteps)
        {
            return (steps.Count, "clawback_steps_count", $"A schedule has 1 to {MaxSteps} steps.");
        }
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Percent is < 0m or > 100m)
            {
                return (i, "clawback_percent_out_of_range", $"{steps[i].Percent} % is not from 0 to 100 %: never more is taken back than was paid.");
            }
            if (steps[i].To is null ? i < steps.Count - 1 : steps[i].To <= (i == 0 ? 0 : steps[i - 1].To))
            {
                return (i, "clawback_steps_out_of_order", $"Step {i + 1} does not end after the step before it, or has no end and is not the last.");
            }
        }
        return null;
    }

    public const string Schema = """
        {
          "type": "object",
          "description": "How much of what was paid for a deal is taken back when it is cancelled. One percent, a schedule by age, or month by month or day by day; never more than was paid.",
          "properties": {
            "percent": { "type": ["number", "string"], "description": "Percent of what was paid, 0 to 100, at any age of the deal." },
            "over_months": { "type": ["integer", "string"], "minimum": 1, "maximum": 120, "description": "Month by month: a deal that is 4 of 12 months old gives back 8 twelfths, and one that is 12 months old nothing." },
            "over_days": { "type": ["integer", "string"], "minimum": 1, "maximum": 3660, "description": "Day by day: a deal that is 73 of 365 days old gives back four fifths." },
            "schedule": {
              "type": "array",
              "description": "Steps by the deal's age in days, or in whole months counted by anniversary of its date, in order. Beyond the last step nothing is taken back.",
              "minItems": 1,
              "maxItems": 120,
              "items": {
                "type": "object",
                "properties": {
                  "to_months": { "type": ["integer", "string"], "minimum": 1, "maximum": 1200, "description": "The step ends before this age. Only the last step may leave it out: it has no end." },
                  "to_days": { "type": ["integer", "string"], "minimum": 1, "maximum": 36600, "description": "The same in days, in all steps or in none." },
                  "percent": { "type": ["number", "string"], "description": "Percent of what was paid, 0 to 100." }
                },
                "required": ["percent"],
                "additionalProperties": false
              }
            }
          },
          "additionalProperties": false
        }
        """;
}
