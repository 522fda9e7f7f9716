using Spm.Compensation.Clawbacks;
using Spm.Compensation.Exactness;

namespace Spm.Compensation.PayRuns;

/// <summary>
/// A deal in the payouts of a component, month by month: what is paid for it, what its cancellations take back, and what caps cut of it in spans that are over.
/// Within its span a cap itself makes room for what is taken back. Afterwards whatever part of the deal is taken back leaves the same part of the cut
/// behind: nobody gives back what was never paid.
/// </summary>
/// <param name="paid">By month, before clawbacks.</param>
internal sealed class DealOnPay(PayRun run, string component, DealPay deal, decimal[] paid) : ICapped
{
    private readonly decimal[] _left = new decimal[paid.Length];
    private readonly (CancelledDeal Cancelled, ClawbackRule Rule, ClawbackExplanation Explanation)? _clawback =
        deal.Rules.Clawback is { } rule && new CancelledDeal(deal.Lines, deal.Measure) is { IsCancelled: true } cancelled
            ? (cancelled, rule, new ClawbackExplanation(rule, deal, cancelled, paid, run.Months)) : null;

    private decimal _paid;
    private decimal _taken;
    private decimal _cut;

    public decimal Left(IReadOnlyList<int> months) => months.Sum(m => _left[m]);

    public void Cut(CutOfSpan cut, decimal more, decimal toDate)
    {
        _left[cut.Last] -= more;
        _cut += cut.IsOver ? toDate : 0m;
    }

    public void ClawBack(int month)
    {
        _paid += paid[month];
        _left[month] = paid[month];
        if (_clawback is not { } clawback)
        {
            return;
        }
        var taken = Taken(month, month);
        var spared = 0m;
        if (_cut != 0m && _paid + Taken(month, month - 1) is > 0m and var standing && standing != _paid + taken)
        {
            var back = standing - (_paid + taken);
            spared = Exact.Ratio(_cut, back, standing);
            clawback.Explanation.Spare(month, new SparedByCaps(_cut, back, standing));
            _cut -= spared;
        }
        _left[month] += taken - _taken + spared;
        run.Months[month].Add(new PayLine(PayLineKind.Clawback, component, taken - _taken + spared, deal.Deal, clawback.Explanation));
        _taken = taken;

        decimal Taken(int month, int cancelledBy)
        {
            var whole = clawback.Cancelled.WholeBy(run.Months[month].Month.Period.To).Sum(l => l.Amount);
            return whole == 0m ? 0m
                : clawback.Rule.Take(new PaidDeal(deal.SoldOn, whole, _paid), clawback.Cancelled.CancelledBy(run.Months[cancelledBy].Month.Period.To, whole)).Sum(c => c.Amount);
        }
    }
}
