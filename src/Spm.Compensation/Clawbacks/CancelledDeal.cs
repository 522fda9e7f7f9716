using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;

namespace Spm.Compensation.Clawbacks;

/// <summary>
/// The whole of a deal, of which its cancellations are parts: what was sold with it, by the kinds of transactions that the component's measure counts, less what refunds
/// have taken back by then. An order and its invoice are one sale where the measure counts one of them.
/// </summary>
/// <param name="lines">All lines of the deal, in the order of their days.</param>
internal sealed class CancelledDeal(IReadOnlyList<(CreditLine Line, decimal Amount)> lines, MeasureRule? measure)
{
    private readonly DealAmounts _amounts = DealAmounts.Of(
        [.. CountedOf([.. lines.Where(l => !l.Line.IsNews)], measure), .. lines.Where(l => l.Line.Kind == DealNews.Cancellation)]);

    private IEnumerable<(CreditLine Line, decimal Amount)> Cancellations => _amounts.Lines.Where(l => l.Line.Kind == DealNews.Cancellation);

    /// <summary>Of the amounts; null: as they are read, in the plan's currency.</summary>
    public string? Detail => _amounts.Detail;

    public bool IsCancelled => Cancellations.Any();

    /// <summary>The lines that make the whole, before a day. Where refunds have left nothing to cancel, what they have taken back is the whole.</summary>
    public IReadOnlyList<(CreditLine Line, decimal Amount)> WholeBy(DateOnly end)
    {
        List<(CreditLine Line, decimal Amount)> left = [.. _amounts.Lines.Where(l => l.Line.Kind != DealNews.Cancellation && l.Line.Date < end)];
        return left.Sum(l => l.Amount) > 0m ? left : [.. left.Where(l => l.Amount > 0m)];
    }

    /// <summary>The cancellations before a day. One that tells no amount cancels the whole.</summary>
    public IEnumerable<Cancellation> CancelledBy(DateOnly end, decimal whole) => Cancellations.Where(c => c.Line.Date < end)
        .Select(c => new Cancellation(c.Line.Transaction, c.Line.Date, c.Amount == 0m ? whole : Math.Abs(c.Amount)));

    /// <summary>Who is paid for news alone, as for cash, is paid for what the customer was invoiced, or where nothing is invoiced has ordered.</summary>
    private static List<(CreditLine Line, decimal Amount)> CountedOf(List<(CreditLine Line, decimal Amount)> lines, MeasureRule? measure)
    {
        var isCounted = lines.Exists(l => !l.Line.TakesBack && measure?.CountsKind(l.Line) == true);
        var isInvoiced = lines.Exists(l => l.Line.Kind == DealNews.Invoice);
        return [.. lines.Where(l => isCounted ? measure!.CountsKind(l.Line) : !isInvoiced || l.Line.Kind is DealNews.Invoice or DealNews.Refund)];
    }
}
