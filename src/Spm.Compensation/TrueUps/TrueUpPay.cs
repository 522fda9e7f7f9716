using Spm.Compensation.Exactness;
using Spm.Compensation.Periods;

namespace Spm.Compensation.TrueUps;

/// <param name="DueToDate">Earned from the beginning of the span to the end of this month, in the plan's currency, as it is known now.</param>
public readonly record struct TrueUpMonth(FiscalMonth Month, decimal DueToDate);

/// <summary>What a month pays of its span.</summary>
/// <param name="Span">The attainment span that the month lies in.</param>
/// <param name="PaidBefore">In the earlier months of the span.</param>
/// <param name="HeldBack">Due to date and waiting for the true-up; 0 in the last month of the span.</param>
/// <param name="Paid"><c>DueToDate − HeldBack − PaidBefore</c>; negative when more was paid than is due.</param>
/// <param name="Ends">The rule ends with it: nothing is held back beyond.</param>
public sealed record TruedUpMonth(FiscalMonth Month, FiscalPeriod Span, decimal DueToDate, decimal PaidBefore, decimal HeldBack, decimal Paid, bool Ends)
{
    /// <summary>Whether this is the last month of its span, or of the rule: it pays what was held back.</summary>
    public bool IsTrueUp => Ends || Month.Period.To == Span.To;
}

public static class TrueUpPay
{
    /// <param name="months">In any order, each once; a month that is not there pays nothing. Throws when a month stands there twice.</param>
    /// <param name="ends">Whether the last of the months is the last of the rule too, as for a rep who leaves: it pays what was held back, though its span goes on.</param>
    /// <returns>In order of time. The months of a span sum to what is due in its last month.</returns>
    public static IReadOnlyList<TruedUpMonth> Pay(this TrueUpRule rule, IEnumerable<TrueUpMonth> months, bool ends = false)
    {
        List<TruedUpMonth> paid = [];
        List<TrueUpMonth> ordered = [.. months.OrderBy(m => m.Month.No)];
        foreach (var (month, due) in ordered)
        {
            var before = paid.Count == 0 ? null : paid[^1];
            if (before?.Month.No == month.No)
            {
                throw new ArgumentException($"{month.Id} stands here twice.", nameof(months));
            }
            var span = month.Span(rule.Span);
            var paidBefore = before?.Span.No == span.No ? before.PaidBefore + before.Paid : 0m;
            // A debt is not held back: what was paid too much is taken back at once.
            var isLast = ends && month.No == ordered[^1].Month.No;
            var heldBack = isLast || month.Period.To == span.To || due <= 0m ? 0m : Exact.Percent(due, rule.HoldBackPercent);
            paid.Add(new TruedUpMonth(month, span, due, paidBefore, heldBack, due - heldBack - paidBefore, isLast));
        }
        return paid;
    }
}
