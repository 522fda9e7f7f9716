using Orleans;
using Spm.Platform.Payouts.Explaining;

namespace Spm.Platform.Reps;

/// <summary>How a month's pay came about, as it travels from the grain.</summary>
/// <param name="Pay">What the month is worth as it is calculated now, down to sums of credits, quotas and tiers.</param>
/// <param name="Payout">What its payout pays: also adjustments of closed months, and what is carried in. Null where it has no payout.</param>
[GenerateSerializer, Immutable, Alias("spm.explained-month")]
public sealed record ExplainedMonth([property: Id(0)] ExplainedComponent[] Components, [property: Id(1)] CalculationView Pay, [property: Id(2)] CalculationView? Payout);

/// <param name="SoldOn">Where it counts the deals of some days: the day of sale of each deal that is refunded in the month.</param>
/// <param name="Attainment">Null where it has none.</param>
[GenerateSerializer, Immutable, Alias("spm.explained-component")]
public sealed record ExplainedComponent(
    [property: Id(0)] LiveComponent Figures, [property: Id(1)] Dictionary<string, DateOnly>? SoldOn, [property: Id(2)] CalculationView Incentive, [property: Id(3)] CalculationView? Attainment);
