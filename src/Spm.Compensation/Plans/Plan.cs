using Spm.Compensation.Attainment;
using Spm.Compensation.Periods;
using Spm.Compensation.RateTables;

namespace Spm.Compensation.Plans;

/// <summary>A named set of versions. The version in effect on a month's first day pays the month.</summary>
public sealed record Plan(int No, string Id, string Name, IReadOnlyList<PlanVersion> Versions)
{
    /// <summary>Null before the first version.</summary>
    public PlanVersion? VersionAt(DateOnly day)
    {
        PlanVersion? found = null;
        foreach (var version in Versions)
        {
            if (version.EffectiveFrom <= day && (found is null || version.EffectiveFrom > found.EffectiveFrom))
            {
                found = version;
            }
        }
        return found;
    }
}

/// <summary>Versions are numbered from 1 in order of their effective dates.</summary>
public sealed record PlanVersion(int Number, DateOnly EffectiveFrom, IReadOnlyList<Component> Components);

[Flags]
public enum CreditSources : byte
{
    None = 0,
    Direct = 1,
    Overlay = 2,
    RollUp = 4,
}

public enum QuotaBasis : byte
{
    /// <summary>The quota of the whole attainment period: a quarter's sales stand against the quarter's quota from its first month on.</summary>
    Full,

    /// <summary>The quotas of the months so far: sales to date stand against quota to date.</summary>
    ToDate,
}

/// <summary>
/// One incentive: its measure, which credits count, the span that sets the rate (<see cref="AttainmentPeriod"/>) and the rate
/// table. It is paid by month: what the span has earned to date, less what it had earned a month ago.
/// </summary>
public sealed record Component(
    string Id,
    string Name,
    Measure Measure,
    CreditSources Credits,
    PeriodKind AttainmentPeriod,
    QuotaBasis Quota,
    RateTable RateTable)
{
    /// <summary>The part of a measurement that this component counts, in ten-thousandths.</summary>
    public long Count(in Measurement measurement) =>
        ((Credits & CreditSources.Direct) != 0 ? measurement.Direct : 0)
        + ((Credits & CreditSources.Overlay) != 0 ? measurement.Overlay : 0)
        + ((Credits & CreditSources.RollUp) != 0 ? measurement.RollUp : 0);
}
