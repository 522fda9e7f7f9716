using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;

namespace Spm.Compensation.Tests.Spiffs;

public class SharedBudgetOrderTests
{
    /// <param name="from">Of the window in the version of July.</param>
    [Theory]
    [InlineData("2025-01-01", 1500, 1500)]
    [InlineData("2025-01-01", 600, 600)]
    [InlineData("2025-07-01", 1500, 2200)]
    public void A_version_that_changes_a_budget_goes_on_with_what_was_claimed_before(string from, int budget, decimal paid)
    {
        string Component(string from, int budget) =>
            $$"""{"id":"s","measure":"revenue","per":"deal","earn":"400","spiff":{"budget":{{budget}},"from":"{{from}}","to":"2026-01-01"} }""";
        var plan = Given.Versions("p", ("1900-01-01", Component("2025-01-01", 1000)), ("2025-07-01", Component(from, budget)));
        var year = new RepYear(new RepYearInputs(Given.Year, new RepProfile("ann"), Given.AllYear(plan), Given.Book()) { KeepsDeals = true });
        for (var month = 1; month <= 9; month++)
        {
            year.Add(new CreditLine { Transaction = $"T{month}", Deal = $"T{month}", Kind = "order", Date = new DateOnly(2025, month, 10), Amount = 1000m });
        }
        year.Calculate();
        Assert.Equal(paid, PayRun.Calculate([year], spiffCuts: SpiffBudgets.Share([[year]])[0]).Months.Sum(m => m.Due));
    }

    [Fact]
    public void A_deal_of_two_reps_is_served_in_the_order_of_their_ids_whoever_was_there_first()
    {
        var plan = Given.Plan("p", """{"id":"spiff","measure":"revenue","rate":10,"spiff":{"from":"2025-01-01","to":"2025-04-01","budget":150}}""");
        Assert.Equal([100m, 50m], Paid("ann", "bob"));
        Assert.Equal([50m, 100m], Paid("bob", "ann"));

        decimal[] Paid(params string[] ids)
        {
            IReadOnlyList<IReadOnlyList<RepYear>> reps = [.. ids.Select(id => new[] { Year(id) })];
            var cuts = SpiffBudgets.Share(reps);
            return [.. reps.Select((years, i) => PayRun.Calculate(years, spiffCuts: cuts[i]).Months[1].Due)];
        }

        RepYear Year(string id)
        {
            var year = new RepYear(new RepYearInputs(Given.Year, new RepProfile(id), Given.AllYear(plan), Given.Book()) { KeepsDeals = true });
            year.Add(new CreditLine { Transaction = "T1", Deal = "T1", Kind = "order", Date = Given.Day("2025-02-10"), Amount = 1000m });
            year.Calculate();
            return year;
        }
    }
}
