using System.Globalization;
using Spm.Compensation.Accounting;
using Spm.Compensation.Amounts;
using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Fx;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Quotas;
using Spm.Compensation.Quotas.Leave;

namespace Spm.Compensation.PlanTests;

/// <summary>Reads one test of a plan document.</summary>
internal static class PlanTestReader
{
    public const int MaxYears = 10;

    /// <summary>A year that starts later may end where no date can be written any more.</summary>
    private const int LastYear = 9989;

    /// <summary>The rep of a test that speaks of one alone.</summary>
    private const string OneRep = "rep";

    /// <param name="expects">A test expects figures; a mere case of credits need not, and needs no name.</param>
    public static PlanTest Read(DocNode node, PlanRules plan, bool expects = true)
    {
        var name = expects ? node.Text("name") : node.Text("name", "case");
        node.OptionalText("source");
        node.OptionalText("note");
        var transactions = node.List("transactions");
        var calendar = Calendar(node, plan, transactions);
        var reps = Reps(node, EarningsUpTheLine.AreCounted(plan));
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

    /// <summary>Fiscal years of calendar months, or of whole weeks where one says so. The days they start on are given, or they are the calendar years of the transactions.</summary>
    private static FiscalCalendar Calendar(DocNode node, PlanRules plan, IReadOnlyList<DocNode> transactions)
    {
        var years = node.List("years");
        if (years.Any(y => y.Kind == DocKind.Object))
        {
            return Weeks(node, years);
        }
        var given = years.Select(y => y.AsDate()).ToList();
        if (given.Count == 0)
        {
            var days = transactions.Select(t => t.Find("date") is { Kind: DocKind.Text } date ? date.AsDate() : plan.Versions[0].EffectiveFrom).DefaultIfEmpty(plan.Versions[0].EffectiveFrom);
            // A date that could not be read is told where it stands, and tells nothing of the years.
            given = [.. days.Where(d => d != default).DefaultIfEmpty(plan.Versions[0].EffectiveFrom).Select(d => new DateOnly(d.Year, 1, 1)).Distinct().Order()];
            given = [.. Enumerable.Range(given[0].Year, Math.Min(MaxYears, given[^1].Year - given[0].Year + 1)).Select(y => new DateOnly(y, 1, 1))];
        }
        if (given.Count > MaxYears || given.Exists(g => g.Day != 1 || g.Year > LastYear) || given.Distinct().Count() != given.Count)
        {
            (node.Find("years") ?? node).Fail("years_invalid", $"Up to {MaxYears} fiscal years, each starting on the first of a month and not after {LastYear}.");
            given = [new DateOnly(2025, 1, 1)];
        }
        try
        {
            return new FiscalCalendar(given.Select(start => Year(start)));
        }
        catch (ArgumentException broken)
        {
            node.Get("years").Fail("years_invalid", broken.Message);
            return new FiscalCalendar([Year(new DateOnly(2025, 1, 1))]);
        }
    }

    private static FiscalCalendar Weeks(DocNode node, IReadOnlyList<DocNode> items)
    {
        try
        {
            if (items.Count <= MaxYears)
            {
                return new FiscalCalendar([.. items.Select(item => item.Kind == DocKind.Object ? Weeks(item) : Year(item.AsDate()))]);
            }
            node.Get("years").Fail("years_invalid", $"Up to {MaxYears} fiscal years.");
        }
        catch (ArgumentException broken)
        {
            node.Get("years").Fail("years_invalid", broken.Message);
        }
        return new FiscalCalendar([Year(new DateOnly(2025, 1, 1))]);
    }

    private static FiscalYear Weeks(DocNode item)
    {
        var (start, pattern, weeks) = (item.Date("start"), item.Text("pattern"), item.Whole("weeks", otherwise: 52, least: 52, most: FiscalYearPattern.MaxWeeks));
        var id = item.Text("id", start.Year.ToString("0000", CultureInfo.InvariantCulture));
        item.RefuseOthers();
        if (!FiscalYearPattern.Patterns.Contains(pattern))
        {
            item.Get("pattern").Fail("value_unknown", $"'{pattern}' is no pattern of weeks: {string.Join(", ", FiscalYearPattern.Patterns)}.");
        }
        else if (start.Year is <= 1 or > LastYear)
        {
            item.Get("start").Fail("years_invalid", $"A fiscal year starts in the years 2 to {LastYear}.");
        }
        else
        {
            return FiscalYearPattern.Weeks(id, start, pattern, weeks);
        }
        return Year(new DateOnly(2025, 1, 1));
    }

    private static FiscalYear Year(DateOnly start) => FiscalYearPattern.Gregorian(start.Year.ToString("0000", CultureInfo.InvariantCulture), start);

    /// <param name="paysUpTheLine">What a rep earns arrives at the manager, who then has to be there; groups only ask for the name.</param>
    private static List<RepProfile> Reps(DocNode node, bool paysUpTheLine)
    {
        if (!node.Has("reps"))
        {
            return [node.Find("rep") is { } one ? Rep(one, OneRep) : new RepProfile(OneRep)];
        }
        List<RepProfile> reps = [.. node.List("reps").Select(r => Rep(r, null))];
        var ids = reps.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (rep, item) in reps.Zip(node.List("reps")).Where(r => paysUpTheLine && r.First.Manager is { } manager && !ids.Contains(manager)))
        {
            item.Get("manager").Fail("rep_unknown", $"The test has no rep '{rep.Manager}'.");
        }
        var line = new ReportingLine(reps);
        foreach (var (at, item) in node.List("reps").Select((item, i) => (i, item)))
        {
            if (line.IsEndless(at) is not { } isCircle)
            {
                continue;
            }
            if (isCircle)
            {
                item.Get("manager").Fail("manager_circle", $"'{reps[at].Id}' is below a rep who is below themselves.");
            }
            else
            {
                item.Get("manager").Fail("hierarchy_too_deep", $"More than {Roster.MaxDepth} levels stand above '{reps[at].Id}'.");
            }
        }
        if (reps.Count == 0 || reps.DistinctBy(r => r.Id, StringComparer.Ordinal).Count() != reps.Count)
        {
            node.Get("reps").Fail("id_twice", "A test has at least one rep, each with an id of its own.");
            return reps.Count == 0 ? [new RepProfile(OneRep)] : [.. reps.DistinctBy(r => r.Id, StringComparer.Ordinal)];
        }
        return reps;
    }

    private static RepProfile Rep(DocNode node, string? otherwise)
    {
        _ = node.IsObject();
        var rep = new RepProfile(otherwise is null ? node.Text("id") : node.Text("id", otherwise))
        {
            Title = node.OptionalText("title"),
            Territory = node.OptionalText("territory"),
            Manager = node.OptionalText("manager"),
            HiredOn = node.OptionalDate("hired_on"),
            LeftOn = node.OptionalDate("left_on"),
            TargetIncentive = node.OptionalNumber("target_incentive"),
            BaseSalary = node.OptionalNumber("base_salary"),
            Leave = node.Find("leave") is { } leave ? LeaveRange.Read(leave) : [],
            Scores = Scores(node),
            Facts = DocFacts.Read(node.Find("facts")),
        };
        node.RefuseOthers();
        foreach (var (name, amount) in new[] { ("target_incentive", rep.TargetIncentive), ("base_salary", rep.BaseSalary) })
        {
            if (amount < 0m)
            {
                node.Get(name).Fail("number_out_of_range", $"'{name}' is 0 or more.");
            }
        }
        if (rep.LeftOn <= rep.HiredOn)
        {
            node.Get("left_on").Fail("dates_empty", "A rep leaves after being hired.");
        }
        return rep;
    }

    private static Dictionary<(string, string), decimal> Scores(DocNode node)
    {
        var scores = new Dictionary<(string, string), decimal>();
        foreach (var score in node.List("scores"))
        {
            if (!scores.TryAdd((score.Text("goal"), score.Text("period")), score.Number("score")))
            {
                score.Fail("score_twice", "The goal is scored twice for the period.");
            }
            score.RefuseOthers();
        }
        return scores;
    }

    private static Dictionary<string, RepQuotas> Quotas(
        DocNode node, PlanRules plan, FiscalCalendar calendar, IReadOnlyList<RepProfile> reps, Func<DocNode, string> repOf)
    {
        var quotas = reps.ToDictionary(r => r.Id, _ => new Dictionary<(int, string), decimal>(), StringComparer.Ordinal);
        var dated = reps.ToDictionary(r => r.Id, _ => new List<DatedQuota>(), StringComparer.Ordinal);
        foreach (var quota in node.List("quotas"))
        {
            var period = Period(quota, calendar);
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

    internal static FiscalPeriod Period(DocNode node, FiscalCalendar calendar)
    {
        var id = node.Text("period");
        if (calendar.Find(id) is { } period)
        {
            return period;
        }
        node.Get("period").Fail("period_unknown", $"'{id}' is no month (2025-01), quarter (2025-Q1), half-year (2025-H1) or year (2025) of the test: it has {string.Join(", ", calendar.Years.Select(y => y.Id))}.");
        return calendar.Years[0].Period;
    }
}
