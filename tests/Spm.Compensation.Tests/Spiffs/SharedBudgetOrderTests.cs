using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;

namespace Spm.Compensation.Tests.Spiffs;

public class SharedBudgetOrderTests
{
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
