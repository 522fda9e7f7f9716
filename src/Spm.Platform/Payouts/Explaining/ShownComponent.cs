using Spm.Compensation.Engine;
using Spm.Compensation.Payouts;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Reps;

namespace Spm.Platform.Payouts.Explaining;

/// <summary>What a grain says of a component, beside the rules that it came by.</summary>
internal sealed record ShownComponent(ExplainedComponent Explained, PlanPaying Plan, ComponentRule Rule, PayKey Key)
{
    public MeasureRule? Measure => Plan.Version.MeasureOf(Rule);

    /// <param name="company">The one that the month was explained under.</param>
    public static IReadOnlyList<ShownComponent> Of(Company company, int rep, FiscalMonth month, ExplainedMonth explained)
    {
        var plan = company.PlansOf(rep, company.Calendar.YearById(month.Year.Id)!)[month.Index];
        return [.. explained.Components.Select(c => new ShownComponent(
            c, plan!, plan!.Version.Components.Single(r => r.Id == c.Figures.Component), new PayKey(month.No, c.Figures.Plan, c.Figures.Component)))];
    }
}
