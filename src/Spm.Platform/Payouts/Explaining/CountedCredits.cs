using System.Runtime.InteropServices;
using Spm.Compensation.Crediting;
using Spm.Compensation.Engine;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;

namespace Spm.Platform.Payouts.Explaining;

internal readonly record struct CountedCredit(RepCredit Credit, decimal Amount);

internal record struct RollUpSum(decimal Amount, long Count);

/// <summary>The credits of a month that one component counts: the rep's own, of which the largest are listed, and the sums of what rolled up.</summary>
internal sealed class CountedCredits(ShownComponent component, RepProfile rep)
{
    private readonly PriorityQueue<CountedCredit, (decimal, long)> _largest = new();
    private readonly Dictionary<int, RollUpSum> _rollUp = [];

    /// <summary>Of the rep's own credits, listed or not.</summary>
    public decimal Amount { get; private set; }

    public long Count { get; private set; }

    public bool Truncated => Count > _largest.Count;

    public IEnumerable<CountedCredit> Listed => _largest.UnorderedItems.Select(i => i.Element)
        .OrderBy(c => c.Credit.Row.Date).ThenBy(c => c.Credit.Row.Source).ThenBy(c => c.Credit.Row.ExternalId, StringComparer.Ordinal).ThenBy(c => c.Credit.Line.Credit).ThenByDescending(c => c.Credit.Line.Share);

    /// <summary>By the number of the direct report.</summary>
    public IEnumerable<KeyValuePair<int, RollUpSum>> RollUp => _rollUp.OrderBy(r => r.Key);

    public bool CountsRollUp => component.Measure is not null && Tally.Credits.HasFlag(CreditSources.RollUp);

    private TallyRule Tally => component.Plan.Version.Tallies[component.Rule.Tally];

    public void Add(RepCredit credit)
    {
        if (component.Measure is null || !Tally.Counts(credit.Line, SoldOn(credit.Line)) || component.Measure.Of(new CreditContext(rep, credit.Line)) is not { } amount)
        {
            return;
        }
        if (credit.Report is { } report)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_rollUp, report, out _);
            sum = new RollUpSum(sum.Amount + amount, sum.Count + 1);
            return;
        }
        Amount += amount;
        Count++;
        // The smallest leaves first; of equal ones the one recorded last.
        _largest.Enqueue(new CountedCredit(credit, amount), (Math.Abs(amount), -credit.Row.Seq));
        if (_largest.Count > Limits.ExplainCredits)
        {
            _largest.Dequeue();
        }
    }

    private DateOnly? SoldOn(CreditLine line) => component.Explained.SoldOn?.TryGetValue(line.Deal, out var day) == true ? day : null;
}
