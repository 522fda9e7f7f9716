using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.TrueUps;

/// <summary>What the month pays of what is due to date, less what the component yields in the month.</summary>
/// <param name="months">Of the rule, in order of time.</param>
/// <param name="incentives">Of each of the months.</param>
internal sealed class TrueUpExplanation(TrueUpRule rule, string component, IReadOnlyList<TruedUpMonth> months, IReadOnlyList<decimal> incentives) : LineExplanation
{
    public override ExplainNode Explain(PayLine line, FiscalMonth month, IEnumerable<PayLine> above)
    {
        var at = IndexOf(month, months.Select(m => m.Month.No));
        var due = DueToDate(at);
        List<ExplainNode> less = [HeldBack(at, due)];
        if (First(at) < at)
        {
            less.Add(PaidBefore(at));
        }
        return ExplainNode.Of(line.Name, ExplainOperation.Difference, ExplainNode.Of($"paid in {month.Id}", ExplainOperation.Difference, [due, .. less]), Incentive(at));
    }

    private ExplainNode DueToDate(int at)
    {
        List<ExplainNode> due = [];
        for (var i = First(at); i <= at; i++)
        {
            due.Add(Incentive(i));
        }
        return ExplainNode.Of($"due to date by {months[at].Month.Id}", ExplainOperation.Sum, due);
    }

    private ExplainNode HeldBack(int at, ExplainNode due) => months[at] switch
    {
        { Ends: true } => ExplainNode.Given("held back", 0m, "The last month under the rule: what was held back is paid."),
        { IsTrueUp: true } => ExplainNode.Given("held back", 0m, $"{months[at].Span.Id} ends: what was held back is paid."),
        { DueToDate: <= 0m } => ExplainNode.Given("held back", 0m, "A debt is not held back."),
        var month => ExplainNode.Exactly("held back", ExplainOperation.Product, month.HeldBack, [due, ExplainNode.Given("percent held back", rule.HoldBackPercent / 100m)]),
    };

    /// <summary>The earlier months of the span paid what was due by the last of them, less what that one held back.</summary>
    private ExplainNode PaidBefore(int at)
    {
        var due = DueToDate(at - 1);
        return ExplainNode.Exactly("paid before", ExplainOperation.Difference, months[at].PaidBefore, [due, HeldBack(at - 1, due)]);
    }

    private ExplainNode Incentive(int at) => ExplainNode.Given($"incentive of {component} in {months[at].Month.Id}", incentives[at]);

    private int First(int at)
    {
        var first = at;
        while (first > 0 && months[first - 1].Span.No == months[at].Span.No)
        {
            first--;
        }
        return first;
    }
}
