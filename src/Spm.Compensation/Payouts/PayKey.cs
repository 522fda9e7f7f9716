using Spm.Compensation.PayRuns;

namespace Spm.Compensation.Payouts;

/// <summary>Names one line of pay for ever: what a component of a plan brings in a fiscal month (its number), or what a rule of the plan does to it.</summary>
/// <param name="Component">Empty where the line is of the payout as a whole: a cap on all pay, a guarantee, a draw.</param>
public readonly record struct PayKey(int Month, string Plan, string Component, PayLineKind Kind = PayLineKind.Incentive);
