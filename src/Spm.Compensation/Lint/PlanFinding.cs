namespace Spm.Compensation.Lint;

public enum FindingSeverity : byte
{
    /// <summary>To be known, and nothing to be changed: what was not examined.</summary>
    Note,

    /// <summary>Plans may be meant like that; who reads it should know.</summary>
    Warning,

    /// <summary>No plan is meant like that: more sold earns less, or a rule can never apply.</summary>
    Error,
}

/// <summary>Something about a plan that its author should look at before it pays anybody.</summary>
/// <param name="Code">Names the rule: <c>cliff</c>, <c>negative_marginal_pay</c>, …</param>
/// <param name="Component">Empty where the version as a whole is meant.</param>
/// <param name="Input">Where it bites: "at 100 % of quota (120,000)".</param>
/// <param name="Money">What it is worth there, in the plan's currency, for the rep of <see cref="Probe"/>; null where there is no such figure.</param>
public sealed record PlanFinding(string Code, FindingSeverity Severity, int Version, string Component, string Input, decimal? Money, string Detail);
