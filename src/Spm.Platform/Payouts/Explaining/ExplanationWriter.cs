using Spm.Compensation.Amounts;
using Spm.Compensation.Incentives;
using Spm.Compensation.Plans;
using Spm.Compensation.RateTables;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;
using Spm.Platform.Transactions;

namespace Spm.Platform.Payouts.Explaining;

/// <summary>Brings what was gathered about one payout into its form on the wire.</summary>
internal sealed class ExplanationWriter(Company company, PayoutRow payout, Func<int, string> sourceName)
{
    private readonly Currency _currency = Currency.Parse(payout.Currency);
    private readonly IReadOnlyList<IncentiveAmount> _lines = payout.LinesRead;

    public ExplanationView Write(IReadOnlyList<ExplainedComponent> components, IReadOnlyList<OwnCredits> own, IReadOnlyDictionary<(int Measure, int Report), RollUpSum> rollUp)
    {
        var explained = components.Select(c => c.Result.Key).ToHashSet();
        return new ExplanationView(
            PayoutView.Of(payout, company),
            [
                .. components.Select((c, i) => Incentive(c, own[i], rollUp)),
                .. _lines.Where(l => l.Month == payout.Month && !explained.Contains(l.Key)).Select(Replaced),
            ],
            [.. _lines.Where(l => l.Month != payout.Month).Select(Adjustment)],
            MoneyView.Of(payout.CarriedIn, _currency));
    }

    private IncentiveView Incentive(ExplainedComponent explained, OwnCredits own, IReadOnlyDictionary<(int Measure, int Report), RollUpSum> rollUp)
    {
        var result = explained.Result;
        var component = result.Component;
        var paid = Paid(result.Key);
        var reports = component.Credits.HasFlag(CreditSources.RollUp) ? rollUp.Where(r => r.Key.Measure == component.Measure.No) : [];
        return new IncentiveView(
            component.Id,
            component.Name,
            result.Plan.Plan.Id,
            result.Plan.Plan.Name,
            result.Plan.Version.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            company.MeasureDocs[component.Measure.No].Id,
            MoneyView.Of(paid, _currency),
            MoneyView.Of(result.IncentiveMinor - paid, _currency),
            result.Quota is { } quota ? Wire.Exact(quota) : null,
            Wire.Exact(result.CreditedToDate),
            Wire.Exact(result.Credited),
            result.Attainment is { } attainment ? Wire.Percent(Rounding.Percent(attainment)) : null,
            Wire.Exact(result.EarnedToDate),
            Wire.Exact(result.EarnedBefore),
            [.. explained.ToDate.Select(Band)],
            [.. explained.Before.Select(Band)],
            [.. own.Listed.Select(Credit)],
            own.Truncated,
            new SumView(Wire.Amount(own.Amount), own.Count),
            [.. reports.OrderBy(r => r.Key.Report).Select(r => new RollUpView(TransactionViews.Rep(company, r.Key.Report), Wire.Amount(r.Value.Amount), r.Value.Count))]);
    }

    /// <summary>Paid, and then the month came to be paid by other components: a plan was assigned or changed afterwards. All of it is taken back later.</summary>
    private IncentiveView Replaced(IncentiveAmount line)
    {
        var (plan, zero) = (company.PlanDocs.ById(line.Plan)!.Doc, Wire.Exact(0m));
        var name = plan.Versions.SelectMany(v => v.Components).LastOrDefault(c => c.Id == line.Component)?.Name ?? line.Component;
        return new IncentiveView(
            line.Component, name, line.Plan, plan.Name, PlanVersion: null, Measure: null, MoneyView.Of(line.Minor, _currency), MoneyView.Of(-line.Minor, _currency),
            Quota: null, zero, zero, Attainment: null, zero, zero, [], [], [], CreditsTruncated: false, new SumView(zero, 0), []);
    }

    private AdjustmentView Adjustment(IncentiveAmount line) => new(
        AdjustmentView.PriorPeriod,
        company.Calendar.MonthByNo(line.Month)!.Id,
        line.Plan,
        company.PlanDocs.ById(line.Plan)!.Doc.Name,
        line.Component,
        MoneyView.Of(line.Minor, _currency));

    private ExplainedCreditView Credit(OwnCredit credit)
    {
        var row = credit.Transaction;
        return new ExplainedCreditView(
            credit.Kind,
            Wire.Percent(Share.ToPercent(credit.Millionths)),
            Wire.Amount(credit.Amount),
            new ExplainedTransactionView(
                Ids.ForTransaction(row.Source, row.ExternalId), sourceName(row.Source), row.ExternalId, row.Version, row.Kind, row.Date, Wire.Amount(row.Amount)));
    }

    private static BandView Band(Band band) => new(
        Wire.ExactPercent(band.From),
        band.To is { } to ? Wire.ExactPercent(to) : null,
        Wire.ExactPercent(band.Rate),
        Wire.Exact(band.Amount),
        Wire.Exact(band.Earned));

    private long Paid(IncentiveKey key) => _lines.Where(l => l.Key == key).Sum(l => l.Minor);
}
