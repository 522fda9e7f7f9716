using Spm.Compensation.Periods;
using Spm.Compensation.RateTables;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Incentives;

/// <summary>A change of one deal recalculates a rep's year, so a year has to stay cheap. Counted, not timed: counts do not depend on the machine.</summary>
public class IncentiveCostTests
{
    [Theory]
    [InlineData(PeriodKind.Month)]
    [InlineData(PeriodKind.Quarter)]
    [InlineData(PeriodKind.Year)]
    public void A_year_under_one_version_asks_its_rate_table_once_a_month(PeriodKind attainment)
    {
        var table = new CountingTable();
        Calculate(Plan("ae", Component(attainment, table: table)), Credited((1, 100), (6, 100)), Book(("2025", 1), ("2025-Q1", 1)));
        Assert.True(table.Calls <= 12, $"{table.Calls} calls");
    }

    [Fact]
    public void A_year_of_two_components_allocates_little_more_than_its_statement()
    {
        var plan = Plan("ae", Component(PeriodKind.Year, id: "a"), Component(PeriodKind.Quarter, id: "b"));
        var (credited, quotas) = (Credited((1, 1234.56m), (6, 7.89m)), Book(("2025", 1000), ("2025-Q1", 300), ("2025-Q2", 300)));
        Calculate(plan, credited, quotas);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Calculate(plan, credited, quotas);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12_000);
    }

    private sealed record CountingTable() : RateTable([new(0, null, 0)])
    {
        public int Calls { get; private set; }

        public override string Mode => "counting";

        public override decimal Earn(in Stretch stretch, ICollection<Band>? bands = null)
        {
            Calls++;
            return stretch.To;
        }
    }
}
