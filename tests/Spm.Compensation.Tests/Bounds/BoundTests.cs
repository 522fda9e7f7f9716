using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.Bounds;

public class BoundTests
{
    private const string Rep = "\"rep\": { \"target_incentive\": 12000, \"base_salary\": 60000, \"hired_on\": \"2025-01-01\" }, \"quotas\": [{ \"measure\": \"sales\", \"period\": \"2025\", \"amount\": 10000 }]";

    [Theory]
    [InlineData("\"to\": \"80%\"", "\"from\": \"0.8\"", "\"rate\": 5")]
    [InlineData("\"to\": \"40% * 2\"", "\"from\": \"2*40%\"", "\"rate\": 5")]
    public void Edges_that_meet_are_written_alike(string to, string from, string rate) =>
        Assert.Contains("tiers_have_a_gap", Errors($"\"rate_table\": {{\"mode\": \"step\", \"tiers\": [{{\"from\": 0, {to}, {rate}}}, {{{from}, \"rate\": 10}}]}}"));

    [Fact]
    public void A_ratio_of_an_expression_is_the_percent_of_a_number()
    {
        Given.Holds(Table("step", "80%", "7.5%", "\"quota\": \"full\""), $"{Rep}, \"transactions\": [{{ \"date\": \"2025-02-10\", \"amount\": 9000 }}], \"expect\": [{{ \"period\": \"2025-02\", \"is\": 475 }}]");
        Given.Holds(Table("step", "80", "7.5", "\"quota\": \"full\""), $"{Rep}, \"transactions\": [{{ \"date\": \"2025-02-10\", \"amount\": 9000 }}], \"expect\": [{{ \"period\": \"2025-02\", \"is\": 475 }}]");
    }

    [Fact]
    public void An_edge_on_amounts_is_money_of_the_rep() => Given.Holds(
        "{ \"id\": \"c\", \"measure\": \"sales\", \"rate_table\": {\"mode\": \"step\", \"on\": \"amount\", \"tiers\": [{\"from\": 0, \"to\": \"rep.base_salary / 12\", \"rate\": 0}, {\"from\": \"rep.base_salary / 12\", \"rate\": 10}]}}",
        $"{Rep}, \"transactions\": [{{ \"date\": \"2025-02-10\", \"amount\": 9000 }}], \"expect\": [{{ \"period\": \"2025-02\", \"is\": 400 }}]");

    [Fact]
    public void A_tier_that_is_empty_for_a_rep_is_left_out() => Given.Holds(
        "{ \"id\": \"c\", \"measure\": \"sales\", \"quota\": \"full\", \"rate_table\": {\"mode\": \"flat\", \"tiers\": [{\"from\": 0, \"to\": \"if(rep.month_of_service <= 3, 0, 50%)\", \"rate\": 0}, {\"from\": \"if(rep.month_of_service <= 3, 0, 50%)\", \"rate\": 10}]}}",
        $"{Rep}, \"transactions\": [{{ \"date\": \"2025-03-10\", \"amount\": 1000 }}, {{ \"date\": \"2025-04-10\", \"amount\": 1000 }}], \"expect\": [{{ \"period\": \"2025-03\", \"is\": 100 }}, {{ \"period\": \"2025-04\", \"component\": \"c\", \"is\": -100 }}]");

    [Fact]
    public void Tiers_that_fall_stand_still_and_say_so()
    {
        var result = Run("\"quota\": \"full\", \"rate_table\": {\"mode\": \"step\", \"tiers\": [{\"from\": 0, \"to\": 50, \"rate\": 1}, {\"from\": 50, \"to\": \"rep.target_incentive / rep.base_salary\", \"rate\": 2}, {\"from\": \"rep.target_incentive / rep.base_salary\", \"rate\": 3}]}");
        Assert.Contains("c in 2025-02: tiers_not_valid", Assert.Single(result.Results).Missing);
    }

    [Fact]
    public void A_fact_that_is_not_known_stands_still() =>
        Assert.Contains(
            "c in 2025-02: figure_missing: rep.facts.none, asked for by \"rep.facts.none\"",
            Assert.Single(Run("\"rate\": 10, \"quota\": \"full\", \"threshold\": {\"at\": \"rep.facts.none\"}").Results).Missing);

    [Theory]
    [InlineData("\"rate\": 10, \"threshold\": {\"at\": \"50%\"}", 600)]
    [InlineData("\"rate\": 10, \"threshold\": {\"at\": \"50%\", \"then\": \"excess_only\"}", 100)]
    [InlineData("\"rate\": 10, \"threshold\": {\"at\": \"quota / quota\"}", 0)]
    [InlineData("\"rate\": 10, \"attainment_cap\": \"rep.base_salary / 10 / rep.target_incentive\"", 500)]
    [InlineData("\"rate\": 10, \"quota\": \"full\", \"kickers\": [{\"at\": \"60%\", \"amount\": \"quota * 1%\", \"once\": \"year\"}]", 700)]
    [InlineData("\"rate\": 10, \"kickers\": [{\"at_amount\": \"rep.target_incentive / 2\", \"amount\": 50, \"once\": \"year\"}]", 650)]
    [InlineData("\"rate\": 10, \"kickers\": [{\"at_amount\": \"rep.target_incentive\", \"amount\": 50, \"once\": \"year\"}]", 600)]
    [InlineData("\"rate\": 10, \"caps\": [{\"amount\": \"quota * 3%\", \"per\": \"month\"}]", 300)]
    [InlineData("\"per\": \"deal\", \"rate\": 10, \"caps\": [{\"amount\": \"quota * 2%\", \"per\": \"deal\"}]", 200)]
    public void A_bound_holds_for_the_rep(string rules, decimal paid) => Given.Holds(
        $"{{ \"id\": \"c\", \"measure\": \"sales\", \"quota\": \"full\", {rules.Replace("\"quota\": \"full\", ", "", StringComparison.Ordinal)} }}",
        $"{Rep}, \"transactions\": [{{ \"date\": \"2025-02-10\", \"amount\": 6000 }}], \"expect\": [{{ \"period\": \"2025-02\", \"is\": {paid} }}]");

    [Fact]
    public void A_gate_opens_where_the_rep_has_it() => Given.Holds(
        "{ \"id\": \"own\", \"measure\": \"sales\", \"quota\": \"full\" }, { \"id\": \"c\", \"measure\": \"sales\", \"rate\": 10, \"gates\": [{\"component\": \"own\", \"at\": \"if(rep.month_of_service > 2, 60%, 61%)\"}] }",
        $"{Rep}, \"transactions\": [{{ \"date\": \"2025-02-10\", \"amount\": 6000 }}], \"expect\": [{{ \"period\": \"2025-02\", \"is\": 0 }}, {{ \"period\": \"2025-03\", \"component\": \"c\", \"is\": 600 }}]");

    [Theory]
    [InlineData("\"rate\": 10, \"threshold\": {\"at\": \"rep.base_salary\"}", "kind_mismatch")]
    [InlineData("\"rate\": 10, \"threshold\": {\"at\": \"rep.salary\"}", "name_unknown")]
    [InlineData("\"rate\": 10, \"quota\": \"none\", \"caps\": [{\"amount\": \"quota * 3%\", \"per\": \"month\"}]", "quota_needed")]
    public void A_bound_that_means_nothing_is_refused(string rules, string code) => Assert.Contains(code, Errors(rules));

    private static string Table(string mode, string edge, string rate, string more) =>
        $"{{ \"id\": \"c\", \"measure\": \"sales\", {more}, \"rate_table\": {{\"mode\": \"{mode}\", \"tiers\": [{{\"from\": 0, \"to\": \"{edge}\", \"rate\": 5}}, {{\"from\": \"{edge}\", \"rate\": \"{rate}\"}}]}} }}";

    private static string[] Errors(string rules)
    {
        var errors = new DocErrors();
        Document(rules, errors);
        return [.. errors.All.Select(e => e.Code)];
    }

    private static PlanTestResult Run(string rules)
    {
        var errors = new DocErrors();
        var document = Document(rules, errors);
        Assert.Empty(errors.All);
        return PlanTestRunner.Run(document!.Rules, document.Tests).Single();
    }

    private static PlanDocument? Document(string rules, DocErrors errors) => PlanReader.Read(
        $$"""
        { "plan": "p", "currency": "USD", "facts": { "rep": { "none": "number" } },
          "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }], "components": [{ "id": "c", "measure": "sales", {{rules}} }] }],
          "tests": [{ "name": "t", {{Rep}}, "transactions": [{ "date": "2025-02-10", "amount": 6000 }], "expect": [{ "period": "2025-02", "component": "c", "is": 1 }] }] }
        """,
        errors);
}
