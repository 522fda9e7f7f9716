using Spm.Compensation.Amounts;
using Spm.Compensation.Payouts;
using Spm.Compensation.PayRuns;

namespace Spm.Compensation.Explain;

/// <summary>
/// How a payout came about once months have closed: the month's own pay, what closed months came to differ by since they were paid, and the rest
/// that was carried in. It recomputes to what the payout pays, which is never less than zero.
/// </summary>
public static class SettlementExplanation
{
    /// <param name="month">Of the run, counted from 0.</param>
    /// <returns>Null when the month has no payout.</returns>
    public static ExplainNode? Of(PayRun run, RepPosition position, int month)
    {
        var no = run.Months[month].Month.No;
        var payout = position.Settled.FirstOrDefault(s => s.Month == no) ?? position.Drafts.FirstOrDefault(d => d.Month == no)?.Close();
        if (payout is null)
        {
            return null;
        }
        var currency = run.CurrencyOf(month);
        var id = run.Months[month].Month.Id;
        List<ExplainNode> parts = [OwnPay(run, payout, month, currency)];
        foreach (var origin in payout.Lines.Where(l => l.Origin.Month != no).GroupBy(l => l.Origin.Month).OrderBy(g => g.Key))
        {
            parts.Add(Adjustment(run, position, payout, origin.Key, origin.Sum(l => l.Minor), currency));
        }
        if (payout.CarriedIn != 0)
        {
            parts.Add(ExplainNode.Given("carried in", Amount(payout.CarriedIn, currency), "What payouts of earlier months fell short of zero by."));
        }
        var total = ExplainNode.Of("due", ExplainOperation.Sum, parts);
        return total.Value >= 0m
            ? total with { Name = $"payout of {id}" }
            : ExplainNode.Of($"payout of {id}", ExplainOperation.Greatest, total, ExplainNode.Given("least payout", 0m, "What is missing is carried to the payout of a later month."));
    }

    /// <summary>A closed month pays what it came to then. What it has come to differ by since is paid later, and stands here so that the graph recomputes.</summary>
    private static ExplainNode OwnPay(PayRun run, SettledMonth payout, int month, Currency currency)
    {
        var now = Explanations.OfPay(run, month);
        var paid = Amount(payout.Lines.Where(l => l.Origin.Month == payout.Month).Sum(l => l.Minor), currency);
        return paid == now.Value
            ? now
            : ExplainNode.Of(
                now.Name,
                ExplainOperation.Difference,
                now with { Name = $"{now.Name}, as it is calculated now" },
                ExplainNode.Given("changed since it was closed", now.Value - paid, "Paid, or taken back, as an adjustment of a later month."));
    }

    private static ExplainNode Adjustment(PayRun run, RepPosition position, SettledMonth payout, int origin, long minor, Currency currency)
    {
        var at = run.Months.Select((m, i) => (m.Month, Index: i)).First(m => m.Month.No == origin);
        var now = Explanations.OfPay(run, at.Index);
        var others = position.Settled.Where(s => s.Month != payout.Month)
            .Select(s => (s.Month, Minor: s.Lines.Where(l => l.Origin.Month == origin).Sum(l => l.Minor))).Where(s => s.Minor != 0).OrderBy(s => s.Month).ToList();
        List<ExplainNode> parts = [now with { Name = $"{now.Name}, as it is calculated now" }];
        parts.AddRange(others.Select(s => ExplainNode.Given($"paid for {at.Month.Id} in {IdOf(run, s.Month)}", Amount(s.Minor, currency))));
        // A payout that was fixed before the last change: what came after it is paid later, or not posted yet.
        var later = now.Value - Amount(others.Sum(s => s.Minor), currency) - Amount(minor, currency);
        if (later != 0m)
        {
            parts.Add(ExplainNode.Given("changed since this payout", later, "Paid, or taken back, as an adjustment of a later month."));
        }
        return ExplainNode.Of($"adjustment of {at.Month.Id}", ExplainOperation.Difference, parts);
    }

    private static string IdOf(PayRun run, int month) => run.Months.FirstOrDefault(m => m.Month.No == month)?.Month.Id ?? "another month";

    private static decimal Amount(long minor, Currency currency) => Money.FromMinor(minor, currency).Amount;
}
