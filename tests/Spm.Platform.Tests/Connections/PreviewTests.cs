using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Connections;

/// <summary>What somebody who writes a mapping is told: which field, which rule, and what to do.</summary>
public sealed class PreviewTests
{
    private const string Header = "id,updated_at,name,amount,currency,status,close_date,owner,region\n";

    [Theory]
    [InlineData("""{}""", "rejected", "rep rep_unknown There is no rep 'E9'. `rep` comes from `owner`: here it is 'E9'. Put a rep with this external id or e-mail address, have people of this source become reps, or give `words`.")]
    [InlineData("""{"only":{"status":["open"]}}""", "ignored", "only/status record_left_out here it is 'won', and only records count whose `status` is one of: open.")]
    [InlineData("""{"into":"none"}""", "ignored", "into record_left_out 'opportunities' is mapped into none, and its records become nothing.")]
    [InlineData(
        """{"fields":{"rep":{"value":"E1"},"amount":{"from":"account"}}}""", "rejected",
        "amount field_required The field 'amount' is required. `amount` comes from `account`: it is not set here. Map it from another name, or give `value` or `otherwise`.")]
    [InlineData(
        """{"fields":{"rep":{"value":"E1"},"kind":{"value":"orders"}}}""", "rejected",
        "kind kind_unknown 'orders' is not one of order, invoice, payment, refund and cancellation. The mapping sets `kind` so for every record.")]
    [InlineData("""{"fields":{"rep":{"value":"E1"},"currency":{}}}""", "rejected", "currency field_required The field 'currency' is required. The mapping leaves `currency` away. Map it from another name, or give `value` or `otherwise`.")]
    [InlineData(
        """{"fields":{"rep":{"value":"E1"},"facts/region":{"from":"fields/regoin"}}}""", "accepted",
        "facts/region mapped_field_absent `facts/region` comes from `fields/regoin`, and the record has no such field. It has: fields/amount, fields/close_date, fields/currency, fields/id, fields/name, fields/owner, fields/region, fields/status, fields/updated_at.")]
    public async Task A_row_that_does_not_count_or_counts_for_less_says_the_field_the_rule_and_what_to_do(string mapping, string result, string told)
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E9,west\n");
        var id = await platform.ConnectFolderAsync();

        var row = (await PreviewAsync(platform, id, "opportunities", mapping))[0];

        Assert.Equal((result, told), (row.Text("result"), Errors(row)));
    }

    [Fact]
    public async Task People_are_tried_by_the_rules_that_a_run_keeps_and_nobody_is_there_afterwards()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var id = await platform.ConnectFolderAsync();
        platform.Drop("people-1.csv", """
            id,updated_at,name,email,active,manager,employee_number,hired_on,plan
            P1,2025-01-02T00:00:00Z,Ann,ann@acme.example,true,P2,1001,2024-05-01,ae
            P2,2025-01-02T00:00:00Z,Bob,bob@acme.example,true,,1002,2020-01-01,nothing
            P3,2025-01-02T00:00:00Z,Cid,cid@acme.example,true,P9,1003,2020-01-01,ae
            """);

        var rows = await PreviewAsync(platform, id, "people", """{"into":"reps","fields":{"plan":{"from":"fields/plan"}}}""");

        Assert.Equal(["P1 rejected", "P2 rejected", "P3 rejected"], rows.Select(r => $"{r.Text("key")} {r.Text("result")}"));
        Assert.StartsWith("plan plan_unknown", Errors(rows[1]));
        Assert.EndsWith("`plan` comes from `fields/plan`: here it is 'nothing'.", Errors(rows[1]));
        Assert.Equal("manager rep_unknown There is no rep 'P9'. `manager` comes from `manager`: here it is 'P9'. Whoever comes in the same stream is found once they are read.", Errors(rows[2]));
        Assert.DoesNotContain(await platform.ListAsync("/v1/reps"), r => r.Text("source") == "crm2");
        Assert.Equal(["accepted", "accepted", "rejected"], (await PreviewAsync(platform, id, "people", """{"into":"reps"}""")).Select(r => r.Text("result")));
    }

    [Theory]
    [InlineData("""{"into":"reps"}""", "mapping/into", "Records of 'opportunities' are of the entity opportunity, and cannot become reps: transactions or none.")]
    [InlineData("""{"only":{"status":["Won"]}}""", "mapping/only/status", "The status of the entity opportunity is never 'Won': open, won, lost.")]
    [InlineData("""{"only":{"status":[]}}""", "mapping/only/status", "Give at least one text: with none, no record counts.")]
    [InlineData("""{"into":"none","fields":{"rep":{"from":"owner"}}}""", "mapping/fields/rep", "A mapping into none sets no fields.")]
    [InlineData("""{"fields":{"rep":{"from":"ownr"}}}""", "mapping/fields/rep/from", "The entity opportunity has no 'ownr': key, name, amount, currency, status, close_date, pipeline, stage, owner, account, and fields/NAME for the vendor's own.")]
    public async Task A_mapping_that_could_not_be_meant_is_refused_with_what_could(string mapping, string field, string detail)
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var id = await platform.ConnectFolderAsync();

        var refused = (await platform.PostAsync($"/v1/connections/{id}/preview", $$"""{"stream":"opportunities","mapping":{{mapping}}}""")).Expect(422).Json.GetProperty("errors")[0];

        Assert.Equal((field, detail), (refused.Text("pointer").TrimStart('/'), refused.Text("detail")));
    }

    private static async Task<JsonElement[]> PreviewAsync(TestPlatform platform, string id, string stream, string mapping) =>
        [.. (await platform.PostAsync($"/v1/connections/{id}/preview", $$"""{"stream":"{{stream}}","mapping":{{mapping}}}""")).Expect(200).Json.GetProperty("rows").EnumerateArray()];

    private static string Errors(JsonElement row) => string.Join(" | ", row.GetProperty("errors").EnumerateArray().Select(e => $"{e.Text("field")} {e.Text("code")} {e.Text("detail")}"));
}
