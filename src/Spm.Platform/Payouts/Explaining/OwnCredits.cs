using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Plans;
using Spm.Platform.Kernel;
using Spm.Platform.Transactions;

namespace Spm.Platform.Payouts.Explaining;

internal readonly record struct OwnCredit(TransactionRow Transaction, CreditKind Kind, int Millionths, long Amount);

/// <summary>A rep's own credits that one component counts: the sum of all, and the largest of them up to the bound of a list.</summary>
internal sealed class OwnCredits(Measure measure, CreditSources sources)
{
    private readonly PriorityQueue<OwnCredit, (long, long)> _largest = new();

    public long Amount { get; private set; }

    public long Count { get; private set; }

    public bool Truncated => Count > _largest.Count;

    public IEnumerable<OwnCredit> Listed => _largest.UnorderedItems.Select(i => i.Element)
        .OrderBy(c => c.Transaction.Date).ThenBy(c => c.Transaction.Seq).ThenBy(c => c.Kind).ThenByDescending(c => c.Millionths);

    public void Add(TransactionRow row, Transaction facts, in Credit credit)
    {
        if (!sources.HasFlag(credit.Kind == CreditKind.Overlay ? CreditSources.Overlay : CreditSources.Direct) || !measure.Counts(facts))
        {
            return;
        }
        var amount = measure.Of(facts, credit);
        Amount = checked(Amount + amount);
        Count++;
        // The smallest leaves first; of equal ones the one recorded last.
        _largest.Enqueue(new OwnCredit(row, credit.Kind, credit.Millionths, amount), (Math.Abs(amount), -row.Seq));
        if (_largest.Count > Limits.ExplainCredits)
        {
            _largest.Dequeue();
        }
    }
}
