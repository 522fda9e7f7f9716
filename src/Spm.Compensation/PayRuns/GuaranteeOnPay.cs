using Spm.Compensation.Documents;
using Spm.Compensation.Guarantees;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Quotas.Proration;

namespace Spm.Compensation.PayRuns;

/// <summary>Minimum pay of a span, topped up in its last month on the rule.</summary>
public sealed record GuaranteeOnPay(GuaranteeRule Rule, ProrationRule Proration) : PayRuleOfMonths
{
    public const string Name = "guarantee";

    public override string Kind => Name;

    public override PeriodKind Span => Rule.Per;

    public override bool Covers(FiscalPeriod span) => Rule.Dates.Overlaps(new DateRange(span.From, span.To));

    internal static GuaranteeOnPay Read(DocNode node, ReadContext context)
    {
        var proration = PayProration.Read(node);
        return new GuaranteeOnPay(GuaranteeRule.Read(node, context.Scopes.RepMonth), proration);
    }

    public override void Apply(PayRun run, int first, int last)
    {
        List<(FiscalMonth Month, decimal Due)> due = [];
        for (var m = first; m <= last; m++)
        {
            var span = run.Months[m].Month.Span(Rule.Per);
            due.Add((run.Months[m].Month, run.Months[m].Due));
            if (m < last && run.Months[m + 1].Month.Span(Rule.Per).No == span.No)
            {
                continue;
            }
            var part = PayProration.Of(Proration, run, m, span);
            var paid = Rule.Pay([new GuaranteeSpan(span, due.Sum(d => d.Due), part.ToDecimal(), Rule.Amount.Of(run.RepIn(m)))])[0];
            run.Months[m].Add(new PayLine(PayLineKind.Guarantee, null, paid.TopUp, $"{paid.Guaranteed} for {span.Id}", new GuaranteeExplanation(Rule, paid, part, due)));
            due = [];
        }
    }
}
