using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>One round tells all that is wrong with a document and nothing that only follows.</summary>
public class OneRoundTests
{
    [Fact]
    public void An_id_that_stands_for_two_hides_nothing_else_that_is_wrong_with_the_second() => Assert.Equal(
        ["/versions/0/lookups/1/id id_twice", "/versions/0/lookups/1/tiers/0 field_missing", "/versions/0/measures/1/id id_twice", "/versions/0/measures/1/value name_unknown", "/versions/0/components/1/id id_twice", "/versions/0/components/1/rate type_mismatch"],
        Errors("""
            "lookups": [{"id": "l", "tiers": [{"value": 1}]}, {"id": "l", "tiers": [{"from": 0}]}],
            "measures": [{"id": "m", "value": "amount"}, {"id": "m", "value": "amuont"}],
            "components": [{"id": "c", "measure": "m", "rate": 1}, {"id": "c", "measure": "m", "rate": true}]
            """));

    [Fact]
    public void Tiers_that_start_too_late_tell_what_else_is_wrong_with_them_and_with_the_component() => Assert.Equal(
        ["/versions/0/components/0/rate_table/tiers/0 tiers_start_at_zero", "/versions/0/components/0/rate_table/tiers/1 tiers_have_a_gap", "/versions/0/components/0/rate_table/tiers/2 rate_out_of_range"],
        Errors("""
            "measures": [{"id": "m", "value": "amount"}],
            "components": [{"id": "c", "measure": "m", "rate_table": {"mode": "step", "tiers": [{"from": 10, "to": 50, "rate": 1}, {"from": 60, "to": 100, "rate": 2}, {"from": 100, "rate": -1}]}}]
            """));

    /// <summary>Whether the second tier is empty is not known while the first one is wrong.</summary>
    [Fact]
    public void What_follows_from_an_error_is_not_told() => Assert.Equal(
        ["/versions/0/components/0/rate_table/tiers/1 tiers_overlap"],
        Errors("""
            "measures": [{"id": "m", "value": "amount"}],
            "components": [{"id": "c", "measure": "m", "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 50, "rate": 1}, {"from": 20, "to": 40, "rate": 2}, {"from": 40, "rate": 3}]}}]
            """));

    [Theory]
    [InlineData("\"rate\": 10")]
    [InlineData("\"rate_table\": {\"mode\": \"step\", \"on\": \"amount\", \"tiers\": [{\"from\": 0, \"rate\": 5}]}")]
    public void What_pays_at_rates_without_a_measure_would_pay_nothing_for_ever(string pays) =>
        Assert.Equal(["/versions/0/components/0 measure_missing"], Errors($$"""
            "measures": [{"id": "m", "value": "amount"}], "components": [{"id": "c", {{pays}} }]
            """));

    /// <summary>A rate that grows is refused at either end; levels stand on each other, and what follows from one is not told.</summary>
    [Theory]
    [InlineData("""{"from": 10, "to": 50, "rate": {"from": 4, "to": 2000}}, {"from": 60, "to": 100, "rate": 5}, {"from": 100, "rate": -1}""", "0 rate_out_of_range", "0 tiers_start_at_zero", "1 tiers_have_a_gap", "2 rate_out_of_range")]
    [InlineData("""{"from": 10, "to": 50, "rate": 4}, {"from": 50, "rate": {"from": 4, "to": 5}}""", "0 tiers_start_at_zero", "1 tier_has_no_end")]
    [InlineData("""{"from": 10, "to": 50, "amount": -5}, {"from": 60, "to": 100, "amount": 3}""", "0 rate_out_of_range", "0 tiers_start_at_zero", "1 tiers_have_a_gap")]
    public void Tiers_that_grow_tell_what_is_wrong_behind_the_first_error(string tiers, params string[] told)
    {
        var yields = tiers.Contains("amount", StringComparison.Ordinal) ? """ "yields": "amount", """ : "";
        var errors = Errors($$"""
            "measures": [{"id": "m", "value": "amount"}],
            "components": [{"id": "c", "measure": "m", "rate_table": {"mode": "interpolated", {{yields}} "tiers": [{{tiers}}] } }]
            """);
        Assert.Equal(told.Select(t => $"/versions/0/components/0/rate_table/tiers/{t}").Order(), errors.Order());
    }

    [Theory]
    [InlineData("""{"from": 10, "to": "rep.month_of_service * 5%", "rate": -4}, {"from": "rep.month_of_service * 5%", "rate": "amuont"}""", "0 rate_out_of_range", "0 tiers_start_at_zero", "1/rate name_unknown")]
    [InlineData("""{"from": 0, "to": 50, "rate": 4}, {"from": "rep.month_of_service * 5%", "to": 90, "rate": -5}, {"from": 100, "rate": 5}""", "1 rate_out_of_range", "1/from tiers_have_a_gap", "2 tiers_have_a_gap")]
    [InlineData("""{"from": 0, "rate": 4}, {"from": "rep.month_of_service * 5%", "rate": 5}""", "1/from tiers_have_a_gap")]
    public void Tiers_that_are_worked_out_tell_what_else_is_wrong_with_an_expression_that_is(string tiers, params string[] told)
    {
        var errors = Errors($$"""
            "measures": [{"id": "m", "value": "amount"}],
            "components": [{"id": "c", "measure": "m", "rate_table": {"mode": "step", "tiers": [{{tiers}}] } }]
            """);
        Assert.Equal(told.Select(t => $"/versions/0/components/0/rate_table/tiers/{t}").Order(), errors.Order());
    }

    /// <summary>None, or too many: no single one of them is wrong.</summary>
    [Fact]
    public void A_list_that_is_too_short_or_too_long_is_told_as_a_whole()
    {
        string Tiers(string value) => string.Join(", ", Enumerable.Range(0, 51).Select(i => $$"""{"from": {{i}}, "to": {{i + 1}}, "{{value}}": 1}"""));
        Assert.Equal(
            ["/versions/0/lookups/0/tiers tiers_count", "/versions/0/measures count_out_of_range", "/versions/0/components/0/measure measure_unknown", "/versions/0/components/0/rate_table/tiers tiers_count"],
            Errors($$""" "lookups": [{"id": "l", "tiers": [{{Tiers("value")}}]}], "measures": [], "components": [{"id": "c", "measure": "m", "rate_table": {"mode": "step", "tiers": [{{Tiers("rate")}}] } }] """));
        var errors = new DocErrors();
        PlanReader.Read("""
            {"plan": "p", "currency": "USD",
             "versions": []}
            """, errors);
        Assert.Equal(("/versions", 2, "count_out_of_range"), Assert.Single(errors.All) is var error ? (error.Path, error.Line, error.Code) : default);
    }

    [Theory]
    [InlineData("vlaue", "value")]
    [InlineData("val", "value")]
    [InlineData("values", "value")]
    [InlineData("form", "from")]
    [InlineData("rate", null)]
    public void A_misspelt_member_is_told_with_the_one_that_was_meant(string member, string? meant)
    {
        var errors = new DocErrors();
        PlanReader.Read($$"""{"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01", "lookups": [{"id": "l", "tiers": [{"{{member}}": 1}]}], "measures": [{"id": "m", "value": "amount"}], "components": [{"id": "c", "measure": "m", "rate": 1}]}]}""", errors);
        var detail = Assert.Single(errors.All, e => e.Code == "field_unknown").Detail;
        Assert.EndsWith(meant is null ? $"'{member}' means nothing here." : $"; did you mean '{meant}'?", detail, StringComparison.Ordinal);
    }

    private static string[] Errors(string members)
    {
        var errors = new DocErrors();
        PlanReader.Read($$"""{"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01", {{members}} }]}""", errors);
        return [.. errors.All.Select(e => $"{e.Path} {e.Code}")];
    }
}
