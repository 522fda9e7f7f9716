using Spm.Compensation.Bounds;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Kickers;

/// <summary>What is credited from the start of the kicker's period to the end of a month, and the quota it stands against.</summary>
/// <param name="Quota">Null when it is not known.</param>
/// <param name="Milestone">As it is in the month; needed only where it depends on the rep.</param>
public readonly record struct KickerStanding(decimal Credited, Fraction? Quota, decimal? Milestone = null);

/// <summary>
/// An extra amount when a milestone is reached, once in a month, quarter or year. It is earned to date like everything else: a refund
/// that brings the attainment below the milestone takes the amount back, and reaching it again earns it again, unless it is kept.
/// Worked example: kicker.md.
/// </summary>
/// <param name="At">The milestone in percent of quota; null when it is an amount.</param>
/// <param name="AtAmount">The milestone in units of the measure; null when it is a percent.</param>
/// <param name="Amount">In the currency of the plan.</param>
/// <param name="Once">The period in which it is earned at most once, and from whose start on is credited.</param>
/// <param name="Keep">Once reached, it is not taken back within its period.</param>
public sealed record Kicker(Bound? At, Bound? AtAmount, RepAmount Amount, PeriodKind Once, bool Keep = false)
{
    public static string Schema { get; } = $$"""
        {
          "type": "object",
          "description": "An extra amount when a milestone is reached, once in its period.",
          "additionalProperties": false,
          "required": ["amount", "once"],
          "oneOf": [{"required": ["at"]}, {"required": ["at_amount"]}],
          "properties": {
            "at": {{Bound.Schema("The milestone in percent of the quota; reached at it or above.", "\"exclusiveMinimum\": 0, ")}},
            "at_amount": {{Bound.Schema("The milestone in units of the measure; reached at it or above.", "\"exclusiveMinimum\": 0, ")}},
            "amount": {{RepAmount.Schema("What is earned, in units of the plan's currency.")}},
            "once": {"enum": ["month", "quarter", "half_year", "year"], "description": "Earned at most once in each such fiscal period, on what is credited from its start."},
            "keep": {"type": "boolean", "default": false, "description": "false: taken back when a refund brings the attainment below the milestone."}
          }
        }
        """;

    /// <summary>Above zero; null when the milestone is an amount.</summary>
    public Bound? At { get; } = At is null == AtAmount is null || At?.Fixed <= 0m
        ? throw new ArgumentException($"A kicker has one milestone above zero, not {At} % and {AtAmount}.", nameof(At))
        : At;

    /// <summary>Above zero; null when the milestone is a percent.</summary>
    public Bound? AtAmount { get; } = AtAmount?.Fixed <= 0m ? throw new ArgumentOutOfRangeException(nameof(AtAmount), AtAmount, "A milestone is above zero.") : AtAmount;

    /// <summary>Above zero.</summary>
    public RepAmount Amount { get; } = Amount.Fixed <= 0m ? throw new ArgumentOutOfRangeException(nameof(Amount), Amount, "A kicker earns something.") : Amount;

    public static Kicker Read(DocNode node) => Read(node, ReadContext.WithoutFacts);

    public static Kicker Read(DocNode node, ReadContext context)
    {
        var at = node.Find("at") is { } percent ? Bound.Percent(percent, context) : null;
        var atAmount = node.Find("at_amount") is { } units ? Bound.Measured(units, context) : null;
        if (at is null == atAmount is null)
        {
            node.Fail(at is null ? "kicker_milestone_missing" : "kicker_milestone_twice", "A kicker has either 'at' or 'at_amount'.");
        }
        var amount = RepAmount.Read(node.Get("amount"), context);
        if (at?.Fixed <= 0m || atAmount?.Fixed <= 0m || (node.Has("amount") && amount.Fixed <= 0m))
        {
            node.Fail("number_out_of_range", "The milestone and the amount of a kicker are above zero.");
        }
        node.Get("once");
        var (once, keep) = (node.OneOf("once", PeriodKind.Year), node.Truth("keep", false));
        node.RefuseOthers();
        var isValid = at is null != atAmount is null && !((at ?? atAmount)!.Fixed <= 0m) && !(amount.Fixed <= 0m);
        return isValid ? new Kicker(at, atAmount, amount, once, keep) : new Kicker(100m, null, 1m, once, keep);
    }

    /// <summary>Null when the milestone is a percent of a quota that is not known or not above zero.</summary>
    public bool? IsReached(KickerStanding standing)
    {
        if (AtAmount is { } amount)
        {
            return standing.Credited >= (standing.Milestone ?? amount.Written);
        }
        return standing.Quota is { Sign: > 0 } quota ? (Fraction)standing.Credited * 100m >= quota * (standing.Milestone ?? At!.Written) : null;
    }

    /// <summary>What is earned to date at the last of the months of its period so far; null when that is not known.</summary>
    /// <param name="toDate">One standing for each month from the period's start, in order. None earns nothing.</param>
    public decimal? Earned(params ReadOnlySpan<KickerStanding> toDate) => IsEarned(toDate) is { } earned ? (earned ? Amount.Written : 0m) : null;

    /// <summary>Whether the amount is earned at the last of the months of its period so far; null when that is not known.</summary>
    /// <param name="toDate">One standing for each month from the period's start, in order.</param>
    public bool? IsEarned(params ReadOnlySpan<KickerStanding> toDate)
    {
        var (earned, isUnknown) = (false, false);
        foreach (var standing in toDate)
        {
            var reached = IsReached(standing);
            earned = (Keep && earned) || reached == true;
            isUnknown = !earned && (reached is null || (Keep && isUnknown));
        }
        return isUnknown ? null : earned;
    }
}
