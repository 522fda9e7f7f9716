using Spm.Compensation.Exactness;
using Spm.Compensation.Explain;

namespace Spm.Compensation.Engine;

/// <summary>
/// An incentive divided among deals. A deal of which more is refunded than sold gives back, of what it was given before, the part that is refunded of
/// what still stood, and never more. All that is left goes to the deals that are sold, in proportion; the last, in the order of their keys, has the rest.
/// Where nothing is sold and something is left, as when a gate opens, it goes to the deals of the span that still stand. Where none does, it is nobody's, and
/// so is the part of leave that is credited at target.
/// </summary>
/// <remarks>To divide by the net instead would give a deal fifty times what it earned in a month whose sales and refunds almost cancel out.</remarks>
internal sealed class DividedIncentive
{
    private readonly string _weight;
    private readonly DealWeights _taken;
    private readonly SortedDictionary<string, Refund> _refunds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, decimal> _takers;
    private readonly SortedDictionary<string, decimal> _shares = new(StringComparer.Ordinal);
    private readonly decimal _whole;
    private readonly ExplainNode _left;

    /// <param name="incentive">Given with its name.</param>
    /// <param name="had">By a deal, before. Asked only of those that are refunded.</param>
    /// <param name="standing">What is counted of the deals of the span to date, who have what is left where nothing is sold. Asked only then.</param>
    public DividedIncentive(ExplainNode incentive, DealWeights weights, Func<string, Had> had, Func<DealWeights> standing)
    {
        foreach (var (deal, refunded) in weights.Deals.Where(w => w.Value < 0m))
        {
            var refund = new Refund(-refunded, had(deal));
            if (refund.GivesBack != 0m)
            {
                _refunds.Add(deal, refund);
            }
        }
        _left = _refunds.Count == 0
            ? incentive
            : ExplainNode.Of("incentive and what refunded deals give back", ExplainOperation.Sum, incentive, ExplainNode.Given($"given back by {_refunds.Count} deals", _refunds.Values.Sum(r => r.GivesBack)));
        (_weight, _taken) = (weights.By, weights);
        _takers = _left.Value == 0m ? [] : weights.Sold;
        if (_takers.Count == 0 && weights.AtTarget == 0m && _left.Value != 0m)
        {
            _taken = standing();
            _takers = _taken.Sold;
        }
        _whole = _takers.Values.Sum() + _taken.AtTarget;
        var (rest, last) = (_left.Value, _takers.Count);
        foreach (var (deal, value) in _takers)
        {
            var share = --last == 0 && _taken.AtTarget == 0m ? rest : Exact.Ratio(_left.Value, value, _whole);
            _shares.Add(deal, share);
            rest -= share;
        }
        AtTarget = _taken.AtTarget == 0m ? 0m : rest;
        foreach (var deal in _refunds.Keys.Union(_shares.Keys, StringComparer.Ordinal))
        {
            if (_shares.GetValueOrDefault(deal) - (_refunds.TryGetValue(deal, out var refund) ? refund.GivesBack : 0m) is not 0m and var part)
            {
                Parts.Add(deal, part);
            }
        }
    }

    /// <summary>By deal, none for a deal without one.</summary>
    public SortedDictionary<string, decimal> Parts { get; } = new(StringComparer.Ordinal);

    /// <summary>The part of leave that is credited at target.</summary>
    public decimal AtTarget { get; }

    public ExplainNode Explain(string deal)
    {
        List<ExplainNode> parts = [];
        if (_takers.TryGetValue(deal, out var own))
        {
            parts.Add(_takers.Count == 1 && _taken.AtTarget == 0m ? ExplainNode.Because("all of the incentive", _left) : Share(deal, own));
        }
        if (_refunds.TryGetValue(deal, out var refund))
        {
            parts.Add(refund.Explain(deal, _weight));
        }
        return parts.Count switch
        {
            0 => ExplainNode.Given("nothing counted", 0m),
            1 => parts[0],
            _ => ExplainNode.Of("part of the incentive, less what is given back", ExplainOperation.Sum, parts),
        };
    }

    private ExplainNode Share(string deal, decimal own)
    {
        var product = ExplainNode.Of($"incentive × {_taken.By}", ExplainOperation.Product, _left, ExplainNode.Given($"{_taken.By} of {deal}", own));
        var all = $"{_taken.By} of {_takers.Count} deals{(_taken.AtTarget == 0m ? "" : " and at target")}";
        var share = ExplainNode.Exactly("part of the incentive", ExplainOperation.Quotient, _shares[deal], [product, ExplainNode.Given(all, _whole)]);
        return share.Operation == ExplainOperation.Quotient ? share : share with { Detail = "the last deal has what the parts of the others leave" };
    }

    /// <param name="Refunded">Above zero.</param>
    private readonly record struct Refund(decimal Refunded, Had Had)
    {
        private bool IsWhole => Refunded >= Had.Stood;

        public decimal GivesBack => IsWhole ? Had.Given : Exact.Ratio(Had.Given, Refunded, Had.Stood);

        public ExplainNode Explain(string deal, string weight)
        {
            var given = ExplainNode.Given($"parts of {deal} before", Had.Given);
            return IsWhole
                ? ExplainNode.Of($"given back by {deal}", ExplainOperation.Negative, given) with { Detail = "Nothing of it is left." }
                : ExplainNode.Of($"given back by {deal}", ExplainOperation.Negative, ExplainNode.Ratio(
                    "part that is refunded", "parts × refunded", given, ExplainNode.Given("refunded", Refunded), ExplainNode.Given($"{weight} before", Had.Stood)));
        }
    }
}
