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
public sealed record TruedUpMonth(FiscalMonth Month, FiscalPeriod Span, decimal DueToDate, decimal PaidBefore, decimal HeldBack, decimal Paid)
{
    /// <summary>Whether this is the last month of its span.</summary>
    public bool IsTrueUp => Month.Period.To == Span.To;
}

public static class TrueUpPay
{
    /// <param name="months">In any order, each once; a month that is not there pays nothing. Throws when a month stands there twice.</param>
    /// <returns>In order of time. The months of a span sum to what is due in its last month.</returns>
    public static IReadOnlyList<TruedUpMonth> Pay(this TrueUpRule rule, IEnumerable<TrueUpMonth> months)
    {
        List<TruedUpMonth> paid = [];
        foreach (var (month, due) in months.OrderBy(m => m.Month.No))
        {
            var before = paid.Count == 0 ? null : paid[^1];
            if (before?.Month.No == month.No)
            {
                throw new ArgumentException($"{month.Id} stands here twice.", nameof(months));
            }
            var span = month.Span(rule.Span);
            var paidBefore = before?.Span.No == span.No ? before.PaidBefore + before.Paid : 0m;
            // A debt is not held back: what was paid too much is taken back at once.
            var heldBack = month.Period.To == span.To || due <= 0m ? 0m : Exact.Percent(due, rule.HoldBackPercent);
            paid.Add(new TruedUpMonth(month, span, due, paidBefore, heldBack, due - heldBack - paidBefore));
        }
        return paid;
    }
}
