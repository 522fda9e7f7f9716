using Spm.Compensation.Detectors;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Fx;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Tests.Detectors;

public class DetectorTests
{
    private static readonly FiscalCalendar Calendar = new([FiscalYearPattern.Gregorian("2025", new DateOnly(2025, 1, 1))]);

    [Fact]
    public void A_deal_cut_into_parts_below_the_cap_is_found_with_what_the_cut_pays()
    {
        // 20 % capped at 500 a deal: 5,000 as one pays 500, as two of 2,500 it pays 1,000.
        CreditLine[] lines = [Sale("A", "2025-03-01", 2500m, "acme"), Sale("B", "2025-03-04", 2500m, "acme"), Sale("C", "2025-03-04", 2500m, "other")];
        foreach (var order in new[] { lines, [.. lines.Reverse()] })
        {
            var found = Assert.Single(Find(order, days: 7));
            Assert.Equal(("commission", "acme", 5000m, 500m), (found.Component, found.Account, found.Amount, found.Gain));
            Assert.Equal(["A", "B"], found.Transactions);
        }
    }

    [Fact]
    public void Deals_far_apart_or_below_the_cap_together_are_no_split_deal()
    {
        Assert.Empty(Find([Sale("A", "2025-03-01", 2500m, "acme"), Sale("B", "2025-03-09", 2500m, "acme")], days: 7));
        Assert.Empty(Find([Sale("A", "2025-03-01", 1000m, "acme"), Sale("B", "2025-03-02", 1500m, "acme")], days: 7));
    }

    [Fact]
    public void Sales_crowded_into_the_last_days_of_months_are_found()
    {
        var lines = Enumerable.Range(1, 12).Select(m => Sale($"T{m:00}", $"2025-{m:00}-{DateTime.DaysInMonth(2025, m)}", 100m, "acme")).ToList();
        var found = Assert.Single(PeriodEdgeClustering.Find(lines, Calendar, PeriodKind.Month, days: 3));
        Assert.Equal((PeriodEdge.End, 12, 12, 1200m), (found.Edge, found.Deals, found.OfDeals, found.Amount));
        // 36 of 365 days: 1.18 expected, standard deviation 1.03.
        Assert.Equal(10.47m, found.Deviations);
        var quarters = PeriodEdgeClustering.Find(lines, Calendar, PeriodKind.Quarter, days: 3);
        Assert.Equal(4, Assert.Single(quarters).Deals);
    }

    [Fact]
    public void Sales_spread_over_the_month_are_not_found() => Assert.Empty(PeriodEdgeClustering.Find(
        [.. Enumerable.Range(0, 73).Select(i => Sale($"T{i}", new DateOnly(2025, 1, 1).AddDays(i * 5).ToString("yyyy-MM-dd"), 100m, "acme"))], Calendar, PeriodKind.Month, days: 3));

    private static IReadOnlyList<SplitDeals> Find(IReadOnlyList<CreditLine> lines, int days)
    {
        var errors = new DocErrors();
        var plan = PlanReader.Read(File.ReadAllBytes(PlanDocuments.PublishedPlanTests.PathOf("G30-cap-per-order.plan.json")), errors)!;
        return DealSplitting.Find(plan.Rules, Calendar, FxRates.None, new RepCase(new RepProfile("r"), QuotaBook.Empty, lines), days);
    }

    private static CreditLine Sale(string id, string day, decimal amount, string account) =>
        new() { Transaction = id, Date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), Amount = amount, Account = account };
}
