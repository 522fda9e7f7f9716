using Spm.Compensation.PayCurrencies;
using Spm.Compensation.Periods;
using Spm.Compensation.Roundings;

namespace Spm.Compensation.PayRuns;

/// <summary>A rule between the incentives and the payout.</summary>
public abstract record PayRule
{
    /// <summary>Its name in a document.</summary>
    public abstract string Kind { get; }
}

/// <summary>A rule that is applied after caps, and after the rules before it went through all months.</summary>
public abstract record PayRuleOfMonths : PayRule
{
    /// <summary>What it pays at once.</summary>
    public virtual PeriodKind Span => PeriodKind.Month;

    /// <summary>Whether its dates touch a span.</summary>
    public virtual bool Covers(FiscalPeriod span) => true;

    /// <summary>Adds its lines to the months from one to another, both included: all those to which this same rule applies without a break.</summary>
    public abstract void Apply(PayRun run, int first, int last);
}

/// <summary>The pay rules of a version.</summary>
public sealed record PayRules(IReadOnlyList<PayRule> Rules)
{
    public static readonly PayRules None = new([]);

    /// <summary>How what is due becomes a payout.</summary>
    public PayRounding Rounding { get; init; } = PayRounding.Standard;

    /// <summary>In which currency of their own reps are paid; null: all in the plan's.</summary>
    public PayCurrency? Currency { get; init; }
}
