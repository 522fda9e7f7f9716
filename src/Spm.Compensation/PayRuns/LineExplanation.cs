using Spm.Compensation.Explain;
using Spm.Compensation.Periods;

namespace Spm.Compensation.PayRuns;

/// <summary>
/// Takes lines of a payout apart when somebody asks. One stands behind all lines that a rule adds for a deal, a component or a rep, and keeps what the
/// rule had worked out anyway: a payout that nobody asks about does not pay for its explanation.
/// </summary>
public abstract class LineExplanation
{
    /// <summary>The amount of a line from what its rule saw. Earlier months stand with their figures: their own payouts explain those.</summary>
    /// <param name="above">The lines that the month had before this one. No copy: of thousands of lines each would have its own.</param>
    public abstract ExplainNode Explain(PayLine line, FiscalMonth month, IEnumerable<PayLine> above);

    /// <summary>Where the month stands among those that a rule went through.</summary>
    protected static int IndexOf(FiscalMonth month, IEnumerable<int> numbers) => numbers.TakeWhile(no => no != month.No).Count();

    /// <summary>What the lines above leave due.</summary>
    protected static ExplainNode Due(string name, IEnumerable<PayLine> above) =>
        ExplainNode.Of(name, ExplainOperation.Sum, [.. above.Select(l => ExplainNode.Given(l.Name, l.Amount, l.Detail))]);
}
