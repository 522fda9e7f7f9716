using Spm.Compensation.Engine;
using Spm.Compensation.Explain;

namespace Spm.Compensation.PayRuns;

/// <summary>What a deal earned of a component, by month of the run and after the budget of a SPIFF, and the rules that go with it.</summary>
internal sealed class DealPay(PayRun run, string component, string deal, ComponentPayRules rules, VersionState state)
{
    private List<SpiffCut>? _cuts;

    public string Deal => deal;

    public ComponentPayRules Rules => rules;

    /// <summary>All its lines of all years, in the order of their days, with their amounts in the currency of the plan that earned it first.</summary>
    public IReadOnlyList<(CreditLine Line, decimal Amount)> Lines => state.Deals.Lines(deal);

    /// <summary>What the component that earned it first counts.</summary>
    public MeasureRule? Measure => state.Version.MeasureOf(state.Version.Components[state.Version.Find(component)]);

    /// <summary>The first day of the deal, news about it aside.</summary>
    public DateOnly SoldOn => state.Deals.DateOf(deal);

    public decimal[] ByMonth { get; } = new decimal[run.Months.Count];

    public void Cut(SpiffCut cut)
    {
        ByMonth[cut.Month] -= cut.Amount;
        (_cuts ??= []).Add(cut);
    }

    /// <summary>What it earned in a month of the run.</summary>
    public ExplainNode Explain(int month)
    {
        var name = $"earned by {deal} in {run.Months[month].Month.Id}";
        var earned = run.RuleOf(month, component) is null ? ExplainNode.Given("not on the component", 0m) : run.Deals.Explain(month, component, deal);
        ExplainNode[] cuts = [.. (_cuts ?? []).Where(c => c.Month == month).Select(c => ExplainNode.Given("beyond the budget of the SPIFF", c.Amount))];
        return cuts.Length == 0 ? earned with { Name = name } : ExplainNode.Of(name, ExplainOperation.Difference, [earned, .. cuts]);
    }

    /// <summary>What it earned in the months up to one, that one included.</summary>
    public ExplainNode ExplainToDate(int month)
    {
        ExplainNode[] months = [.. Enumerable.Range(0, month + 1).Where(m => ByMonth[m] != 0m).Select(Explain)];
        return months.Length == 1 ? months[0] : ExplainNode.Of($"earned by {deal} to {run.Months[month].Month.Id}", ExplainOperation.Sum, months);
    }
}
