using Spm.Compensation.Periods;
using Spm.Compensation.Plans;

namespace Spm.Compensation.Incentives;

/// <summary>Names one incentive for ever: a component of a plan in a fiscal month (its number).</summary>
public readonly record struct IncentiveKey(int Month, string Plan, string Component);

/// <summary>What one component yields in one month. Credited figures are in units of the measure, money in the payout currency.</summary>
/// <param name="Credited">Of the month.</param>
/// <param name="CreditedToDate">Of the attainment period, up to and including the month.</param>
/// <param name="Quota">Against which <paramref name="CreditedToDate"/> stands; null when it is not set.</param>
/// <param name="EarnedToDate">Exact, under the version that pays the month; as it was before while the quota is missing.</param>
/// <param name="EarnedBefore">The same, up to the month before: the month's incentive is the difference.</param>
/// <param name="IncentiveMinor">The month's incentive in minor units, as it is paid.</param>
public sealed record ComponentResult(
    IncentiveKey Key,
    PlanInEffect Plan,
    Component Component,
    decimal Credited,
    decimal CreditedToDate,
    decimal? Quota,
    decimal EarnedToDate,
    decimal EarnedBefore,
    long IncentiveMinor)
{
    public decimal Incentive => EarnedToDate - EarnedBefore;

    /// <summary>A fraction, unrounded; null without a quota.</summary>
    public decimal? Attainment => Quota is { } quota ? CreditedToDate / quota : null;

    /// <summary>
    /// Something is credited, and for want of a quota nothing can be said about its pay. Where the quota grows by month, so does
    /// what earlier credits stand against: then a month without credits of its own is not known either.
    /// </summary>
    public bool QuotaMissing => Quota is null && Component.RateTable.NeedsQuota && (Credited != 0m || (Component.Quota == QuotaBasis.ToDate && CreditedToDate != 0m));
}

public sealed record MonthStatement(FiscalMonth Month, IReadOnlyList<ComponentResult> Components, long IncentiveMinor)
{
    /// <summary>False while nothing is credited to the rep in this month or a later one and it is not being closed: it pays nothing yet.</summary>
    public bool Begun { get; init; } = true;
}

public sealed record YearStatement(FiscalYear Year, IReadOnlyList<MonthStatement> Months);
