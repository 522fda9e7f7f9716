using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.Engine;

public class RepAmountTests
{
    [Theory]
    [InlineData("2025-01-20", "2025-01-31", 0)]
    [InlineData("2025-01-20", "2025-02-19", 0)]
    [InlineData("2025-01-20", "2025-02-20", 1)]
    [InlineData("2025-01-31", "2025-02-28", 1)]
    [InlineData("2024-02-29", "2025-02-28", 12)]
    [InlineData("2025-03-01", "2025-01-01", -2)]
    public void A_month_is_whole_on_the_day_it_began_or_the_last_of_a_shorter_one(string from, string to, int months) =>
        Assert.Equal(months, Months.Between(Given.Day(from), Given.Day(to)));

    [Theory]
    [InlineData("2025-01-31", 1, 2, 3)]
    [InlineData("2025-02-01", null, 1, 2)]
    [InlineData(null, null, null, null)]
    public void The_month_of_hire_is_the_first_of_service(string? hired, params int?[] expected)
    {
        var rep = new RepProfile("r") { HiredOn = hired is null ? null : Given.Day(hired) };
        Assert.Equal(expected, Given.Year.Months.Take(3).Select(m => new RepMonth(rep, m, null).MonthOfService));
    }

    /// <summary>In months of four and five weeks anniversaries of the day would skip one and count another twice.</summary>
    [Theory]
    [InlineData("2025-03-30", 1, 2, 3, 4, 5)]
    [InlineData("2025-05-03", 1, 2, 3, 4, 5)]
    [InlineData("2024-12-29", 4, 5, 6, 7, 8)]
    public void Each_month_of_weeks_is_one_more_month_of_service(string hired, params int[] expected) => Given.Holds(
        """{ "id": "c", "measure": "sales", "attainment_period": "month", "earn": "100 * rep.month_of_service" }""",
        $$"""
        "rep": { "hired_on": "{{hired}}" }, "years": [{ "start": "2024-02-04", "pattern": "4-4-5" }, { "start": "2025-02-02", "pattern": "4-4-5" }], "transactions": [],
        "expect": [{{string.Join(", ", expected.Select((month, i) => $$"""{ "period": "2025-{{i + 3:00}}", "component": "c", "is": {{100 * month}} }"""))}}]
        """,
        versionFrom: "2024-01-01");

    [Fact]
    public void Amounts_are_equal_when_they_mean_the_same()
    {
        Assert.Equal(Read("\"2 * rep.target_incentive/12\""), Read("\"(2*rep.target_incentive) / 12\""));
        Assert.NotEqual(Read("\"rep.target_incentive\""), Read("\"rep.base_salary\""));
        Assert.Equal(Read("\"1e3\""), Read("1000.0"));
    }

    [Fact]
    public void Less_than_nothing_is_nothing() => Assert.Equal(0m, Read("\"-rep.base_salary\"").Of(new RepMonth(new RepProfile("r") { BaseSalary = 5m }, Given.Year.Months[0], null)));

    [Fact]
    public void Nobody_is_paid_past_a_cap_that_is_not_known()
    {
        var document = PlanReader.Read(
            """
            {
              "plan": "p", "currency": "USD",
              "versions": [{
                "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }], "components": [{ "id": "c", "measure": "sales", "rate": 10 }],
                "pay": { "caps": [{ "amount": "rep.target_incentive / 12", "per": "month" }] }
              }],
              "tests": [{ "name": "t", "transactions": [{ "date": "2025-01-10", "amount": 1000 }], "expect": [{ "period": "2025-01", "is": 100 }] }]
            }
            """,
            new DocErrors())!;
        var problem = Assert.Single(PlanTestRunner.Run(document.Rules, document.Tests).Single().Problems);
        Assert.Contains("amount_unknown: 'rep.target_incentive / 12' is not known for rep in 2025-01.", problem, StringComparison.Ordinal);
    }

    private static RepAmount Read(string json) => RepAmount.Read(DocParser.Parse(json, new DocErrors())!, PlanScopes.WithoutFacts.RepMonth);
}
