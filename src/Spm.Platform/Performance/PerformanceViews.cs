using Spm.Platform.Kernel;
using Spm.Platform.Transactions;

namespace Spm.Platform.Performance;

/// <summary>
/// A rep over a period, by the first component with credits of the plan that pays its last month with a plan. Credited and quota are in the
/// measure's unit and for the whole period, whatever the plan was in its months.
/// </summary>
/// <param name="Measure">Null where no component of the plan counts credits.</param>
/// <param name="Credited">What the component counts: direct, overlay or roll-up credits.</param>
/// <param name="Quota">Set for exactly the period, or all of its parts; null when it is not.</param>
/// <param name="Attainment">In percent at four decimals; null without a quota.</param>
/// <param name="Earnings">What the plan pays for the period's months as it comes to now.</param>
/// <param name="Payout">What is due in the period's months, adjustments included: as fixed where a month is closed, as it stands where it is open.</param>
public sealed record RepPerformanceView(
    RepRef Rep,
    string Plan,
    string PlanName,
    string Component,
    string? Measure,
    string? MeasureName,
    string? Credited,
    string? Quota,
    string? Attainment,
    MoneyView Earnings,
    MoneyView Payout);

/// <summary>A rep's credits of a measure in a period against the quota. Credited and quota are in the measure's unit.</summary>
/// <param name="Attainment">In percent at four decimals, half to even.</param>
public sealed record AttainmentView(RepRef Rep, string Measure, string MeasureName, string Period, string Credited, string Quota, string Attainment);
