using System.Numerics;

namespace Spm.Compensation.Quotas;

/// <summary>What changed a quota, in the order of application.</summary>
public enum QuotaStepRule : byte
{
    /// <summary>The part of the year's quota.</summary>
    Seasonality,

    /// <summary>Set anew within the period; the factor is against what was set first.</summary>
    Dated,
    Ramp,
    Proration,
    Rounding,
}

/// <summary>One factor of an effective quota: <c>After = Before × Numerator / Denominator</c>, exact.</summary>
/// <param name="Period">The period whose quota was changed: a year's quota may be put together from its quarters'.</param>
/// <param name="Numerator">Of proration the active days, not cancelled down, where they alone make the factor: 17 of 31. 0/1 where a dated quota raises zero.</param>
public sealed record QuotaStep(string Period, QuotaStepRule Rule, BigInteger Numerator, BigInteger Denominator, Fraction Before, Fraction After);

/// <summary>Why a quota is not known. A quota that is not known is never zero.</summary>
public enum QuotaProblem : byte
{
    None,

    /// <summary>It is not fully set.</summary>
    QuotaMissing,

    /// <summary>The seasonality has another number of parts than the fiscal year.</summary>
    SeasonalityPartsMismatch,

    /// <summary>No day of the period is a working day.</summary>
    NoWorkingDays,
}

/// <summary>
/// A rep's quota of a period after seasonality, ramp and proration. It may be a known zero: the rep was not active in the period, or
/// its ramp asks for nothing. Against zero there is no attainment.
/// </summary>
/// <param name="Exact">Null when it is not known; <paramref name="Problem"/> says why.</param>
/// <param name="CreditedAtTarget">
/// The part of it that lies on leave days credited at target, to be added to what is credited. Not more than <paramref name="Exact"/>.
/// </param>
/// <param name="Steps">The factors, period by period, each in the order of application. A factor of one is left out.</param>
public sealed record EffectiveQuota(Fraction? Exact, Fraction CreditedAtTarget, IReadOnlyList<QuotaStep> Steps, QuotaProblem Problem = QuotaProblem.None)
{
    /// <summary>The exact quota as a decimal, divided once, at the end. For comparisons with tier edges take <see cref="Exact"/>.</summary>
    public decimal? Amount => Exact?.ToDecimal();

    public static EffectiveQuota Unknown(QuotaProblem problem) => new(null, Fraction.Zero, [], problem);

    /// <summary>Attainment in percent, exact; null without a quota above zero.</summary>
    public Fraction? AttainmentOf(decimal credited) => Exact is { Sign: > 0 } quota ? (credited + CreditedAtTarget) * 100m / quota : null;

    /// <summary>The sum of two; not known unless both are.</summary>
    public static EffectiveQuota operator +(EffectiveQuota a, EffectiveQuota b) =>
        a.Exact is null ? a
        : b.Exact is null ? b
        : new EffectiveQuota(a.Exact + b.Exact, a.CreditedAtTarget + b.CreditedAtTarget, [.. a.Steps, .. b.Steps]);
}
