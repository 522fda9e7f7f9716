using System.Globalization;
using Spm.Compensation.Explain;

namespace Spm.Compensation.Accounting;

/// <summary>
/// The cost of obtaining one contract, carried as an asset. At the end of each month as much is amortised to date as if the cost had always been
/// what is left of it: what is recovered of the cost, as when a commission is taken back with a refund, takes the same part of what was
/// amortised before. So an asset is never below zero, and one whose cost is recovered whole leaves nothing.
/// </summary>
/// <param name="start">The number of the first month that carries a part.</param>
public sealed class ContractAsset(int start, CapitalisationRule rule, int decimals, decimal cost)
{
    private IReadOnlyList<AmortisedMonth>? _schedule;
    private bool _hasEnded;

    /// <summary>Capitalised and not recovered; 0 or more.</summary>
    public decimal Cost { get; private set; } = cost;

    /// <summary>To the end of the last month that was asked for.</summary>
    public decimal AmortisedToDate { get; private set; }

    /// <summary>Takes back as much of the cost as there is.</summary>
    /// <returns>How much that was.</returns>
    public decimal Recover(decimal amount)
    {
        var recovered = Math.Min(amount, Cost);
        (Cost, _schedule) = (Cost - recovered, null);
        return recovered;
    }

    /// <summary>The contract is undone: all that is left is amortised at the end of the month.</summary>
    public void End() => _hasEnded = true;

    /// <summary>How the part of the month that was asked for last came about.</summary>
    public ExplainNode Explain(string name, int month, decimal part)
    {
        var months = Math.Min(month - start + 1, rule.Months);
        var detail = _hasEnded ? "all that is left: the contract has ended"
            : string.Create(CultureInfo.InvariantCulture, $"{Cost:0.##########} × {months}/{rule.Months}, rounded at {decimals} decimals");
        return ExplainNode.Of(name, ExplainOperation.Difference, ExplainNode.Given("amortised to date", AmortisedToDate, detail), ExplainNode.Given("amortised before", AmortisedToDate - part));
    }

    /// <summary>The part of a month; months are asked for one after the other.</summary>
    public decimal Amortise(int month)
    {
        _schedule ??= Amortisation.Schedule(Cost, start, rule.Months, decimals);
        var toDate = _hasEnded || month - start >= _schedule.Count ? Cost : _schedule[month - start].Cumulative;
        (var part, AmortisedToDate) = (toDate - AmortisedToDate, toDate);
        return part;
    }
}
