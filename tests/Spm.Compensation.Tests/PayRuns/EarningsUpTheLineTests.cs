using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.PayRuns;

public class EarningsUpTheLineTests
{
    private static readonly RepProfile[] Line = [new("top"), new("middle") { Manager = "top" }, new("below") { Manager = "middle" }];

    [Fact]
    public void Who_is_below_is_calculated_first_whatever_the_order_of_the_reps()
    {
        Assert.Equal([2, 1, 0], new ReportingLine(Line).BottomUp());
        Assert.Equal([0, 1, 2], new ReportingLine([.. Line.Reverse()]).BottomUp());
        Assert.Equal([1, 0], new ReportingLine(Line).Above(2));
    }

    [Fact]
    public void Earnings_count_only_where_a_measure_names_them()
    {
        var document = PlanReader.Read(Document("""[{ "id": "a" }]"""), new DocErrors())!;
        var line = new CreditLine { Transaction = "T", Date = Given.Day("2025-01-31"), Kind = DealNews.Earning, Amount = 100m };
        var counted = document.Rules.Versions[0].Measures.Select(m => m.Of(new CreditContext(new RepProfile("r"), line)));
        Assert.Equal([null, 100m], counted);
    }

    [Theory]
    [InlineData("""[{ "id": "a", "manager": "b" }]""", "rep_unknown")]
    [InlineData("""[{ "id": "a", "manager": "b" }, { "id": "b", "manager": "a" }]""", "manager_circle", "manager_circle")]
    public void A_line_of_managers_has_a_top(string reps, params string[] codes)
    {
        var errors = new DocErrors();
        PlanReader.Read(Document(reps), errors);
        Assert.Equal(codes, errors.All.Select(e => e.Code));
    }

    [Fact]
    public void Two_levels_earn_of_what_is_earned_below()
    {
        var document = PlanReader.Read(Document("""[{ "id": "b", "manager": "m" }, { "id": "m", "manager": "t" }, { "id": "t" }]"""), new DocErrors())!;
        var runs = PlanTestRunner.Calculate(document.Rules, document.Tests[0]);
        // b earns 100. m has 10 % of it; t has 10 % of what m earned, and 10 % of what b did.
        Assert.Equal([100m, 10m, 11m], new[] { "b", "m", "t" }.Select(r => runs[r].Months[0].Due));
    }

    private static string Document(string reps) => $$"""
        {
          "plan": "p", "currency": "USD",
          "versions": [{
            "effective_from": "2025-01-01",
            "measures": [{ "id": "sales", "value": "amount" }, { "id": "earned", "value": "amount", "kinds": ["earning"] }],
            "components": [{ "id": "c", "measure": "sales", "credits": ["direct", "roll_up"], "rate": 10 }, { "id": "o", "measure": "earned", "credits": ["roll_up"], "rate": 10 }]
          }],
          "tests": [{ "name": "t", "reps": {{reps}}, "transactions": [{ "date": "2025-01-10", "amount": 1000 }], "expect": [{ "period": "2025-01", "is": 100 }] }]
        }
        """;
}
