using Spm.Compensation.Periods;

namespace Spm.Compensation.Caps;

/// <summary>A month's pay before the cap, in the plan's currency; negative when the month takes back.</summary>
/// <param name="Most">The cap on the span as it is in this month; needed only where it depends on the rep.</param>
public readonly record struct CapMonth(FiscalMonth Month, decimal Earned, decimal? Most = null);

/// <summary>A line of a deal: the sale itself or a correction of it, before the cap.</summary>
/// <param name="Transaction">Distinguishes the lines of one deal and day, so that their order is always the same.</param>
public readonly record struct DealLine(string Deal, DateOnly Date, string Transaction, decimal Earned);

/// <summary>How a cap cut one step of a running sum. <c>Paid + Cut = Earned</c>; <c>PaidToDate = min(EarnedToDate, cap)</c>.</summary>
/// <param name="Cut">Negative where a step takes back what was cut before and therefore costs no pay.</param>
public readonly record struct CapStep(decimal Earned, decimal EarnedToDate, decimal Paid, decimal PaidToDate, decimal Cut)
{
    /// <summary>Earned to date and not paid because of the cap, never negative.</summary>
    public decimal CutToDate => EarnedToDate - PaidToDate;
}

/// <param name="Most">The cap as it is in this month.</param>
public sealed record CappedMonth(FiscalMonth Month, FiscalPeriod Span, CapStep Step, decimal Most, CapRule Rule);

public sealed record CappedLine(DealLine Line, CapStep Step);

public static class CapPay
{
    /// <summary>The span a cap begins anew with; throws when it is per deal.</summary>
    public static PeriodKind Span(this CapRule rule) => rule.Per switch
    {
        CapSpan.Month => PeriodKind.Month,
        CapSpan.Quarter => PeriodKind.Quarter,
        CapSpan.HalfYear => PeriodKind.HalfYear,
        CapSpan.Year => PeriodKind.Year,
        _ => throw new InvalidOperationException("A cap per deal is held against the lines of deals, not against months."),
    };

    /// <param name="months">
    /// In any order, each once; months that are not there earned nothing. Throws when the cap is per deal, or a month stands there twice.
    /// </param>
    /// <returns>In order of time; each span begins anew.</returns>
    public static IReadOnlyList<CappedMonth> Pay(this CapRule rule, IEnumerable<CapMonth> months)
    {
        List<CappedMonth> capped = [];
        foreach (var month in months.OrderBy(m => m.Month.No))
        {
            var before = capped.Count == 0 ? null : capped[^1];
            if (before?.Month.No == month.Month.No)
            {
                throw new ArgumentException($"{month.Month.Id} stands here twice.", nameof(months));
            }
            capped.Add(rule.Next(before, month));
        }
        return capped;
    }

    /// <summary>The month after those that are capped already.</summary>
    /// <param name="before">The last of them; null: there is none.</param>
    public static CappedMonth Next(this CapRule rule, CappedMonth? before, CapMonth month)
    {
        var (span, most) = (month.Month.Span(rule.Span()), month.Most ?? rule.Amount.Written);
        return new CappedMonth(month.Month, span, Next(most, before?.Span.No == span.No ? before.Step : default, month.Earned), most, rule);
    }

    /// <summary>Caps each deal over all its lines, in order of their date and then of their transaction.</summary>
    /// <param name="lines">In any order. Throws when the cap is not per deal.</param>
    /// <returns>Ordered by deal, date and transaction.</returns>
    public static IReadOnlyList<CappedLine> Pay(this CapRule rule, IEnumerable<DealLine> lines)
    {
        if (rule.Per != CapSpan.Deal)
        {
            throw new InvalidOperationException($"A cap per {rule.Per} is held against months, not against the lines of deals.");
        }
        List<CappedLine> capped = [];
        var ordered = lines.OrderBy(l => l.Deal, StringComparer.Ordinal).ThenBy(l => l.Date).ThenBy(l => l.Transaction, StringComparer.Ordinal)
            .ThenBy(l => l.Earned);
        foreach (var line in ordered)
        {
            var before = capped.Count > 0 && capped[^1].Line.Deal == line.Deal ? capped[^1].Step : default;
            capped.Add(new CappedLine(line, Next(rule.Amount.Written, before, line.Earned)));
        }
        return capped;
    }

    private static CapStep Next(decimal most, in CapStep before, decimal earned)
    {
        var earnedToDate = before.EarnedToDate + earned;
        var paidToDate = Math.Min(earnedToDate, most);
        var paid = paidToDate - before.PaidToDate;
        return new CapStep(earned, earnedToDate, paid, paidToDate, earned - paid);
    }
}
