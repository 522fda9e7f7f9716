using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.Groups;

/// <summary>What a document may ask of groups, and what it is told when it asks for more.</summary>
public class GroupTests
{
    private const string Groups = """ "groups": [{"id": "all"}, {"id": "team", "by": "rep.manager"}, {"id": "region", "by": "rep.territory"}] """;

    [Theory]
    [InlineData("group_unknown", "/versions/0/components/0/pool/group", """ "pool": {"group": "nobody", "fund": 100} """)]
    [InlineData("group_circle", "/versions/0/components/0/pool/by", """ "pool": {"group": "team", "fund": 100, "by": "team.to_date"} """)]
    [InlineData("group_circle", "/versions/0/components/0/pool/by", """ "pool": {"group": "team", "fund": 100, "by": "components.second.earned"} """)]
    [InlineData("group_circle", "/versions/0/components/0/earn", """ "earn": "team.components.second.earned" """)]
    [InlineData("group_of_others", "/versions/0/components/0/pool/fund", """ "pool": {"group": "team", "fund": "region.to_date"} """)]
    [InlineData("contest_figure_missing", "/versions/0/components/0/contest", """ "contest": {"group": "all"} """)]
    [InlineData("contest_figure_twice", "/versions/0/components/0/contest", """ "contest": {"group": "all", "by": "to_date", "first_to": 5} """)]
    [InlineData("race_has_no_order", "/versions/0/components/0/contest/wins", """ "contest": {"group": "all", "first_to": 5, "wins": "lowest"} """)]
    [InlineData("race_has_no_teams", "/versions/0/components/0/contest/teams", """ "contest": {"group": "all", "first_to": 5, "teams": "team"} """)]
    [InlineData("score_needs_teams", "/versions/0/components/0/contest/score", """ "contest": {"group": "all", "by": "to_date", "score": "average"} """)]
    [InlineData("then_by_needs_reps", "/versions/0/components/0/contest/then_by", """ "contest": {"group": "all", "by": "to_date", "teams": "team", "then_by": "to_date"} """)]
    [InlineData("prizes_out_of_order", "/versions/0/components/0/contest/prizes/1", """ "contest": {"group": "all", "by": "to_date", "prizes": [{"to_rank": 2, "amount": 5}, {"to_rank": 2, "amount": 4}]} """)]
    [InlineData("prize_place_unclear", "/versions/0/components/0/contest/prizes/1", """ "contest": {"group": "all", "by": "to_date", "prizes": [{"to_rank": 2, "amount": 5}, {"to_percent": 20, "amount": 4}]} """)]
    [InlineData("number_out_of_range", "/versions/0/components/0/contest/prizes/0", """ "contest": {"group": "all", "by": "to_date", "prizes": [{"to_percent": 101, "amount": 5}]} """)]
    [InlineData("per_deal_impossible", "/versions/0/components/0/pool", """ "per": "deal", "pool": {"group": "team", "fund": 100} """)]
    public void What_cannot_be_is_refused_at_its_place(string code, string at, string member) =>
        Assert.Contains(Refusals(Document(Groups, member)), e => (e.Code, e.Path) == (code, at));

    [Theory]
    [InlineData("components")]
    [InlineData("facts")]
    public void A_group_whose_id_means_something_else_in_expressions_is_refused(string id) =>
        Assert.Contains(Refusals(Document($$""" "groups": [{"id": "{{id}}"}] """, """ "rate": 5 """)), e => e.Code == "group_id_reserved");

    [Fact]
    public void A_manager_is_asked_for_by_groups_alone() =>
        Assert.Contains(Refusals(Document(Groups, """ "rate": 5, "gates": [{"when": "rep.manager = 'M'"}] """)), e => e.Code == "name_unknown");

    [Fact]
    public void Only_what_asks_for_groups_is_of_the_second_stage()
    {
        var version = Read(Document(Groups, """ "earn": "team.attainment * 5" """)).Rules.Versions[0];
        Assert.Equal(["commission", "second"], version.Components.Where(c => c.UsesGroups).Select(c => c.Id).Order());
        Assert.True(version.NeedsGroups);
        Assert.False(Read(Document(Groups, """ "rate": 5 """, second: """ "rate": 5 """)).Rules.Versions[0].NeedsGroups);
    }

    [Fact]
    public void A_figure_of_a_group_is_explained_by_sums_and_counts_and_nobodys_name()
    {
        var document = Read(Document(Groups, """ "attainment_period": "month", "earn": "to_date * 10%", "gates": [{"when": "team.to_date >= 100"}] """, tests: """
            [{"name": "t", "reps": [{"id": "Ann", "manager": "M"}, {"id": "Bob", "manager": "M"}],
              "transactions": [{"rep": "Ann", "date": "2025-01-10", "amount": 60}, {"rep": "Bob", "date": "2025-01-10", "amount": 50}],
              "expect": [{"rep": "Ann", "period": "2025-01", "component": "commission", "is": 6}]}]
            """));
        Assert.All(PlanTestRunner.Run(document.Rules, document.Tests), r => Assert.Empty(r.Messages));
        var explained = Explanations.OfIncentive(PlanTestRunner.Calculate(document.Rules, document.Tests[0])["Ann"].Years[0], 0, "commission")!;
        var sum = Assert.Single(explained.All(), n => n.Name == "team.to_date");
        Assert.Equal((110m, "2 reps"), (sum.Value, sum.Detail));
        Assert.DoesNotContain("Bob", ExplainText.Render(explained), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_stands_still_for_everybody_while_the_figure_of_one_who_shares_is_not_known()
    {
        var document = Read(Document(Groups, """ "attainment_period": "month", "quota": "full", "pool": {"group": "all", "fund": 100, "by": "attainment"} """, tests: """
            [{"name": "t", "reps": [{"id": "Ann"}, {"id": "Bob"}], "quotas": [{"rep": "Ann", "measure": "sales", "period": "2025-01", "amount": 100}],
              "transactions": [{"rep": "Ann", "date": "2025-01-10", "amount": 60}], "expect": [{"rep": "Ann", "period": "2025-01", "component": "commission", "is": 0}]}]
            """));
        var run = PlanTestRunner.Calculate(document.Rules, document.Tests[0])["Ann"];
        Assert.Equal(Standstill.FigureMissing, run.Years[0].States[0].Figures(0, run.Years[0].States[0].Version.Find("commission")).Standstill);
    }

    private static string Document(string groups, string member, string second = """ "earn": "components.commission.earned + 1" """, string tests = "[]") => $$"""
        {"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01",
          "measures": [{"id": "sales", "value": "amount"}], {{groups}},
          "components": [{"id": "commission", "measure": "sales", {{member}}}, {"id": "second", {{(second.Contains("rate", StringComparison.Ordinal) ? "\"measure\": \"sales\"," : "")}} {{second}}}]}],
         "tests": {{tests}}}
        """;

    private static PlanDocument Read(string text)
    {
        var errors = new DocErrors();
        return PlanReader.Read(text, errors) ?? throw new InvalidOperationException(string.Join('\n', errors.All));
    }

    private static IReadOnlyList<DocError> Refusals(string text)
    {
        var errors = new DocErrors();
        PlanReader.Read(text, errors);
        return [.. errors.All];
    }
}
