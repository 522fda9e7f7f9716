using System.Globalization;
using Spm.Compensation.Amounts;
using Spm.Compensation.Payouts;
using Spm.Compensation.PayRuns;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;
using Spm.Platform.Transactions;

namespace Spm.Platform.Payouts.Explaining;

/// <summary>Brings what was gathered about one payout into its form on the wire.</summary>
internal sealed class ExplanationWriter(Company company, PayoutRow payout, Func<int, string> sourceName)
{
    private readonly Currency _currency = Currency.Parse(payout.Currency);
    private readonly IReadOnlyList<PayAmount> _lines = payout.LinesRead;

    public ExplanationView Write(IReadOnlyList<ShownComponent> components, CalculationView? calculation, IReadOnlyList<CountedCredits> counted)
    {
        var known = components.Select(c => c.Key).ToHashSet();
        var own = _lines.Where(l => l.Month == payout.Month).ToList();
        return new ExplanationView(
            PayoutView.Of(payout, company),
            [
                .. components.Select((c, i) => Incentive(c, counted[i])),
                .. own.Where(l => l.Line == PayLineKind.Incentive && !known.Contains(l.Key)).Select(Replaced),
            ],
            [.. own.Where(l => l.Line != PayLineKind.Incentive).Select(l => PayLineView.Of(l.Key, l.Minor, _currency))],
            [.. _lines.Where(l => l.Month != payout.Month).Select(Adjustment)],
            MoneyView.Of(payout.CarriedIn, _currency),
            calculation);
    }

    private IncentiveView Incentive(ShownComponent component, CountedCredits counted)
    {
        var (figures, paid) = (component.Explained.Figures, Paid(component.Key));
        return new IncentiveView(
            component.Rule.Id,
            component.Rule.Name,
            component.Plan.Plan.Id,
            component.Plan.Plan.Name,
            component.Plan.Version.Number.ToString(CultureInfo.InvariantCulture),
            component.Measure is { } measure ? company.MeasureDocs[measure.No].Id : null,
            MoneyView.Of(paid, _currency),
            MoneyView.Of(figures.Minor - paid, _currency),
            figures.Quota is { } quota ? Wire.Exact(quota) : null,
            Wire.Exact(figures.ToDate),
            Wire.Exact(figures.Month),
            figures.Attainment is { } reached ? Wire.Percent(Rounding.Percent(reached)) : null,
            component.Explained.Attainment,
            Wire.Exact(figures.Earned),
            Wire.Exact(figures.EarnedBefore),
            [.. counted.Listed.Select(Credit)],
            counted.Truncated,
            new SumView(Wire.Exact(counted.Amount), counted.Count),
            [.. counted.RollUp.Select(r => new RollUpView(TransactionViews.Rep(company, r.Key), Wire.Exact(r.Value.Amount), r.Value.Count))]);
    }

    /// <summary>Paid, and then the month came to be paid by other components: a plan was assigned or changed afterwards. All of it is taken back later.</summary>
    private IncentiveView Replaced(PayAmount line)
    {
        var (plan, zero) = (company.Plans[company.PlanDocs.ById(line.Plan)!.No], Wire.Exact(0m));
        var name = plan.Versions.SelectMany(v => v.Components).LastOrDefault(c => c.Id == line.Component)?.Name ?? line.Component;
        return new IncentiveView(
            line.Component, name, line.Plan, plan.Name, PlanVersion: null, Measure: null, MoneyView.Of(line.Minor, _currency), MoneyView.Of(-line.Minor, _currency),
            Quota: null, zero, zero, Attainment: null, AttainmentCalculation: null, zero, zero, [], CreditsTruncated: false, new SumView(zero, 0), []);
    }

    private AdjustmentView Adjustment(PayAmount line) => new(
        AdjustmentView.PriorPeriod,
        company.Calendar.MonthByNo(line.Month)!.Id,
        line.Plan,
        company.PlanDocs.ById(line.Plan)!.Doc.Name,
        line.Line,
        line.Component.Length == 0 ? null : line.Component,
        MoneyView.Of(line.Minor, _currency));

    private ExplainedCreditView Credit(CountedCredit counted)
    {
        var (line, row) = (counted.Credit.Line, counted.Credit.Row);
        return new ExplainedCreditView(
            line.Credit,
            Wire.Percent(line.Share * 100m),
            Wire.Exact(counted.Amount),
            new ExplainedTransactionView(
                line.Transaction, sourceName(row.Source), row.ExternalId, row.Version, row.Kind, row.Date, Wire.Amount(row.Amount), row.Currency, ConversionView.Of(row, company)));
    }

    private long Paid(PayKey key) => _lines.Where(l => l.Key == key).Sum(l => l.Minor);
}
