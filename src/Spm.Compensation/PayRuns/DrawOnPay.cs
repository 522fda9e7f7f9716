using Spm.Compensation.Documents;
using Spm.Compensation.Draws;
using Spm.Compensation.Quotas.Proration;

namespace Spm.Compensation.PayRuns;

/// <summary>Advances up to a floor, and their recovery. What is owed of an earlier draw is carried into the next one.</summary>
public sealed record DrawOnPay(DrawRule Rule, ProrationRule Proration) : PayRule
{
    public const string Name = "draw";

    public override string Kind => Name;

    internal static DrawOnPay Read(DocNode node)
    {
        var proration = PayProration.Read(node);
        return new DrawOnPay(DrawRule.Read(node), proration);
    }

    public override void Apply(PayRun run, int first, int last)
    {
        var months = run.Months.Skip(first).Take(last - first + 1).Select((m, i) => new DrawMonth(
            m.Month.Period, m.Due, run.TargetIncentiveOf(first + i) ?? 0m, PayProration.Of(Proration, run, first + i, m.Month.Period))).ToList();
        var owed = first == 0 ? 0m : run.Months[first - 1].DrawBalance;
        var rule = Rule.CarriedOn(owed);
        var drawn = rule.Pay(months);
        var explanation = new DrawExplanation(rule, months, drawn);
        for (var i = 0; i < drawn.Count; i++)
        {
            var month = run.Months[first + i];
            month.Add(new PayLine(PayLineKind.Draw, null, drawn[i].DrawPaid, $"floor {drawn[i].Floor}", explanation));
            month.Add(new PayLine(PayLineKind.Recovery, null, -drawn[i].Recovered, null, explanation));
            month.Forgiven = drawn[i].Forgiven;
        }
        for (var m = first; m < run.Months.Count; m++)
        {
            run.Months[m].DrawBalance = m <= last ? drawn[m - first].Balance : drawn[^1].Balance;
        }
    }
}
