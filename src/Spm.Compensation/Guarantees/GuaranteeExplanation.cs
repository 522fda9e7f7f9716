using Spm.Compensation.Documents;
using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Guarantees;

/// <summary>What is guaranteed for a span, less what is due for it.</summary>
/// <param name="part">Of the span that is guaranteed.</param>
/// <param name="due">In the months of the span, before the guarantee.</param>
internal sealed class GuaranteeExplanation(GuaranteeRule rule, GuaranteedPay paid, Fraction part, IReadOnlyList<(FiscalMonth Month, decimal Due)> due) : LineExplanation
{
    public override ExplainNode Explain(PayLine line, FiscalMonth month, IEnumerable<PayLine> above)
    {
        List<ExplainNode> months = [.. due.Where(d => d.Month.No < month.No).Select(d => ExplainNode.Given($"due in {d.Month.Id}", d.Due))];
        months.Add(Due($"due before the guarantee in {month.Id}", above));
        var earned = months.Count == 1 ? months[0] : ExplainNode.Of($"due in {paid.Span.Id}", ExplainOperation.Sum, months);
        return ExplainNode.Of(line.Name, ExplainOperation.Difference, Guaranteed(), earned);
    }

    private ExplainNode Guaranteed()
    {
        var whole = ExplainNode.Given("guarantee", paid.Whole, rule.Amount.Fixed is null ? $"{rule.Amount} per {WireNames.Of(rule.Per)}" : $"per {WireNames.Of(rule.Per)}");
        return part == Fraction.One
            ? whole
            : ExplainNode.Exactly(
                $"guaranteed for {paid.Span.Id}", ExplainOperation.Product, paid.Guaranteed!.Value,
                [whole, ExplainNode.Given("part of it that counts", paid.Proration, part.ToString())]);
    }
}
