using System.Globalization;
using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Spiffs;

/// <summary>What is claimed for a deal, less what the budget has left for it.</summary>
/// <param name="budget">For all reps together.</param>
/// <param name="payment">Of the deal, by the claims to date.</param>
/// <param name="cutBefore">Of the deal, in earlier months.</param>
internal sealed class SpiffExplanation(decimal budget, SpiffPayment payment, decimal cutBefore) : LineExplanation
{
    public override ExplainNode Explain(PayLine line, FiscalMonth month, IEnumerable<PayLine> above)
    {
        var cut = Cut();
        return ExplainNode.Of(
            line.Name, ExplainOperation.Negative,
            cutBefore == 0m ? cut : ExplainNode.Of($"cut in {month.Id}", ExplainOperation.Difference, cut, ExplainNode.Given("cut before", cutBefore)));
    }

    private ExplainNode Cut()
    {
        var claimed = ExplainNode.Given($"claimed for {payment.Transaction}", payment.Claimed, string.Create(CultureInfo.InvariantCulture, $"{payment.Date:yyyy-MM-dd}"));
        if (payment.Outcome == SpiffOutcome.OutsideWindow)
        {
            return ExplainNode.Because("dated outside the window", claimed);
        }
        var left = ExplainNode.Of("left of the budget", ExplainOperation.Difference, ExplainNode.Given("budget", budget), ExplainNode.Given("used by earlier deals", payment.UsedBefore));
        return ExplainNode.Of("beyond the budget", ExplainOperation.Difference, claimed, ExplainNode.Of("served", ExplainOperation.Least, claimed, left));
    }
}
