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
            List<PayMonth> months = [];
            List<CapMonth> due = [];
            for (var i = first; i <= last; i++)
            {
                var (month, amount) = (run.Months[i], component is null ? run.Months[i].Due : run.Months[i].DueOf(component));
                // Where nothing is due the limit need not be known: before the first quota there is none.
                if (Most(run, i, cap.Amount, component, isNeeded: amount != 0m) is { } most)
                {
                    months.Add(month);
                    due.Add(new CapMonth(month.Month, amount, most));
                }
            }
            var capped = cap.Pay(due);
            var explanation = new CapExplanation(cap, capped);
            for (var i = 0; i < capped.Count; i++)
            {
                months[i].Add(new PayLine(PayLineKind.Cap, component, -capped[i].Step.Cut, $"{cap.Amount} per {WireNames.Of(cap.Per)}", explanation));
            }
        }
    }

    private static decimal? Most(PayRun run, int month, RepAmount amount, string? component, bool isNeeded)
    {
        if (component is not null && run.StateOf(month) is { } at)
        {
            return Most(at.State.At(at.Month, at.State.Version.Find(component)), amount, isNeeded);
        }
        var rep = new RepMonth(run.Rep, run.Months[month].Month);
        return isNeeded ? amount.Of(rep) : amount.IfKnown(rep);
    }

    /// <summary>What a cap of a component comes to in a month; null where it is not known and not needed.</summary>
    internal static decimal? Most(PeriodContext period, RepAmount amount, bool isNeeded) => isNeeded ? amount.Of(period) : amount.IfKnown(period);

    public bool Equals(CapsOnPay? other) => other is not null && Caps.SequenceEqual(other.Caps);

    public override int GetHashCode() => Caps.Aggregate(0, HashCode.Combine);
}
