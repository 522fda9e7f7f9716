using Spm.Compensation.Exactness;
using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Draws;

/// <summary>A draw: the floor less what is due. A recovery: what is owed, up to the percent of what stands above the floor.</summary>
/// <param name="rule">With what is owed of earlier draws.</param>
/// <param name="months">Or longer spans.</param>
/// <param name="drawn">Of each of them.</param>
/// <param name="components">Whose pay is held against the floor; null: all that is due.</param>
/// <param name="dues">Of each of them what its months have due.</param>
internal sealed class DrawExplanation(
    DrawRule rule, IReadOnlyList<DrawMonth> months, IReadOnlyList<DrawnMonth> drawn, PeriodKind per, IReadOnlyList<string>? components,
    IReadOnlyList<IReadOnlyList<(FiscalMonth Month, decimal Due)>> dues) : LineExplanation
{
    public override ExplainNode Explain(PayLine line, FiscalMonth month, IEnumerable<PayLine> above)
    {
        var at = drawn.TakeWhile(m => m.Month.No != month.Span(per).No).Count();
        var due = Due(at, month, above);
        return line.Kind == PayLineKind.Draw
            ? ExplainNode.Of(line.Name, ExplainOperation.Difference, Floor(at), due)
            : ExplainNode.Of(line.Name, ExplainOperation.Negative, ExplainNode.Of("recovered", ExplainOperation.Least, Owed(at), Recoverable(at, due)));
    }

    private ExplainNode Due(int at, FiscalMonth month, IEnumerable<PayLine> above)
    {
        var counts = components is null ? above : above.Where(l => l.Component is { } component && components.Contains(component));
        var due = Due($"due before the draw in {month.Id}", counts);
        List<ExplainNode> earlier = [.. dues[at].Where(d => d.Month.No < month.No).Select(d => ExplainNode.Given($"due in {d.Month.Id}", d.Due))];
        return earlier.Count == 0 ? due : ExplainNode.Of($"due in {drawn[at].Month.Id}", ExplainOperation.Sum, [.. earlier, due]);
    }

    private ExplainNode Floor(int at)
    {
        var whole = rule.Amount is { } amount
            ? ExplainNode.Given("floor of the draw", rule.Floor(months[at]), amount.Fixed is null ? amount.ToString() : null)
            : ExplainNode.Exactly(
                "floor of the draw", ExplainOperation.Product, rule.Floor(months[at]),
                [ExplainNode.Given("target incentive of the month", months[at].TargetIncentive), Percent("percent of target incentive", rule.PercentOfTargetIncentive!.Value)]);
        if (months[at].Part is not { } part || part == Fraction.One)
        {
            return whole;
        }
        // The part is never a decimal by itself: 12 of 31 days would be rounded before they are taken.
        return ExplainNode.Exactly(
            $"floor of {drawn[at].Month.Id}", ExplainOperation.Quotient, drawn[at].Floor!.Value,
            [
                ExplainNode.Of("times the parts that count", ExplainOperation.Product, whole, ExplainNode.Given("parts that count", (decimal)part.Numerator)),
                ExplainNode.Given("parts", (decimal)part.Denominator),
            ]);
    }

    private ExplainNode Recoverable(int at, ExplainNode due)
    {
        var above = drawn[at].Floor is null ? due : ExplainNode.Of("above the floor", ExplainOperation.Difference, due, Floor(at));
        return rule.RecoveryPercent == 100m
            ? above
            : ExplainNode.Exactly("recoverable", ExplainOperation.Product, Exact.Percent(above.Value, rule.RecoveryPercent), [above, Percent("recovery percent", rule.RecoveryPercent)]);
    }

    /// <summary>Before the month: every draw and recovery of the rule so far.</summary>
    private ExplainNode Owed(int at)
    {
        List<ExplainNode> moves = [ExplainNode.Given("owed before the draw", rule.OpeningBalance)];
        foreach (var month in drawn.Take(at))
        {
            moves.Add(ExplainNode.Given($"draw of {month.Month.Id}", month.DrawPaid));
            moves.Add(ExplainNode.Given($"recovery of {month.Month.Id}", -month.Recovered));
            moves.Add(ExplainNode.Given($"forgiven in {month.Month.Id}", -month.Forgiven));
        }
        return ExplainNode.Of("owed", ExplainOperation.Sum, [.. moves.Where(m => m.Value != 0m)]);
    }

    private static ExplainNode Percent(string name, decimal percent) => ExplainNode.Given(name, percent / 100m);
}
