using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.RateTables;

namespace Spm.Compensation.Bounds;

/// <summary>The rates of a component: one table for everybody, or one whose tiers are worked out of the rep and the period.</summary>
public sealed class Rates : IEquatable<Rates>
{
    private readonly TierTemplate? _template;

    private Rates(RateTable? @fixed, TierTemplate? template) => (Fixed, _template) = (@fixed, template);

    /// <summary>Null where the tiers depend on the rep or the period.</summary>
    public RateTable? Fixed { get; }

    public string Mode => Sample.Mode;

    public RateBasis On => Sample.On;

    public RateYield Yields => Sample.Yields;

    /// <summary>How many tiers there are, those that are empty for a rep among them.</summary>
    internal int Count => Sample.Tiers.Count;

    public bool NeedsQuota => Sample.NeedsQuota;

    /// <summary><see cref="Effort"/> of what it earns: each tier may be looked through.</summary>
    internal int Steps => Sample.Tiers.Count + (_template?.Steps ?? 0);

    /// <summary>Those that its tiers are worked out by; none where they are written down.</summary>
    internal IEnumerable<CompiledExpression<PeriodContext>> Expressions => _template?.Expressions ?? [];

    /// <summary>As <see cref="RateTable.IsMarginal"/>. Tiers that are worked out anew each month pay all that is counted by those of the month.</summary>
    public bool IsMarginal => Fixed?.IsMarginal == true;

    public bool NeedsTargetIncentive => Sample.NeedsTargetIncentive;

    /// <summary>What does not depend on the rep is told by any of the tables.</summary>
    private RateTable Sample => Fixed ?? _template!.Sample;

    public static implicit operator Rates(RateTable table) => new(table, null);

    /// <summary>Null where the table was refused.</summary>
    internal static Rates? Of(RateTable? table) => table is null ? null : new(table, null);

    /// <summary>Null where the tiers were refused.</summary>
    internal static Rates? Of(TierTemplate? template) => template is null ? null : new(null, template);

    /// <summary>The table that pays a period; null where it is not known, and then the reason is set.</summary>
    public RateTable? At(PeriodContext period, ref Standstill missing) => Fixed ?? _template!.At(period, ref missing);

    /// <summary>The table that pays a period; null where it is not known.</summary>
    public RateTable? At(PeriodContext period)
    {
        var missing = Standstill.None;
        return At(period, ref missing);
    }

    /// <summary>Which of its figures is not known; null where all are.</summary>
    internal string? WhyUnknown(PeriodContext period) => _template?.WhyUnknown(period);

    public bool Equals(Rates? other) => other is not null && Equals(Fixed, other.Fixed) && ReferenceEquals(_template, other._template);

    public override bool Equals(object? obj) => Equals(obj as Rates);

    public override int GetHashCode() => Fixed?.GetHashCode() ?? _template!.GetHashCode();
}
