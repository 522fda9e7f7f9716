using Spm.Bench.Reference;

namespace Spm.Compensation.Tests.Population;

/// <summary>The known answers of the reference year at its small size: 100,000 transactions, 500,000 credits, 1,151 payees.</summary>
public class ReferenceWorkTests
{
    [Fact]
    public void Both_ways_give_the_published_checksum_and_payouts_of_the_small_year()
    {
        var size = Assert.Single(ReferenceSize.All, s => s.Name == "S");
        var data = new ReferenceData(size, ReferenceSize.Seed);
        var work = new ReferenceWork(data, ReferencePlan.Columns(data));
        foreach (var rows in new[] { work.Aggregate(ReferencePlan.Rules), work.ByLedger(ReferencePlan.Rules) })
        {
            Assert.Equal(size.Sha256, ReferenceOutput.Sha256(rows));
            Assert.Equal(size.Payouts, ReferenceOutput.Payouts(rows));
        }
    }
}
