using Spm.Compensation.Caps;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.PayRuns;

/// <summary>The most that is paid in a month, quarter or year, whatever the components yield. The shortest span is cut first.</summary>
public sealed record CapsOnPay(IReadOnlyList<CapRule> Caps) : PayRule
{
    public const string Name = "caps";

    public override string Kind => Name;

    internal static CapsOnPay Read(DocNode pay, ReadContext context)
    {
        var caps = ComponentPayRules.CapRules(pay, amount => RepAmount.Read(amount, context.Scopes.RepMonth));
        if (caps.Any(c => c.Per == CapSpan.Deal))
        {
            pay.Get("caps").Fail("cap_on_deal_needs_component", "A cap on a deal belongs to the component that pays the deal.");
        }
        return new CapsOnPay([.. caps.Where(c => c.Per != CapSpan.Deal)]);
    }

    /// <summary>What a cap comes to in a month of a run, or in the last that had the component; null where it is not known and not needed.</summary>
    internal static decimal? Most(PayRun run, int month, RepAmount amount, string? component, bool isNeeded)
    {
        if (component is not null && run.LastOf(month, component) is { } last && run.StateOf(last) is { } at)
        {
            return Most(at.State.At(at.Month, at.State.Version.Find(component)), amount, isNeeded);
        }
        var rep = run.RepIn(month);
        return isNeeded ? amount.Of(rep) : amount.IfKnown(rep);
    }

    /// <summary>What a cap of a component comes to in a month; null where it is not known and not needed.</summary>
    internal static decimal? Most(PeriodContext period, RepAmount amount, bool isNeeded) => isNeeded ? amount.Of(period) : amount.IfKnown(period);

    public bool Equals(CapsOnPay? other) => other is not null && Caps.SequenceEqual(other.Caps);

    public override int GetHashCode() => Caps.Aggregate(0, HashCode.Combine);
}
