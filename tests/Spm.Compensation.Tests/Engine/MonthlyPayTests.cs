using Spm.Compensation.Amounts;
using Spm.Compensation.Crediting;
using Spm.Compensation.Engine;
using Spm.Compensation.Quotas;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Engine;

/// <summary>What a month pays: earned to date less what was earned a month ago, rounded to date.</summary>
public class MonthlyPayTests
{
    private static readonly QuotaBook Quarters = Book(("2025-Q1", 6000), ("2025-Q2", 7000), ("2025-Q3", 6000), ("2025-Q4", 6000));
    private static readonly QuotaBook Months = Book([.. Year.Months.Select(m => (m.Id, 1000m))]);

    [Fact]
    public void The_attainment_period_to_date_sets_the_rate_and_begins_anew_each_quarter()
    {
        var year = Calculate(Plan("ae", Quarterly), Credited((1, 2500), (2, 3000), (3, 1800), (4, 3500)), Quarters);
        Assert.Equal([125m, 275m, 245m, 175m, 0m], Paid(year, 5));
        var march = year.Months[2].Components[0].Figures;
        Assert.Equal((1800m, 7300m, 6000m), (march.Month, march.ToDate, march.Quota!.Value));
        Assert.Equal(121.6667m, Rounding.Percent(march.Attainment!.Value));
    }

    [Fact]
    public void A_refund_takes_back_what_its_sale_earned_to_date() =>
        Assert.Equal([450m, -200m, 0m], Paid(Calculate(Plan("ae", Quarterly), Credited((1, 6000), (2, -2000)), Quarters), 3));

    [Fact]
    public void With_quota_to_date_a_slow_month_takes_back_an_early_accelerator() =>
        Assert.Equal([200m, -50m, 150m], Paid(Calculate(Plan("ae", YearToDate), Credited((1, 1500), (3, 1500)), Months), 3));

    [Fact]
    public void Cents_are_rounded_to_date_so_that_the_year_pays_the_rounded_year()
    {
        var tenths = Credited([.. Enumerable.Range(1, 12).Select(m => (m, 0.1m))]);
        var year = Calculate(Plan("ae", Rate("c")), tenths, Months);
        Assert.Equal([0m, 0.01m, 0.01m, 0m], Paid(year, 4));
        Assert.Equal(6, year.Months.Sum(m => m.DueMinor));
    }

    [Fact]
    public void The_lines_of_a_month_sum_to_the_month()
    {
        var january = Calculate(Plan("ae", $"{Rate("a")},{Rate("b")}"), Credited((1, 0.1m)), Months).Months[0];
        Assert.Equal(1, january.DueMinor);
        Assert.Equal([1L, 0L], january.Lines.Select(l => l.Minor));
        Assert.Equal([1L, 0L], january.Components.Select(c => c.Minor));
    }

    [Fact]
    public void Without_its_quota_a_component_pays_nothing_and_says_so()
    {
        var january = Calculate(Plan("ae", Quarterly), Credited((1, 2500)), QuotaBook.Empty).Months[0].Components[0];
        Assert.Equal((0L, true, Standstill.QuotaMissing), (january.Minor, january.IsUnknown, january.Figures.Standstill));
        Assert.Null(january.Figures.Attainment);
    }

    [Fact]
    public void A_months_missing_quota_takes_back_nothing_that_was_earned_before()
    {
        var year = Calculate(Plan("ae", YearToDate), Credited((1, 1500), (2, 800)), Book(("2025-01", 1000), ("2025-03", 1000)));
        Assert.Equal([200m, 0m, 0m], Paid(year, 3));
        Assert.Equal([false, true, true], year.Months.Take(3).Select(m => m.Components[0].IsUnknown));
        Assert.Equal(200m, year.Months[2].Components[0].Figures.Earned);
    }

    [Fact]
    public void A_new_version_reprices_no_month_before_it()
    {
        var plan = Versions("ae", ("1900-01-01", Quarterly), ("2025-03-01", Component("quarter", "full", """{"from":0,"to":100,"rate":10},{"from":100,"rate":20}""")));
        // March: 6,000 of 7,300 to date at 10 % and 1,300 at 20 %, less 5,500 at 10 %: the new version on both sides.
        Assert.Equal([125m, 275m, 310m], Paid(Calculate(plan, Credited((1, 2500), (2, 3000), (3, 1800)), Quarters), 3));
    }

    [Fact]
    public void Months_on_another_plan_count_neither_credits_nor_quota_to_date()
    {
        var (one, other) = (Plan("one", YearToDate), Plan("other", YearToDate.Replace("\"id\":\"c\"", "\"id\":\"d\"", StringComparison.Ordinal)));
        PlanPaying?[] plans = [.. Year.Months.Select(m => PlanPaying.Of(m.Index == 1 ? other : one, new RepProfile("ann"), m))];
        var year = Calculate(plans, Credited((1, 500), (2, 0), (3, 2500)), Months);
        Assert.Equal([50m, 0m, 350m], Paid(year, 3));
        Assert.Equal(2000m, year.Months[2].Components[0].Figures.Quota);
    }

    [Fact]
    public void A_month_without_a_plan_pays_nothing()
    {
        Assert.All(Calculate(new PlanPaying?[12], Credited((1, 2500)), Quarters).Months, m => Assert.Equal((0L, 0), (m.DueMinor, m.Components.Count)));
        Assert.Throws<ArgumentException>(() => Calculate(new PlanPaying?[11], Credited((1, 2500)), Quarters));
    }

    [Fact]
    public void A_month_that_has_not_begun_pays_no_guarantee()
    {
        var plan = Guaranteed();
        var year = new RepYear(new RepYearInputs(Year, new RepProfile("ann"), AllYear(plan), QuotaBook.Empty) { Begun = 2 });
        year.Add(new CreditLine { Transaction = "t", Date = Day("2025-02-03"), Amount = 10m });
        year.Calculate();
        var months = Compensation.Payouts.Statements.Of(Compensation.PayRuns.PayRun.Calculate([year]))[0].Months;
        Assert.Equal([500m, 500m, 0m, 0m], months.Take(4).Select(m => m.DueMinor / 100m));
    }

    [Fact]
    public void A_measurement_counts_the_sources_that_are_named()
    {
        var measurement = new Compensation.Attainment.Measurement(1, 20, 300, 1, 1, 1);
        Assert.Equal(321, measurement.Of(CreditSources.Direct | CreditSources.Overlay | CreditSources.RollUp));
        Assert.Equal(300, measurement.Of(CreditSources.RollUp));
        Assert.Equal(0, measurement.Of(CreditSources.None));
    }

    /// <summary>5 % up to half of quota, 10 % up to quota, 15 % above it.</summary>
    private static string Quarterly => Component("quarter", "full", """{"from":0,"to":50,"rate":5},{"from":50,"to":100,"rate":10},{"from":100,"rate":15}""");

    private static string YearToDate => Component("year", "to_date", """{"from":0,"to":100,"rate":10},{"from":100,"rate":20}""");

    private static string Component(string attainment, string quota, string tiers) =>
        $$$"""{"id":"c","measure":"revenue","attainment_period":"{{{attainment}}}","quota":"{{{quota}}}","rate_table":{"mode":"step","tiers":[{{{tiers}}}]}}""";

    private static string Rate(string id) => $$"""{"id":"{{id}}","measure":"revenue","attainment_period":"month","rate":5}""";

    private static PlanRules Guaranteed()
    {
        var errors = new Compensation.Documents.DocErrors();
        const string document = """
            {"plan":"g","currency":"USD","versions":[{"effective_from":"2025-01-01","measures":[{"id":"revenue","value":"amount"}],
            "components":[{"id":"c","measure":"revenue","rate":5}],"pay":{"guarantee":{"amount":500,"per":"month","from":"2025-01-01","to":"2026-01-01"}}}]}
            """;
        return Compensation.PlanDocuments.PlanReader.Read(document, errors)?.Rules ?? throw new ArgumentException(string.Join("; ", errors.All));
    }
}
