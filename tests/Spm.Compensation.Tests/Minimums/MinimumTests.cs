using Spm.Compensation.PayRuns;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Tests.Exactness;
using Spm.Compensation.Tests.PlanDocuments;

namespace Spm.Compensation.Tests.Minimums;

public class MinimumTests
{
    [Theory]
    [InlineData("""{ "amount": 0 }""", "minimum_out_of_range")]
    [InlineData("{}", "field_missing")]
    [InlineData("""{ "amount": 1, "year_end_pays": true }""", "field_unknown")]
    public void A_broken_rule_is_refused_by_name(string json, string code) => Assert.Equal([code], RuleText.Refusals(n => MinimumOnPay.Read(n, PlanScopes.WithoutFacts.RepMonth), json));

    [Fact]
    public void Nothing_is_lost_by_waiting() => Property.Holds<int>(seed =>
    {
        var run = PlanLaws.Run(seed);
        var waited = 0m;
        foreach (var month in run.Months)
        {
            waited -= month.Sum(PayLineKind.Minimum);
            Assert.Equal(waited, month.Waiting, 9);
            Assert.True(month.Waiting >= 0m);
        }
    });
}
