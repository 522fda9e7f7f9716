using Spm.Compensation.Exactness;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Guarantees;

/// <summary>What was earned in a month, quarter or year that has ended, in the plan's currency; it may be negative.</summary>
/// <param name="Proration">The part of the span that is guaranteed, from 0 to 1: 0.5 for half of it.</param>
/// <param name="Amount">What is guaranteed for the whole span; needed only where it depends on the rep.</param>
public readonly record struct GuaranteeSpan(FiscalPeriod Span, decimal Earned, decimal Proration = 1m, decimal? Amount = null);

/// <summary><c>Paid = Earned + TopUp</c>; never below <c>Guaranteed</c> where there is one.</summary>
/// <param name="Guaranteed">After proration; null outside the guarantee's dates.</param>
/// <param name="Whole">Of the whole span.</param>
public sealed record GuaranteedPay(FiscalPeriod Span, decimal Earned, decimal Proration, decimal? Guaranteed, decimal TopUp, decimal Paid, decimal Whole);

/// <summary>Tops spans up to what is guaranteed. Spans know nothing of each other: what one earns above its minimum stays with it.</summary>
public static class GuaranteePay
{
    /// <param name="spans">Of the kind that the rule is per, in any order. Throws where one is of another kind or prorated below 0 or above 1.</param>
    /// <returns>In order of time.</returns>
    public static IReadOnlyList<GuaranteedPay> Pay(this GuaranteeRule rule, IEnumerable<GuaranteeSpan> spans) =>
        [.. spans.OrderBy(s => s.Span.No).Select(s => Pay(rule, s))];

    private static GuaranteedPay Pay(GuaranteeRule rule, GuaranteeSpan given)
    {
        var (span, earned, proration) = (given.Span, given.Earned, given.Proration);
        if (span.Kind != rule.Per)
        {
            throw new ArgumentException($"{span.Id} is a {span.Kind}; the guarantee is per {rule.Per}.", nameof(given));
        }
        if (proration is < 0m or > 1m)
        {
            throw new ArgumentOutOfRangeException(nameof(given), proration, "A span is prorated from 0 to 1.");
        }
        var whole = given.Amount ?? rule.Amount.Written;
        decimal? guaranteed = rule.Dates.Overlaps(new DateRange(span.From, span.To)) ? Exact.Ratio(whole, proration, 1m) : null;
        var topUp = guaranteed is { } least ? Math.Max(0m, least - earned) : 0m;
        // Not earned + topUp: a prorated minimum may have so many digits that the sum would miss it in the last one.
        return new GuaranteedPay(span, earned, proration, guaranteed, topUp, Math.Max(earned, guaranteed ?? earned), whole);
    }
}
