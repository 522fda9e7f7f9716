using Spm.Compensation.Accounting;
using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Fx;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.PlanTests;

/// <summary>Reads one test of a plan document.</summary>
internal static class PlanTestReader
{
    /// <param name="expects">A test expects figures; a mere case of credits need not, and needs no name.</param>
    public static PlanTest Read(DocNode node, PlanRules plan, bool expects = true)
    {
        var name = expects ? node.Text("name") : node.Text("name", "case");
        node.OptionalText("source");
        node.OptionalText("note");
        var transactions = node.List("transactions");
        var calendar = TestCalendarReader.Read(node, plan, transactions);
        var reps = TestRepReader.Read(node, EarningsUpTheLine.AreCounted(plan));
        var ids = reps.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        string RepOf(DocNode item)
        {
            if (item.Find("rep") is not { } rep)
            {
                return reps[0].Id;
            }
            var id = rep.AsText();
            if (ids.Contains(id))
            {
                return id;
            }
            rep.Fail("rep_unknown", $"The test has no rep '{rep.Scalar}'.");
            return reps[0].Id;
        }
        var test = new PlanTest(
            name,
            calendar,
            reps,
            Quotas(node, plan, calendar, reps, RepOf),
            new TransactionReader(plan, calendar, RepOf).Read(transactions, ids),
            Adjustments(node, calendar, reps, RepOf),
            Costs(node, calendar, reps, RepOf),
            Rates(node, plan),
            [.. node.List("expect").Select(e => Expectation(e, plan, calendar, RepOf))]);
        if (expects && test.Expectations.Count == 0)
        {
            node.Fail("expectation_missing", "A test expects at least one figure.");
        }
        node.RefuseOthers();
        return test;
    }

    private static Dictionary<string, RepQuotas> Quotas(
        DocNode node, PlanRules plan, FiscalCalendar calendar, IReadOnlyList<RepProfile> reps, Func<DocNode, string> repOf)
    {
        var quotas = reps.ToDictionary(r => r.Id, _ => new Dictionary<(int, string), decimal>(), StringComparer.Ordinal);
        var dated = reps.ToDictionary(r => r.Id, _ => new List<DatedQuota>(), StringComparer.Ordinal);
        foreach (var quota in node.List("quotas"))
        {
            if (PeriodIfKnown(quota, calendar) is not { } period)
            {
                continue;
            }
            var amount = quota.Number("amount");
            if (amount <= 0m)
            {
                quota.Get("amount").Fail("number_out_of_range", "A quota is above 0.");
                continue;
            }
            if (!plan.MeasureNos.TryGetValue(quota.Text("measure"), out var measure))
            {
                quota.Get("measure").Fail("measure_unknown", $"The plan has no measure '{quota.Text("measure")}'.");
            }
            else if (quota.OptionalDate("from") is { } from)
            {
                if (!period.Contains(from) || dated[repOf(quota)].Exists(d => (d.Measure, d.Period, d.From) == (measure, period.Id, from)))
                {
                    quota.Get("from").Fail("quota_from_invalid", $"A quota that is set anew begins on a day in {period.Id}, and no two on the same.");
                }
                else
                {
                    dated[repOf(quota)].Add(new DatedQuota(measure, period.Id, from, amount));
                }
            }
            else if (!quotas[repOf(quota)].TryAdd((measure, period.Id), amount))
            {
                quota.Fail("quota_twice", "The quota is set twice.");
            }
            quota.RefuseOthers();
        }
        return quotas.ToDictionary(q => q.Key, q => new RepQuotas(new QuotaBook(q.Value), dated[q.Key]), StringComparer.Ordinal);
    }

    private static Dictionary<string, IReadOnlyList<(int, decimal, string)>> Adjustments(
        DocNode node, FiscalCalendar calendar, IReadOnlyList<RepProfile> reps, Func<DocNode, string> repOf)
    {
        var adjustments = reps.ToDictionary(r => r.Id, _ => new List<(int, decimal, string)>(), StringComparer.Ordinal);
        foreach (var adjustment in node.List("adjustments"))
        {
            var period = Period(adjustment, calendar);
            if (period.Kind != PeriodKind.Month)
            {
                adjustment.Get("period").Fail("period_not_a_month", "An adjustment is paid in a month.");
            }
            adjustments[repOf(adjustment)].Add((period.No, adjustment.Number("amount"), adjustment.Text("reason")));
            adjustment.RefuseOthers();
        }
        return adjustments.ToDictionary(a => a.Key, a => (IReadOnlyList<(int, decimal, string)>)a.Value, StringComparer.Ordinal);
    }

    private static Dictionary<string, IReadOnlyList<CostOfMonth>> Costs(
        DocNode node, FiscalCalendar calendar, IReadOnlyList<RepProfile> reps, Func<DocNode, string> repOf)
    {
        var costs = reps.ToDictionary(r => r.Id, _ => new List<CostOfMonth>(), StringComparer.Ordinal);
        foreach (var cost in node.List("costs"))
        {
            var month = calendar.MonthOf(cost.Date("date"));
            if (month is null)
            {
                cost.Get("date").Fail("date_outside_calendar", "The day lies in no fiscal year of the test.");
            }
            var of = new ContractCost(cost.Text("name"), cost.Number("amount"), cost.Truth("only_if_obtained", true), cost.Truth("expected_to_be_recovered", true));
            costs[repOf(cost)].Add(new CostOfMonth(calendar.Months.TakeWhile(m => m.No != month?.No).Count(), of));
            cost.RefuseOthers();
        }
        return costs.ToDictionary(c => c.Key, c => (IReadOnlyList<CostOfMonth>)c.Value, StringComparer.Ordinal);
    }

    /// <summary>Units of the plan's currency, or of the one it says, for one unit of another, from a day on.</summary>
    private static FxRates Rates(DocNode node, PlanRules plan)
    {
        List<FxRate> rates = [];
        foreach (var rate in node.List("fx_rates"))
        {
            var isFrom = Currency.TryParse(rate.Text("from"), out var from);
            var isTo = Currency.TryParse(rate.Text("to", plan.Currency.Code), out var to);
            if (isFrom && isTo)
            {
                rates.Add(new FxRate(from, to, rate.Date("day"), rate.Number("rate")));
            }
            else
            {
                var unknown = isFrom ? "to" : "from";
                rate.Get(unknown).Fail("currency_unknown", $"'{rate.Text(unknown)}' is not an ISO 4217 currency code.");
            }
            rate.RefuseOthers();
        }
        if (FxRates.TryCreate(rates, out var created, out var refusal))
        {
            return created;
        }
        node.Get("fx_rates").Fail(refusal!.Code, refusal.Detail);
        return FxRates.None;
    }

    private static Expectation Expectation(DocNode node, PlanRules plan, FiscalCalendar calendar, Func<DocNode, string> repOf)
    {
        var component = node.OptionalText("component");
        if (component is not null && !plan.Versions.Any(v => v.Find(component) >= 0))
        {
            node.Get("component").Fail("component_unknown", $"No version has a component '{component}'.");
        }
        var deal = node.OptionalText("deal");
        if (deal is not null && component is null)
        {
            node.Get("deal").Fail("component_missing", "A deal earns through a component: name it.");
        }
        var figure = node.OneOf("figure", component is null ? Figure.Payout : Figure.Incentive);
        if (OfWhat(figure, component, deal) is { } unfit)
        {
            (node.Find("figure") ?? node).Fail(unfit.Code, unfit.Detail);
        }
        var isUnknown = node.Members.Any(m => m.Name == "is" && m.Value.Kind == DocKind.Null);
        decimal? expected = isUnknown ? null : node.Number("is");
        var written = node.Find("is")?.Scalar ?? "";
        var point = written.IndexOf('.', StringComparison.Ordinal);
        var expectation = new Expectation(
            repOf(node), Period(node, calendar), component, deal, figure, expected,
            Math.Min(28, node.Whole("decimals", point < 0 ? 0 : written.Length - point - 1, 0, 28)), node);
        node.OptionalText("note");
        node.RefuseOthers();
        return expectation;
    }

    /// <summary>A figure of the payout has no component, and one of a component needs it: nothing is expected of what there is not.</summary>
    private static (string Code, string Detail)? OfWhat(Figure figure, string? component, string? deal)
    {
        var name = WireNames.Of(figure);
        return deal is not null && component is not null && figure != Figure.Incentive ? ("figure_not_of_a_deal", $"A deal has an incentive; '{name}' is a figure of the component.")
            : component is not null && IsOfPayout(figure) ? ("figure_not_of_a_component", $"'{name}' is a figure of the payout as a whole: leave 'component' out.")
            : component is null && IsOfComponent(figure) ? ("figure_needs_component", $"'{name}' is a figure of a component: name it.")
            : null;
    }

    private static bool IsOfComponent(Figure figure) => figure is Figure.Credited or Figure.ToDate or Figure.Quota or Figure.Attainment or Figure.Earned or Figure.TargetIncentive;

    private static bool IsOfPayout(Figure figure) => !IsOfComponent(figure)
        && figure is not (Figure.Incentive or Figure.Held or Figure.Released or Figure.HeldBalance or Figure.ClawedBack or Figure.TrueUp or Figure.CutByCap);

    /// <summary>Where the test has no such period, that is told, and the first year stands in for it.</summary>
    internal static FiscalPeriod Period(DocNode node, FiscalCalendar calendar) => PeriodIfKnown(node, calendar) ?? calendar.Years[0].Period;

    private static FiscalPeriod? PeriodIfKnown(DocNode node, FiscalCalendar calendar)
    {
        var id = node.Text("period");
        var period = calendar.Find(id);
        if (period is null)
        {
            node.Get("period").Fail("period_unknown", $"'{id}' is no month (2025-01), quarter (2025-Q1), half-year (2025-H1) or year (2025) of the test: it has {string.Join(", ", calendar.Years.Select(y => y.Id))}.");
        }
        return period;
    }
}
