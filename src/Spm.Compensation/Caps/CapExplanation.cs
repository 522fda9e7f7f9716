using Spm.Compensation.Documents;
using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Caps;

/// <summary>What would be due, less what the cap leaves of it.</summary>
internal sealed class CapExplanation(IReadOnlyList<CappedMonth> months) : LineExplanation
{
    public override ExplainNode Explain(PayLine line, FiscalMonth month, IEnumerable<PayLine> above)
    {
        var at = IndexOf(month, months.Select(m => m.Month.No));
        var capped = months[at];
        var span = capped.Span;
        List<ExplainNode> before = [.. months.Where(m => m.Span.No == span.No && m.Month.No < month.No).Select(m => ExplainNode.Given($"due in {m.Month.Id}", m.Step.Earned))];
        var due = Due($"due before the cap in {month.Id}", line.Component is null ? above : above.Where(l => l.Component == line.Component));
        var paid = before.Count == 0
            ? UnderCap($"paid in {month.Id}", [due], capped)
            : ExplainNode.Of($"paid in {month.Id}", ExplainOperation.Difference, UnderCap("paid to date", [.. before, due], capped), UnderCap("paid before", before, months[at - 1]));
        return ExplainNode.Of(line.Name, ExplainOperation.Negative, ExplainNode.Of("cut by the cap", ExplainOperation.Difference, due, paid));
    }

    private static ExplainNode UnderCap(string name, IReadOnlyList<ExplainNode> due, CappedMonth capped) => ExplainNode.Of(
        name, ExplainOperation.Least,
        due.Count == 1 ? due[0] : ExplainNode.Of("due to date", ExplainOperation.Sum, due),
        ExplainNode.Given("cap", capped.Most, capped.Rule.Amount.Fixed is null ? $"{capped.Rule.Amount} per {WireNames.Of(capped.Rule.Per)}" : $"per {WireNames.Of(capped.Rule.Per)}"));
}
