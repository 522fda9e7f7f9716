using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Minimums;

/// <summary>What waited until the month, less what waits after it: all of both together, or nothing.</summary>
internal sealed class MinimumExplanation(decimal before, decimal waiting) : LineExplanation
{
    public override ExplainNode Explain(PayLine line, FiscalMonth month, IEnumerable<PayLine> above)
    {
        var waited = ExplainNode.Given("waited before", before);
        var waits = waiting == 0m
            ? ExplainNode.Given("waits", 0m, "It is paid.")
            : ExplainNode.Of("waits", ExplainOperation.Sum, waited, Due($"due before the minimum in {month.Id}", above));
        return ExplainNode.Of(line.Name, ExplainOperation.Difference, waited, waits);
    }
}
