using Spm.Compensation.Accounting;
using Spm.Compensation.Explain;

namespace Spm.Compensation.PayRuns;

/// <summary>What became of each cost of obtaining contracts in one month, for whoever asks how the books came about.</summary>
/// <param name="month">Counted from 0 in the run.</param>
internal sealed class CostTrace(int month)
{
    private readonly List<ExplainNode> _capitalised = [];
    private readonly List<ExplainNode> _expensed = [];
    private readonly List<ExplainNode> _amortised = [];

    public void Incurred(int at, string deal, ContractCost cost, decimal recovered, bool isAsset)
    {
        if (at != month)
        {
            return;
        }
        var incurred = ExplainNode.Given(Name(cost.Name, deal), cost.Amount);
        if (isAsset)
        {
            _capitalised.Add(incurred);
            return;
        }
        if (recovered != 0m)
        {
            _capitalised.Add(ExplainNode.Given(incurred.Name, -recovered, "Taken back of the asset."));
        }
        if (cost.Amount + recovered != 0m)
        {
            _expensed.Add(recovered == 0m ? incurred : ExplainNode.Of(incurred.Name, ExplainOperation.Sum, incurred, ExplainNode.Given("taken back of the asset", recovered)));
        }
    }

    public void Amortised(int at, string deal, ContractAsset asset, decimal part)
    {
        if (at == month && part != 0m)
        {
            _amortised.Add(asset.Explain(Name("amortised", deal), month, part));
        }
    }

    /// <summary>The assets at the end of the month, and beside them what was expensed. Null where there is neither.</summary>
    /// <param name="before">The assets a month ago.</param>
    public ExplainNode? Explain(string id, decimal before, CostsInBooks books)
    {
        if (before == 0m && _capitalised.Count + _expensed.Count + _amortised.Count == 0)
        {
            return null;
        }
        var capitalised = ExplainNode.Exactly($"capitalised in {id}", ExplainOperation.Sum, books.Capitalised, _capitalised);
        var amortised = ExplainNode.Exactly($"amortised in {id}", ExplainOperation.Sum, books.Amortised, _amortised);
        var whole = ExplainNode.Of("before amortisation", ExplainOperation.Sum, ExplainNode.Given("unamortised before", before), capitalised);
        return ExplainNode.Because(
            $"contract costs of {id}",
            ExplainNode.Exactly($"unamortised after {id}", ExplainOperation.Difference, books.Remaining, [whole, amortised]),
            ExplainNode.Exactly($"expensed in {id}", ExplainOperation.Sum, books.Expensed, _expensed));
    }

    private static string Name(string what, string deal) => deal.Length == 0 ? what : $"{what} of {deal}";
}
