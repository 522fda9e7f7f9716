using Spm.Compensation.Caps;
using Spm.Compensation.Clawbacks;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Holds;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Spiffs;
using Spm.Compensation.TrueUps;

namespace Spm.Compensation.PayRuns;

/// <summary>What happens to a component's incentive before it becomes part of a payout. Applied in the order of the parameters.</summary>
/// <param name="Spiff">A budget that all reps share.</param>
/// <param name="TrueUp">A part waits for the end of the span.</param>
/// <param name="Hold">Each deal's pay waits for cash, a date or some months.</param>
/// <param name="Clawback">Paid before, for a deal that is cancelled.</param>
/// <param name="Caps">Of a month, quarter or year.</param>
public sealed record ComponentPayRules(SpiffRule? Spiff, TrueUpRule? TrueUp, HoldRule? Hold, ClawbackRule? Clawback, IReadOnlyList<CapRule> Caps)
{
    public static readonly ComponentPayRules None = new(null, null, null, null, []);

    /// <summary>The members of a component that hold these rules, with the schema of each.</summary>
    public static IReadOnlyList<(string Name, string Schema)> Members { get; } =
    [
        ("spiff", SpiffRule.Schema),
        ("true_up", TrueUpRule.Schema),
        ("hold", HoldRule.Schema),
        ("clawback", ClawbackRule.Schema),
        ("caps", $$"""{"type": "array", "maxItems": 5, "description": "Maximums of the component's pay, at most one for each span.", "items": {{CapRule.Schema}}}"""),
    ];

    public bool NeedsDeals => Spiff is not null || Hold is not null || Clawback is not null;

    public static ComponentPayRules Read(DocNode component, ReadContext context)
    {
        var spiff = component.Find("spiff") is { } budget ? SpiffRule.Read(budget) : null;
        var trueUp = component.Find("true_up") is { } waits ? TrueUpRule.Read(waits) : null;
        var hold = component.Find("hold") is { } until ? HoldRule.Read(until) : null;
        var clawback = component.Find("clawback") is { } back ? ClawbackRule.Read(back) : null;
        if (trueUp is not null && (hold ?? (object?)clawback ?? spiff) is not null)
        {
            component.Get("true_up").Fail("true_up_looks_at_periods", "A true-up pays a period; hold, clawback and spiff pay deals. A component has one or the others.");
        }
        return new ComponentPayRules(spiff, trueUp, hold, clawback, [.. CapRules(component, context).Where(c => c.Per != CapSpan.Deal)]);
    }

    /// <summary>All caps of a component, those on a deal among them. An amount may depend on its figures.</summary>
    public static IReadOnlyList<CapRule> CapRules(DocNode component, ReadContext context) => CapRules(component, amount => RepAmount.Read(amount, context));

    /// <returns>The shortest span first, in whatever order they are written.</returns>
    internal static IReadOnlyList<CapRule> CapRules(DocNode owner, Func<DocNode, RepAmount> read)
    {
        CapRule[] caps = [.. owner.List("caps").Select(n => CapRule.Read(n, read)).OrderBy(c => c.Per)];
        if (caps.GroupBy(c => c.Per).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            owner.Get("caps").Fail("cap_twice", $"There are two caps per {WireNames.Of(twice.Key)}: the lower one alone would bite.");
        }
        return caps;
    }

    public bool Equals(ComponentPayRules? other) =>
        other is not null && Equals((Spiff, TrueUp, Hold, Clawback), (other.Spiff, other.TrueUp, other.Hold, other.Clawback)) && Caps.SequenceEqual(other.Caps);

    public override int GetHashCode() => HashCode.Combine(Spiff, TrueUp, Hold, Clawback, Caps.Count);
}
