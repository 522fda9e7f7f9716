using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Draws;

public enum DrawKind : byte
{
    /// <summary>An advance: what was topped up is owed and recovered from later earnings.</summary>
    Recoverable,

    /// <summary>A top-up that is never owed.</summary>
    NonRecoverable,
}

/// <summary>
/// A monthly floor under what is earned. A month that earns less is topped up to it. The top-ups of a recoverable draw are owed, and recovered
/// from what stands above the floor: while the draw runs, nobody is paid below it. Worked example: draws.md.
/// </summary>
public sealed record DrawRule
{
    /// <summary>Throws <see cref="ArgumentException"/> where <see cref="Read"/> would report an error.</summary>
    public DrawRule(
        DrawKind kind, RepAmount? amount = null, decimal? percentOfTargetIncentive = null, DrawMark? from = null, DrawMark? ends = null,
        DrawMark? recoveryStarts = null, decimal recoveryPercent = 100m, DrawMark? recoveryStops = null, DrawMark? forgivenAt = null,
        decimal openingBalance = 0m)
    {
        (Kind, Amount, PercentOfTargetIncentive, From, Ends) = (kind, amount, percentOfTargetIncentive, from, ends);
        (RecoveryStarts, RecoveryPercent, RecoveryStops) = (recoveryStarts, recoveryPercent, recoveryStops);
        (ForgivenAt, OpeningBalance) = (forgivenAt, openingBalance);
        if (Check(this) is { } broken)
        {
            throw new ArgumentException($"{broken.Code}: {broken.Detail}", nameof(amount));
        }
    }

    private DrawRule()
    {
    }

    public DrawKind Kind { get; private init; }

    /// <summary>The floor of a month in the plan's currency; null when it is a percent of the target incentive.</summary>
    public RepAmount? Amount { get; private init; }

    /// <summary>The floor in percent of the month's target incentive; null when it is an amount.</summary>
    public decimal? PercentOfTargetIncentive { get; private init; }

    /// <summary>The first month with a floor; the first month of the rule when not told.</summary>
    public DrawMark? From { get; private init; }

    /// <summary>The last month with a floor; none when not told.</summary>
    public DrawMark? Ends { get; private init; }

    /// <summary>The first month that recovers; the first month of the rule when not told.</summary>
    public DrawMark? RecoveryStarts { get; private init; }

    /// <summary>Percent of the earnings above the floor that may be recovered: above 0, up to 100.</summary>
    public decimal RecoveryPercent { get; private init; } = 100m;

    /// <summary>The last month that recovers; none when not told.</summary>
    public DrawMark? RecoveryStops { get; private init; }

    /// <summary>From this month on, what is owed at the end of a month, after its own recovery, is forgiven.</summary>
    public DrawMark? ForgivenAt { get; private init; }

    /// <summary>Owed before the first month of the rule.</summary>
    public decimal OpeningBalance { get; private init; }

    /// <summary>The same rule with what is owed of an earlier one on top.</summary>
    public DrawRule CarriedOn(decimal owed) => owed == 0m || Kind == DrawKind.NonRecoverable ? this : this with { OpeningBalance = OpeningBalance + owed };

    /// <summary>Whether anything is drawn; else an opening balance alone is recovered.</summary>
    public bool HasFloor => (Amount ?? (object?)PercentOfTargetIncentive) is not null;

    /// <summary>The floor of a month that the draw runs in.</summary>
    public decimal Floor(in DrawMonth month) =>
        Amount is { } amount ? month.Amount ?? amount.Written : Exactness.Exact.Percent(month.TargetIncentive, PercentOfTargetIncentive!.Value);

    public static DrawRule Read(DocNode node) => Read(node, PlanScopes.WithoutFacts.RepMonth);

    public static DrawRule Read(DocNode node, Scope<RepMonth> scope)
    {
        node.IsObject();
        var rule = new DrawRule
        {
            Kind = node.Get("kind").AsOneOf(DrawKind.Recoverable),
            Amount = node.Find("amount") is { } amount ? RepAmount.Read(amount, scope) : null,
            PercentOfTargetIncentive = node.OptionalNumber("percent_of_target_incentive"),
            From = DrawMark.Read(node, "from"),
            Ends = DrawMark.Read(node, "ends"),
            RecoveryStarts = DrawMark.Read(node, "recovery_starts"),
            RecoveryPercent = node.Number("recovery_percent", 100m),
            RecoveryStops = DrawMark.Read(node, "recovery_stops"),
            ForgivenAt = DrawMark.Read(node, "forgiven_at"),
            OpeningBalance = node.Number("opening_balance", 0m),
        };
        node.RefuseOthers();
        if (Check(rule, node.Has("recovery_percent")) is { } broken)
        {
            (node.Find(broken.Field) ?? node).Fail(broken.Code, broken.Detail);
        }
        return rule;
    }

    private static (string Field, string Code, string Detail)? Check(DrawRule rule, bool saysPercent = false) => rule switch
    {
        { Amount: not null, PercentOfTargetIncentive: not null } or { Amount: null, PercentOfTargetIncentive: null, OpeningBalance: 0m } =>
            ("", "draw_floor_ambiguous", "A draw has either 'amount' or 'percent_of_target_incentive'. It has neither only where an opening balance alone is recovered."),
        { Amount.Fixed: < 0m } => ("amount", "draw_amount_out_of_range", "The floor is an amount of 0 or more."),
        { PercentOfTargetIncentive: <= 0m or > 1000m } =>
            ("percent_of_target_incentive", "draw_percent_out_of_range", "The floor is above 0 and up to 1000 % of the target incentive."),
        { RecoveryPercent: <= 0m or > 100m } => ("recovery_percent", "recovery_percent_out_of_range", "Above 0 and up to 100 % are recovered."),
        { OpeningBalance: < 0m } => ("opening_balance", "draw_balance_negative", "What is owed is 0 or more."),
        { Kind: DrawKind.NonRecoverable } when (rule.RecoveryStarts ?? rule.RecoveryStops ?? rule.ForgivenAt) is not null =>
            ("kind", "draw_not_recoverable", "Nothing of a non-recoverable draw is recovered or forgiven."),
        { Kind: DrawKind.NonRecoverable } when saysPercent || rule.OpeningBalance != 0m || rule.RecoveryPercent != 100m =>
            ("kind", "draw_not_recoverable", "Nothing of a non-recoverable draw is owed or recovered."),
        _ when rule.Ends is { } ends && rule.From is { } from && ends.IsBefore(from) =>
            ("ends", "draw_ends_before_it_begins", $"The draw would end at {ends} and begin at {from}."),
        _ when rule.RecoveryStops is { } stops && rule.RecoveryStarts is { } starts && stops.IsBefore(starts) =>
            ("recovery_stops", "recovery_stops_before_it_starts", $"Recovery would stop at {stops} and start at {starts}."),
        _ => null,
    };

    public static string Schema { get; } = $$"""
        {
          "type": "object",
          "description": "A monthly floor under what is earned: a month that earns less is topped up to it. Months are numbers from 1, the first month of the rule, or a day in the month; first and last months are included.",
          "properties": {
            "kind": { "enum": ["recoverable", "non_recoverable"], "description": "recoverable: top-ups are owed and recovered from later earnings above the floor. non_recoverable: they are not owed." },
            "amount": {{RepAmount.Schema("The floor of a month, in the plan's currency, 0 or more: one of 0 lets no month take back. Either this or percent_of_target_incentive; neither where an opening balance alone is recovered.")}},
            "percent_of_target_incentive": { "type": ["number", "string"], "description": "The floor of a month in percent of the month's target incentive, above 0 and up to 1000." },
            "from": { "type": ["integer", "string"], "minimum": 1, "maximum": 1200, "format": "date", "description": "First month with a floor. Default: the first month of the rule." },
            "ends": { "type": ["integer", "string"], "minimum": 1, "maximum": 1200, "format": "date", "description": "Last month with a floor. Default: none." },
            "recovery_starts": { "type": ["integer", "string"], "minimum": 1, "maximum": 1200, "format": "date", "description": "First month that recovers; before it nothing is. Default: the first month of the rule." },
            "recovery_percent": { "type": ["number", "string"], "description": "Percent of the earnings above the floor that may be recovered, above 0 and up to 100. Default 100." },
            "recovery_stops": { "type": ["integer", "string"], "minimum": 1, "maximum": 1200, "format": "date", "description": "Last month that recovers. Default: none." },
            "forgiven_at": { "type": ["integer", "string"], "minimum": 1, "maximum": 1200, "format": "date", "description": "From this month on, what is owed at the end of a month, after its own recovery, is forgiven." },
            "opening_balance": { "type": ["number", "string"], "description": "Owed before the first month, in the plan's currency, 0 or more. Default 0." }
          },
          "required": ["kind"],
          "additionalProperties": false
        }
        """;
}
