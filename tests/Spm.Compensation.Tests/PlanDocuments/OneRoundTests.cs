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

    private static string[] Errors(string members)
    {
        var errors = new DocErrors();
        PlanReader.Read($$"""{"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01", {{members}} }]}""", errors);
        return [.. errors.All.Select(e => $"{e.Path} {e.Code}")];
    }
}
