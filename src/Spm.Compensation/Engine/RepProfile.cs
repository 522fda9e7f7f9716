using Spm.Compensation.Periods;
using Spm.Compensation.Quotas.Leave;
using Spm.Compensation.Quotas.Proration;

namespace Spm.Compensation.Engine;

/// <summary>What a plan may ask about a rep. Amounts are of a fiscal year, in the plan's currency.</summary>
public sealed record RepProfile(string Id)
{
    public string? Title { get; init; }

    public string? Territory { get; init; }

    /// <summary>Id of whom the rep reports to, where several reps are calculated together; null: nobody. It may change from month to month.</summary>
    public string? Manager { get; init; }

    public DateOnly? HiredOn { get; init; }

    /// <summary>The first day no more with the company.</summary>
    public DateOnly? LeftOn { get; init; }

    /// <summary>Variable pay of a full year at 100 % attainment.</summary>
    public decimal? TargetIncentive { get; init; }

    public decimal? BaseSalary { get; init; }

    public IReadOnlyList<LeaveRange> Leave { get; init; } = [];

    /// <summary>From the day of hire to the day of leaving; always, where neither is told.</summary>
    public DaySet EmployedDays => LeftOn <= HiredOn ? DaySet.None : DaySet.Of(new DateRange(HiredOn ?? DateOnly.MinValue, LeftOn));

    /// <summary>Scores of a scorecard's goals: (goal, period) to a percent.</summary>
    public IReadOnlyDictionary<(string Goal, string Period), decimal> Scores { get; init; } = new Dictionary<(string, string), decimal>();

    /// <summary>Further facts by name, numbers and texts.</summary>
    public FactSet Facts { get; init; } = FactSet.Empty;
}
