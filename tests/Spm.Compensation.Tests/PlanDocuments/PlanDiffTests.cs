using System.Text.Json.Nodes;
using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Tests.PlanDocuments;

public class PlanDiffTests
{
    private const string Plan = """
        {
          "plan": "p", "currency": "USD",
          "versions": [{
            "effective_from": "2025-01-01",
            "measures": [{ "id": "sales", "value": "amount" }],
            "components": [{
              "id": "commission", "measure": "sales",
              "rate_table": { "mode": "step", "tiers": [{ "from": 0, "to": 100, "rate": 5 }, { "from": 100, "rate": 8 }] },
              "kickers": [{ "at": 100, "amount": 500, "once": "year" }],
              "caps": [{ "per": "month", "amount": 900 }]
            }, {
              "id": "contest", "measure": "sales", "contest": { "group": "all", "by": "measured", "ties": "skip", "prizes": [{ "to_rank": 1, "amount": 75 }] }
            }],
            "groups": [{ "id": "all" }]
          }],
          "tests": [{ "name": "t", "quotas": [], "transactions": [], "expect": [{ "period": "2025", "is": 0 }] }]
        }
        """;

    public static TheoryData<string> Files => PlanSamples.Files;

    [Theory]
    [InlineData("\"rate\": 8", "\"rate\": 9", PlanChangeKind.Changed, "version 2025-01-01, component commission, tier from 100 %, rate", "8", "9")]
    [InlineData("\"amount\": 900", "\"amount\": 800", PlanChangeKind.Changed, "version 2025-01-01, component commission, cap per month, amount", "900", "800")]
    [InlineData("\"amount\": 500", "\"amount\": 600", PlanChangeKind.Changed, "version 2025-01-01, component commission, kicker at 100 %, amount", "500", "600")]
    [InlineData("\"mode\": \"step\"", "\"mode\": \"flat\"", PlanChangeKind.Changed, "version 2025-01-01, component commission, mode", "step", "flat")]
    [InlineData("\"id\": \"commission\",", "\"id\": \"commission\", \"attainment_cap\": 150,", PlanChangeKind.Added, "version 2025-01-01, component commission, attainment cap", null, "150")]
    [InlineData("\"id\": \"commission\",", "\"id\": \"commission\", \"attainment_period\": \"quarter\",", PlanChangeKind.Changed, "version 2025-01-01, component commission, attainment period", "year", "quarter")]
    [InlineData("{ \"id\": \"sales\", \"value\": \"amount\" }", "{ \"id\": \"sales\", \"value\": \"amount\" }, { \"id\": \"units\", \"value\": \"amount\" }", PlanChangeKind.Added, "version 2025-01-01, measure units", null, "{ id: units, value: amount }")]
    [InlineData("\"groups\": [", "\"lookups\": [{ \"id\": \"by_size\", \"tiers\": [{ \"value\": 1 }] }], \"groups\": [", PlanChangeKind.Added, "version 2025-01-01, lookup by_size", null, "{ id: by_size, tiers: { value: 1 } }")]
    [InlineData("\"amount\": 75", "\"amount\": 80", PlanChangeKind.Changed, "version 2025-01-01, component contest, contest, prize to place 1, amount", "75", "80")]
    [InlineData("\"kickers\":", "\"attainment_period\": \"last_3_months\", \"kickers\":", PlanChangeKind.Changed, "version 2025-01-01, component commission, attainment period", "year", "last_3_months")]
    [InlineData("\"ties\": \"skip\"", "\"ties\": \"share\"", PlanChangeKind.Changed, "version 2025-01-01, component contest, contest, ties", "skip", "share")]
    [InlineData("{ \"id\": \"all\" }", "{ \"id\": \"all\", \"by\": \"rep.title\" }", PlanChangeKind.Added, "version 2025-01-01, group all, by", null, "rep.title")]
    [InlineData("\"effective_from\": \"2025-01-01\"", "\"effective_from\": \"2025-02-01\"", PlanChangeKind.Changed, "version 2025-01-01, effective from", "2025-01-01", "2025-02-01")]
    [InlineData("\"id\": \"commission\",", "\"id\": \"commission\", \"quota\": \"full\",", PlanChangeKind.Changed, "version 2025-01-01, component commission, quota", "to_date", "full")]
    [InlineData("\"is\": 0", "\"is\": 0.0", PlanChangeKind.Changed, "test t, expect no. 1, is", "0", "0.0")]
    public void A_change_is_told_in_the_words_of_the_plan(string part, string instead, PlanChangeKind kind, string where, string? before, string? after)
    {
        var (a, b) = (Read(Plan), Read(Plan.Replace(part, instead, StringComparison.Ordinal)));
        Assert.Equal(new PlanChange(kind, where, before, after), Assert.Single(PlanDiff.Between(a, b)));
        var back = kind switch { PlanChangeKind.Added => PlanChangeKind.Removed, PlanChangeKind.Removed => PlanChangeKind.Added, _ => kind };
        Assert.Equal(new PlanChange(back, where, after, before), Assert.Single(PlanDiff.Between(b, a)));
    }

    [Theory]
    [InlineData("\"id\": \"commission\",", "\"per\": \"period\", \"credits\": [\"direct\"], \"measurement_period\": \"year\", \"name\": \"commission\", \"id\": \"commission\",")]
    [InlineData("\"value\": \"amount\"", "\"value\": \"amount\", \"unit\": \"money\"")]
    [InlineData("\"mode\": \"step\"", "\"yields\": \"percent\", \"on\": \"attainment\", \"mode\": \"step\"")]
    [InlineData("\"rate\": 8", "\"rate\": \"8.0\"")]
    [InlineData("\"id\": \"commission\",", "\"id\": \"commission\", \"quota\": \"to_date\",")]
    [InlineData("\"id\": \"contest\",", "\"id\": \"contest\", \"quota\": \"none\",")]
    [InlineData("\"from\": 100", "\"from\": 100.0")]
    [InlineData("\"id\": \"commission\",", "\"id\": \"commission\", \"note\": \"for people\", \"$comment\": \"too\",")]
    public void Layout_notes_and_defaults_that_are_written_out_are_no_change(string part, string instead) =>
        Assert.Empty(PlanDiff.Between(Read(Plan), Read(Plan.Replace(part, instead, StringComparison.Ordinal))));

    [Theory]
    [InlineData("\"hold\": { \"until\": \"cash\" }", "\"hold\": { \"until\": \"cash\", \"percent\": 100 }")]
    [InlineData("\"hold\": { \"until\": \"days\", \"days\": 5 }", "\"hold\": { \"until\": \"days\", \"days\": 5, \"after\": \"sale\" }")]
    [InlineData("\"rounding\": { \"to\": 0.05 }", "\"rounding\": { \"to\": 0.05, \"each\": \"period\" }")]
    [InlineData("\"attainment_period\": \"last_3_months\"", "\"attainment_period\": \"last_3_months\", \"measurement_period\": \"month\"")]
    [InlineData("\"credits\": [\"direct\", \"overlay\"]", "\"credits\": [\"overlay\", \"direct\"]")]
    [InlineData("\"gates\": [{ \"when\": \"to_date > 1\" }, { \"when\": \"month_of_year > 2\" }]", "\"gates\": [{ \"when\": \"month_of_year > 2\" }, { \"when\": \"to_date > 1\" }]")]
    public void A_default_of_a_member_and_the_order_of_words_are_no_change_either(string member, string instead) =>
        Assert.Empty(PlanDiff.Between(Read(With(member)), Read(With(instead))));

    [Theory]
    [InlineData("\"draw\": { \"kind\": \"recoverable\", \"amount\": 5 }", "\"draw\": { \"kind\": \"recoverable\", \"amount\": 5, \"per\": \"month\", \"from\": 1, \"recovery_starts\": 1 }")]
    [InlineData("\"draw\": { \"kind\": \"recoverable\", \"amount\": 5, \"components\": [\"commission\", \"contest\"] }", "\"draw\": { \"kind\": \"recoverable\", \"amount\": 5, \"components\": [\"contest\", \"commission\"] }")]
    [InlineData("\"minimum\": { \"amount\": 5 }", "\"minimum\": { \"amount\": 5, \"year_end_pays_all\": false }")]
    [InlineData("\"rounding\": { \"to\": 0.05 }", "\"rounding\": { \"to\": 0.05, \"each\": \"year_to_date\" }")]
    public void Nor_is_a_default_of_a_rule_on_pay(string rule, string instead) =>
        Assert.Empty(PlanDiff.Between(Read(OnPay(rule)), Read(OnPay(instead))));

    /// <summary>The version of July begins in August and pays more, another comes in April, and that of October, which has nothing in common with the new one of November, goes.</summary>
    [Fact]
    public void A_version_that_begins_on_another_day_is_paired_with_the_one_it_was()
    {
        var (a, b) = (Versions(("2025-01-01", "a", 1), ("2025-07-01", "a", 3), ("2025-10-01", "b", 3)), Versions(("2025-01-01", "a", 1), ("2025-04-01", "a", 2), ("2025-08-01", "a", 3), ("2025-11-01", "c", 3)));
        Assert.Equal(
            [
                (PlanChangeKind.Changed, "version 2025-07-01, effective from"), (PlanChangeKind.Removed, "version 2025-10-01"),
                (PlanChangeKind.Added, "version 2025-04-01"), (PlanChangeKind.Added, "version 2025-11-01"),
            ],
            PlanDiff.Between(a, b).Select(c => (c.Kind, c.Where)));
        Assert.Equal(
            ["version 2025-04-01", "version 2025-07-01, effective from", "version 2025-10-01", "version 2025-11-01"], PlanDiff.Between(b, a).Select(c => c.Where).Order(StringComparer.Ordinal));

        static PlanDocument Versions(params (string From, string Component, int Rate)[] versions) => Read(
            $$"""
            { "plan": "p", "currency": "USD", "versions": [{{string.Join(',', versions.Select(v =>
                $$"""{ "effective_from": "{{v.From}}", "measures": [{ "id": "s", "value": "amount" }], "components": [{ "id": "{{v.Component}}", "measure": "s", "rate": {{v.Rate}} }] }"""))}}] }
            """);
    }

    [Fact]
    public void An_expectation_that_comes_first_is_the_only_one_that_is_new()
    {
        var more = Plan.Replace("\"expect\": [", "\"expect\": [{ \"period\": \"2025-01\", \"is\": 1 }, ", StringComparison.Ordinal);
        Assert.Equal((PlanChangeKind.Added, "test t, expect no. 1"), PlanDiff.Between(Read(Plan), Read(more)).Select(c => (c.Kind, c.Where)).Single());
    }

    [Fact]
    public void A_rate_table_in_the_place_of_a_rate_does_not_read_as_a_component_that_is_new()
    {
        const string Rate = "\"contest\": { \"group\": \"all\", \"by\": \"measured\", \"ties\": \"skip\", \"prizes\": [{ \"to_rank\": 1, \"amount\": 75 }] }";
        var changes = PlanDiff.Between(Read(Plan.Replace(Rate, "\"rate\": 5", StringComparison.Ordinal)), Read(Plan.Replace(Rate, "\"rate_table\": { \"mode\": \"flat\", \"on\": \"amount\", \"tiers\": [{ \"from\": 0, \"rate\": 5 }] }", StringComparison.Ordinal)));
        Assert.Equal(
            [(PlanChangeKind.Removed, "version 2025-01-01, component contest, rate"), (PlanChangeKind.Added, "version 2025-01-01, component contest, rate table")],
            changes.Select(c => (c.Kind, c.Where)));
    }

    [Fact]
    public void The_components_that_a_draw_is_of_are_told_by_their_names()
    {
        const string Draw = "\"draw\": { \"kind\": \"recoverable\", \"amount\": 5 }";
        var change = Assert.Single(PlanDiff.Between(Read(OnPay(Draw)), Read(OnPay(Draw.Replace(" }", ", \"components\": [\"commission\"] }", StringComparison.Ordinal)))));
        Assert.Equal(("version 2025-01-01, pay, draw, components", PlanChangeKind.Added), (change.Where, change.Kind));
    }

    [Theory]
    [InlineData("if(a, 1, 2)", "if(a, 1, 3)", "if(a, 1, 2)", "if(a, 1, 3)")]
    [InlineData(null, "0123456789012345678901234567890123456789012345", null, "0123456789012345678901234567890123456789…")]
    [InlineData("0123456789012345678901234567890123456789012345x6789", "0123456789012345678901234567890123456789012345y", "…67890123456789012345x6789", "…67890123456789012345y")]
    [InlineData("short", "0123456789012345678901234567890123456789012345", "short", "0123456789012345678901234567890123456789…")]
    public void Long_texts_are_cut_to_where_they_differ(string? before, string? after, string? was, string? now) =>
        Assert.Equal((was, now), new PlanChange(PlanChangeKind.Changed, "here", before, after).Shortened(40));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_plan_does_not_differ_from_itself_nor_from_its_members_in_another_order(string file)
    {
        var sample = PlanSamples.Read(file);
        Assert.Empty(PlanDiff.Between(Read(sample.ToJsonString()), Read(sample.ToJsonString())));
        Assert.Empty(PlanDiff.Between(Read(sample.ToJsonString()), Read(Reversed(sample)!.ToJsonString())));
    }

    private static string With(string member) => Plan.Replace("\"id\": \"commission\",", $"\"id\": \"commission\", {member},", StringComparison.Ordinal);

    private static string OnPay(string rule) => Plan.Replace("\"groups\": [", $"\"pay\": {{ {rule} }}, \"groups\": [", StringComparison.Ordinal);

    private static PlanDocument Read(string text)
    {
        var errors = new DocErrors();
        var document = PlanReader.Read(text, errors);
        Assert.Empty(errors.All);
        return document!;
    }

    private static JsonNode? Reversed(JsonNode? node) => node switch
    {
        JsonObject owner => new JsonObject(owner.Reverse().Select(m => KeyValuePair.Create(m.Key, Reversed(m.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Reversed)]),
        _ => node?.DeepClone(),
    };
}
