using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;

namespace Spm.Compensation.Tests.Explain;

public class ManyLinesTests
{
    [Fact]
    public void What_it_takes_to_explain_a_deal_does_not_grow_with_the_deals_beside_it()
    {
        Bytes(10);
        Assert.InRange(Bytes(2000) / Bytes(200), 1L, 15L);

        static long Bytes(int deals)
        {
            var plan = Given.Plan("p", """{"id":"c","measure":"revenue","rate":10,"hold":{"until":"months","months":2},"clawback":{"percent":100} }""");
            var year = new RepYear(new RepYearInputs(Given.Year, new RepProfile("ann"), Given.AllYear(plan), Given.Book()));
            for (var i = 0; i < deals; i++)
            {
                year.Add(new CreditLine { Transaction = $"T{i}", Deal = $"D{i}", Kind = "order", Date = Given.Day("2025-01-10"), Amount = 100m + i });
            }
            year.Calculate();
            var run = PayRun.Calculate([year]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Explanations.OfPay(run, 0);
            Explanations.OfPay(run, 2);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
