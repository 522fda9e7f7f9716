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
        return new CapsOnPay([.. caps.Where(c => c.Per != CapSpan.Deal).OrderBy(c => c.Per)]);
    }

    public override void Apply(PayRun run, int first, int last) => Cut(run, first, last, Caps, null);

    /// <summary>Cuts what is due in the months, of one component or of all.</summary>
    internal static void Cut(PayRun run, int first, int last, IReadOnlyList<CapRule> caps, string? component)
    {
        foreach (var cap in caps)
        {
            var capped = cap.Pay(Enumerable.Range(first, last - first + 1).Select(i => new CapMonth(
                run.Months[i].Month, component is null ? run.Months[i].Due : run.Months[i].DueOf(component), Most(run, i, cap.Amount, component))));
            var explanation = new CapExplanation(cap, capped);
            for (var i = 0; i < capped.Count; i++)
            {
                run.Months[first + i].Add(new PayLine(PayLineKind.Cap, component, -capped[i].Step.Cut, $"{cap.Amount} per {WireNames.Of(cap.Per)}", explanation));
            }
        }
    }

    private static decimal Most(PayRun run, int month, RepAmount amount, string? component) =>
        component is not null && run.StateOf(month) is { } at ? amount.Of(at.State.At(at.Month, at.State.Version.Find(component))) : amount.Of(new RepMonth(run.Rep, run.Months[month].Month));

    public bool Equals(CapsOnPay? other) => other is not null && Caps.SequenceEqual(other.Caps);

    public override int GetHashCode() => Caps.Aggregate(0, HashCode.Combine);
}
