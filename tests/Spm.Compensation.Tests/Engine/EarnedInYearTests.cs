using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.Engine;

/// <summary>What a component has earned in the year, where another version of the plan paid a part of it.</summary>
public class EarnedInYearTests
{
    private const string Measures = """ "measures": [{"id": "sales", "value": "amount"}] """;
    private const string OnePercent = """ {"id": "c", "measure": "sales", "attainment_period": "month", "rate": 1} """;
    private const string Asking = $$""" {{OnePercent}}, {"id": "asking", "attainment_period": "month", "earn": "components.c.earned_in_year"} """;

    [Fact]
    public void A_prize_of_an_earlier_version_is_earned_in_the_year_of_a_later_one_without_groups()
    {
        var plan = Read(
            """ {"id": "c", "measure": "sales", "attainment_period": "month", "contest": {"group": "all", "by": "measured", "when": "measured > 0", "prizes": [{"to_rank": 1, "amount": 100}]} } """,
            """ "groups": [{"id": "all"}], """,
            """
            "reps": [{"id": "ann"}, {"id": "bob"}],
            "transactions": [{"rep": "ann", "date": "2025-02-10", "amount": 300}, {"rep": "ann", "date": "2025-03-10", "amount": 200}],
            "expect": [{"rep": "ann", "period": "2025-02", "component": "c", "is": 100}, {"rep": "ann", "period": "2025-03", "component": "asking", "is": 102}]
            """);
        Assert.All(Assert.Single(PlanTestRunner.Run(plan.Rules, plan.Tests)).Results, r => Assert.True(r.Holds, $"{r.Expectation}: is {r.Actual}"));
    }

    [Fact]
    public void No_group_sums_what_depends_on_a_contest_of_an_earlier_version()
    {
        var errors = new DocErrors();
        PlanReader.Read(
            $$"""
            { "plan": "p", "currency": "USD",
              "versions": [
                { "effective_from": "2025-01-01", {{Measures}}, "groups": [{"id": "all"}],
                  "components": [{"id": "c", "measure": "sales", "contest": {"group": "all", "by": "measured", "prizes": [{"to_rank": 1, "amount": 100}]} }] },
                { "effective_from": "2025-02-01", {{Measures}}, "components": [{{Asking}}] },
                { "effective_from": "2025-03-01", {{Measures}}, "groups": [{"id": "all"}],
                  "components": [{"id": "asking", "rate": 1, "measure": "sales"}, {"id": "again", "earn": "components.asking.earned_in_year"}, {"id": "sum", "measure": "sales", "earn": "all.components.again.earned"}] }
              ] }
            """,
            errors);
        Assert.Equal(("group_circle", "/versions/2/components/2/earn"), Assert.Single(errors.All.Select(e => (e.Code, e.Path))));
    }

    [Fact]
    public void A_credit_that_the_asking_version_cannot_convert_counts_in_what_the_paying_one_earned()
    {
        var plan = Read(OnePercent, """ "fx": {"rate": "fixed", "fixed_rates": {"EUR": 2} }, """, """ "transactions": [], "years": ["2025-01-01"], "expect": [{"period": "2025", "is": 0}] """).Rules;
        var year = new RepYear(new RepYearInputs(Given.Year, new RepProfile("ann"), Given.AllYear(plan), Given.Book()));
        year.Calculate();
        year.Add(new CreditLine { Transaction = "A", Date = Given.Day("2025-02-10"), Amount = 100m, Currency = "EUR" });
        year.Calculate();
        var asking = year.Paying(2)!;
        Assert.Equal(2m, year.Paying(1)!.Figures(1, 0).Incentive);
        Assert.Equal(2m, asking.Figures(2, asking.Version.Find("asking")).Earned);
    }

    private static PlanDocument Read(string before, string rules, string test)
    {
        var errors = new DocErrors();
        var plan = PlanReader.Read(
            $$"""
            { "plan": "p", "currency": "USD",
              "versions": [
                { "effective_from": "2025-01-01", {{rules}} {{Measures}}, "components": [{{before}}] },
                { "effective_from": "2025-03-01", {{Measures}}, "components": [{{Asking}}] }
              ],
              "tests": [{ "name": "t", {{test}} }] }
            """,
            errors);
        Assert.Empty(errors.All);
        return plan!;
    }
}
