using System.Text.Json;
using Spm.Platform.Tests.Connections;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Graph;

public sealed class MutationTests : IAsyncLifetime
{
    private const string Post = "mutation($input: PostTransactionInput!) { postTransaction(input: $input) { outcome transaction { id amount { amount } } credits { amount { amount } } userErrors { field message code } } }";

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_refusal_leads_to_the_field_by_the_names_of_the_schema()
    {
        var answer = await _platform.AskAsync(Post, new { input = Order("T1") with { Splits = [new("E1", "60"), new("E9", "40")], Rep = null } });

        var error = Assert.Single(answer.At("postTransaction", "userErrors").EnumerateArray());
        Assert.Equal(["input", "splits", "1", "rep"], error.GetProperty("field").EnumerateArray().Select(f => f.GetString()!));
        Assert.Equal("rep_unknown", error.Text("code"));

        var put = await _platform.AskAsync("""mutation { putRep(input: { source: " crm", externalId: "X", rep: { name: "X" } }) { userErrors { field code } } }""");
        Assert.Equal("""[{"field":["input","source"],"code":"field_malformed"}]""", put.At("putRep", "userErrors").GetRawText());
        put = await _platform.AskAsync("""mutation { putRep(input: { source: "crm", externalId: "X", rep: { name: "X", hiredOn: "2025-02-01", leftOn: "2025-01-01" } }) { userErrors { field code } } }""");
        Assert.Equal("""[{"field":["input","rep","leftOn"],"code":"range_empty"}]""", put.At("putRep", "userErrors").GetRawText());
        put = await _platform.AskAsync("""mutation { putPlan(input: { source: "crm", externalId: "p", document: { plan: "p", currency: "EUR", versions: [{ effective_from: "x" }] } }) { userErrors { field code } } }""");
        Assert.Contains("\"versions\",\"0\",\"effective_from\"", put.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cents_come_in_and_go_out_as_they_are()
    {
        var answer = await _platform.AskAsync(Post, new { input = Order("T1") with { Amount = "9999999999999.9999" } });
        Assert.Equal("9999999999999.9999", answer.At("postTransaction", "transaction", "amount").Text("amount"));
        // A number is read from its digits: as a float it would be another one.
        var literal = await _platform.AskAsync("""mutation { postTransaction(input: { source: "crm", externalId: "T2", kind: ORDER, date: "2025-02-01", amount: 9007199254740.9931, currency: "USD", rep: "E1" }) { transaction { amount { amount } } userErrors { code } } }""");
        Assert.Equal("9007199254740.9931", literal.At("postTransaction", "transaction", "amount").Text("amount"));
        Assert.Equal(["BAD_USER_INPUT"], (await _platform.AskAsync(Post, new { input = Order("T3") with { Amount = "1e3" } })).Codes);
    }

    [Fact]
    public async Task The_same_key_and_input_are_answered_as_the_first_time_and_another_input_is_refused()
    {
        var input = Order("T1") with { IdempotencyKey = "k1" };
        var first = await _platform.AskAsync(Post, new { input });
        var again = await _platform.AskAsync(Post, new { input });
        var other = await _platform.AskAsync(Post, new { input = input with { Amount = "20" } });

        Assert.Equal("CREATED", first.At("postTransaction").Text("outcome"));
        Assert.Equal(first.Text, again.Text);
        Assert.Equal("idempotency_key_reused", other.At("postTransaction", "userErrors")[0].Text("code"));
        Assert.Single(await _platform.ListAsync("/v1/transactions"));
    }

    [Fact]
    public async Task An_import_and_the_answer_to_its_key_are_one_commit()
    {
        const string Start = """mutation { startImport(input: { entity: "reps", source: "hris", rows: "{\"external_id\":\"I1\",\"name\":\"I1\"}", idempotencyKey: "i1" }) { import { id } userErrors { code } } }""";
        var writer = _platform.Service<SpmStore>().Writer;

        await writer.WriteAsync(s => TestStore.Break(s, "idempotency", "new.key = 'i1'"));
        Assert.NotEmpty((await _platform.AskAsync(Start)).Codes);
        Assert.Empty(await _platform.ListAsync("/v1/imports"));

        await writer.WriteAsync(s => TestStore.DropTrigger(s, "broken", "idempotency"));
        var made = await _platform.AskAsync(Start);
        Assert.Equal(made.Text, (await _platform.AskAsync(Start)).Text);
        Assert.Equal(made.At("startImport", "import").Text("id"), Assert.Single(await _platform.ListAsync("/v1/imports")).Text("id"));
    }

    [Fact]
    public async Task A_refusal_under_a_key_is_kept_and_a_batch_is_made_once()
    {
        await _platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        const string Create = """mutation { createPayoutBatch(input: { period: "2025-01", idempotencyKey: "b1" }) { payoutBatch { id etag } userErrors { code } } }""";
        var early = await _platform.AskAsync(Create);
        await _platform.CloseAsync("2025-01");
        Assert.Equal("batch_empty", early.At("createPayoutBatch", "userErrors")[0].Text("code"));
        Assert.Equal(early.Text, (await _platform.AskAsync(Create)).Text);

        var later = Create.Replace("b1", "b2", StringComparison.Ordinal);
        var made = await _platform.AskAsync(later);
        Assert.NotEqual("", made.At("createPayoutBatch", "payoutBatch").Text("etag"));
        Assert.Equal(made.Text, (await _platform.AskAsync(later)).Text);
        Assert.Single(await _platform.ListAsync("/v1/payout-batches"));
    }

    [Fact]
    public async Task A_move_is_refused_where_the_payout_has_changed_since_it_was_seen()
    {
        await _platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await _platform.CloseAsync("2025-01");
        var payout = (await _platform.AskAsync("""{ payouts(filter: { rep: "E1", period: "2025-01" }) { nodes { id etag } } }""")).At("payouts", "nodes")[0];
        const string Move = "mutation($id: ID!, $etag: String!) { submitPayout(input: { payout: $id, etag: $etag }) { payout { status etag } userErrors { code } } }";

        var moved = await _platform.AskAsync(Move, new { id = payout.Text("id"), etag = payout.Text("etag") });
        var stale = await _platform.AskAsync(Move, new { id = payout.Text("id"), etag = payout.Text("etag") });

        Assert.Equal("IN_REVIEW", moved.At("submitPayout", "payout").Text("status"));
        Assert.Equal("precondition_failed", stale.At("submitPayout", "userErrors")[0].Text("code"));
    }

    private static OrderInput Order(string id) => new("crm", id, "ORDER", "2025-01-05", "10.25", "USD", "E1");

    private sealed record OrderInput(string Source, string ExternalId, string Kind, string Date, string Amount, string Currency, string? Rep)
    {
        public Split[]? Splits { get; init; }

        public string? IdempotencyKey { get; init; }
    }

    private sealed record Split(string Rep, string Percent);

    [Fact]
    public async Task What_is_wrong_with_settings_is_told_by_the_way_to_it_in_the_names_that_were_sent()
    {
        const string Create = "mutation($settings: VendorConnectionSettingsInput!) { createVendorConnection(input: { settings: $settings }) { userErrors { field code } } }";
        var wrong = await _platform.AskAsync(Create, JsonElement.Parse("""{"settings":{"connector":"hubspot","name":"CRM","config":{"currency":"USD"},"mapping":{"line_itemz":{"into":"none"}}}}"""));
        var ways = wrong.At("createVendorConnection", "userErrors").EnumerateArray().Select(e => string.Join('/', e.GetProperty("field").EnumerateArray())).Order(StringComparer.Ordinal);
        Assert.Equal(["input/settings/config/access_token", "input/settings/mapping/line_itemz"], ways);

        await _platform.ConnectAsync("""{"connector":"files","name":"Everything","source":"shared"}""");
        var taken = await _platform.AskAsync(Create, JsonElement.Parse("""{"settings":{"connector":"files","name":"Again","source":"shared"}}"""));
        Assert.Equal("""[{"field":["input","settings","source"],"code":"source_in_use"}]""", taken.At("createVendorConnection", "userErrors").GetRawText());
    }
}
