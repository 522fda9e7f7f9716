using System.Data.Common;
using System.Text.Json;
using Spm.Platform.Tests.Connections;
using Spm.Platform.Tests.Support;
using Spm.Platform.Tests.Webhooks;
using Spm.Storage;

namespace Spm.Platform.Tests.PersonalData;

public sealed class ErasureTests
{
    private static readonly string[] Words = ["Zebulon Quartermain", "zeb@example.com", "Zebulon Q. Quartermain", "+44 20 7946"];

    [Fact]
    public async Task After_an_erasure_nothing_that_is_stored_names_the_person_and_every_figure_is_as_it_was()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await WebhookSteps.StartAsync();
        var id = await PersonAsync(platform, receiver.Url);
        var before = await MoneyAsync(platform);
        Assert.NotEmpty(Stored(platform));

        var done = (await platform.PostAsync($"/v1/reps/{id}/erase")).Expect(200).Json;

        Assert.Empty(Stored(platform));
        Assert.Equal(before, await MoneyAsync(platform));
        Assert.Equal((5, 1, 1, 1), (done.GetProperty("revisions").GetInt32(), done.GetProperty("keys").GetInt32(), done.GetProperty("users").GetInt32(), done.GetProperty("import_rows").GetInt32()));
        var rep = (await platform.GetAsync($"/v1/reps/{id}")).Expect(200).Json;
        Assert.Equal((done.Text("pseudonym"), JsonValueKind.Null, "Account executive"), (rep.Text("name"), rep.GetProperty("email").ValueKind, rep.Text("title")));
        // A fact that a plan asks for pays somebody; one that none asks for is nobody's business.
        Assert.Equal("""{"grade":3}""", rep.GetProperty("facts").ToString());
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task What_a_connection_has_read_and_not_taken_names_the_person_no_more_and_counts_as_it_would_have()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        const string name = "Zo\u00EB Al";
        (await platform.PutAsync("/v1/reps/hris/E1", $$"""{"name":"{{name}}","email":"zoe@example.com","plan":"ae","left_on":"2025-11-01"}""")).Expect(200);
        platform.Drop("opportunities-1.csv", "id,updated_at,name,status\nD0,2025-01-05T10:00:00Z,Lost,lost\n");
        var id = await platform.ConnectFolderAsync("""{"opportunities":{"fields":{"facts/note":{"from":"fields/note"},"facts/region":{"from":"fields/region"}}}}""");
        (await platform.PostAsync($"/v1/connections/{id}/pause")).Expect(200);
        var record = JsonSerializer.Serialize(new
        {
            key = "D1",
            updatedAt = "2025-01-05T10:00:00Z",
            entity = new { name = "Deal of ZO\u00CB AL", amount = new { Amount = "400", Currency = "USD" }, status = 1, closeDate = "2025-01-05", owner = "E1" },
            fields = new { note = $"Ask {name}, zoe@example.com", region = $"{name}meria" },
        });
        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute(
            "insert into connection_landing (connection, no, stream, body) values (1, 1, 'opportunities', $1)",
            $$$"""{"records":[{{{record}}}],"invalid":[{"key":"D2","raw":"{{{name}}}","errors":[{"pointer":"/amount","code":"not_a_number","detail":"No number."}]}]}"""));

        var done = (await platform.PostAsync($"/v1/reps/{await platform.IdAsync("reps", "E1")}/erase")).Expect(200).Json;

        Assert.Equal(2, done.GetProperty("source_records").GetInt32());
        var landed = platform.Service<SpmStore>().Read(s => s.Query("select body from connection_landing", r => JsonDocument.Parse(r.GetString(0)).RootElement))[0];
        Assert.Equal($"Deal of {done.Text("pseudonym")}", landed.GetProperty("records")[0].GetProperty("entity").Text("name"));
        Assert.Equal(done.Text("pseudonym"), landed.GetProperty("invalid")[0].Text("raw"));
        await platform.RunAsync(id, "resume");
        Assert.Contains("credited 400.00", await platform.LiveAsync("E1", "2025-01"));
        var facts = Assert.Single(await platform.ListAsync("/v1/transactions")).GetProperty("facts");
        // A name that is a part of another word says nothing of the person.
        Assert.Equal(($"Ask {done.Text("pseudonym")}, {done.Text("pseudonym")}", $"{name}meria"), (facts.Text("note"), facts.Text("region")));
    }

    [Fact]
    public async Task The_audit_trail_is_sound_after_an_erasure_and_broken_by_whoever_touches_what_was_erased()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await WebhookSteps.StartAsync();
        var id = await PersonAsync(platform, receiver.Url);
        var head = (await platform.GetAsync("/v1/audit/verification")).Json.Text("head");

        (await platform.PostAsync($"/v1/reps/{id}/erase")).Expect(200);
        (await platform.PostAsync($"/v1/reps/{id}/erase")).Expect(200);

        Assert.True((await platform.GetAsync($"/v1/audit/verification?head={head}")).Expect(200).Json.GetProperty("sound").GetBoolean());
        var entries = await platform.AllAsync($"/v1/audit?subject={id}");
        Assert.Equal(2, entries.Count(e => e.Text("action") == "rep.erase"));
        Assert.All(entries.Where(e => e.Text("action") == "rep.put"), e => Assert.True(e.GetProperty("erased").GetBoolean()));
        var writer = platform.Service<SpmStore>().Writer;
        await Assert.ThrowsAnyAsync<DbException>(() => writer.WriteAsync(s => s.Execute("update audit set state_after = '{}' where erased = 0")));
        await Assert.ThrowsAnyAsync<DbException>(() => writer.WriteAsync(s => s.Execute("update audit set actor = 'somebody' where erased = 1")));
        await writer.WriteAsync(s => s.Execute("update audit set state_after = '{}', erased = 1 where subject = $1 and action = 'rep.put'", id));
        Assert.False((await platform.GetAsync("/v1/audit/verification")).Expect(200).Json.GetProperty("sound").GetBoolean());
    }

    [Fact]
    public async Task Only_who_has_left_is_erased_and_their_keys_open_nothing_any_more()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var key = await platform.RoleAsync("rep");
        var id = await platform.IdAsync("reps", "E1");
        Assert.Equal("rep_still_employed", (await platform.PostAsync($"/v1/reps/{id}/erase")).Expect(409).Code);
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Rep E1","left_on":"9999-01-01"}""")).Expect(200);
        Assert.Equal("rep_still_employed", (await platform.PostAsync($"/v1/reps/{id}/erase")).Expect(409).Code);
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Rep E1","left_on":"2025-06-01"}""")).Expect(200);
        (await key.GetAsync($"/v1/reps/{id}")).Expect(200);

        (await (await platform.RoleAsync("tenant_admin")).PostAsync($"/v1/reps/{id}/erase")).Expect(200);

        (await key.GetAsync($"/v1/reps/{id}")).Expect(401);
        (await platform.PostAsync("/v1/reps/rep_nobody/erase")).Expect(404);
    }

    [Fact]
    public async Task An_export_has_everything_about_one_person_and_nothing_of_others()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await WebhookSteps.StartAsync();
        var id = await PersonAsync(platform, receiver.Url);
        (await platform.PutAsync("/v1/reps/hris/E2", """{"name":"Somebody Else","plan":"ae"}""")).Expect(200);

        var lines = (await platform.GetAsync($"/v1/reps/{id}/personal-data")).Expect(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();

        Assert.Equal(
            ["api_key", "audit_entry", "payout", "quota", "rep_revision", "transaction", "user"],
            lines.Select(l => l.Text("kind")).Distinct().Order());
        Assert.Equal(4, lines.Count(l => l.Text("kind") == "rep_revision"));
        Assert.Equal(12, lines.Count(l => l.Text("kind") == "quota"));
        Assert.Equal(["T1", "T9"], lines.Where(l => l.Text("kind") == "transaction").Select(l => l.GetProperty("data").Text("external_id")).Order());
        Assert.DoesNotContain(lines, l => l.ToString().Contains("Somebody Else", StringComparison.Ordinal));
        Assert.Contains(await platform.ListAsync($"/v1/audit?subject={id}"), e => e.Text("action") == "rep.export");
    }

    /// <summary>E1 under a name that stands in revisions, the audit trail, a rejected row, a key and events; January is paid, February open.</summary>
    private static async Task<string> PersonAsync(TestPlatform platform, string hook)
    {
        await SmallCompany.CreateAsync(platform);
        await platform.ListenAsync(hook, payload: "full");
        (await platform.PutAsync("/v1/plans/crm/graded", """{"plan":"graded","currency":"USD","facts":{"rep":{"grade":"number"}},"versions":[{"effective_from":"2025-01-01","measures":[{"id":"bookings","value":"amount","kinds":["order","refund"]}],"components":[{"id":"b","measure":"bookings","rate":"5"}]}]}""")).Expect(201);
        foreach (var (name, more) in new[] { (Words[0], ""), (Words[2], ""), (Words[0], ",\"left_on\":\"2025-11-01\"") })
        {
            (await platform.PutAsync("/v1/reps/hris/E1", $$"""{"name":"{{name}}","email":"{{Words[1]}}","title":"Account executive","manager":"M1","plan":"ae","facts":{"phone":"{{Words[3]}}","grade":3}{{more}}}""")).Expect(200);
        }
        var id = await platform.IdAsync("reps", "E1");
        (await platform.PostAsync("/v1/api-keys", $$"""{"name":"Key of {{Words[0]}}","roles":["rep"],"rep":"E1"}""")).Expect(201);
        using var file = new StringContent($$"""{"external_id":"E1","name":"{{Words[0]}}","manager":"nobody"}""", null, "application/x-ndjson");
        (await platform.Http.PostAsync("/v1/imports?entity=reps&source=hris", file)).EnsureSuccessStatusCode();
        (await platform.PostAsync("/scim/v2/Users", $$"""{"userName":"{{Words[1]}}","displayName":"{{Words[0]}}","emails":[{"value":"{{Words[1]}}"}],"roles":[{"value":"rep"}]}""")).Expect(201);
        await platform.PayJanuaryAsync();
        await platform.SellAsync("T9", "E1", "2025-02-05", "700");
        for (var tries = 0; (await platform.ListAsync("/v1/imports"))[0].Text("status") != "succeeded"; tries++)
        {
            Assert.True(tries < 500, "The import does not end.");
            await Task.Delay(20);
        }
        return id;
    }

    private static async Task<string[]> MoneyAsync(TestPlatform platform) =>
    [
        .. (await platform.AllAsync("/v1/payouts")).Select(p => $"{p.Text("id")} {p.Text("period")} {p.Text("status")} {p.MoneyText("incentives")} {p.MoneyText("amount")}"),
        .. (await platform.AllAsync("/v1/ledger/postings")).Select(p => $"{p.Text("id")} {p.Text("debit")} {p.Text("credit")} {p.MoneyText("amount")} {p.Text("recorded_at")}"),
    ];

    /// <summary>Every value of every table that has one of the words, whatever it is for.</summary>
    private static List<string> Stored(TestPlatform platform) => platform.Service<SpmStore>().Read(session =>
    {
        var columns = session.Query(
            TestStore.IsPostgres
                ? "select table_name, column_name from information_schema.columns where table_schema = current_schema() and data_type = 'text'"
                : "select m.name, p.name from sqlite_master m, pragma_table_info(m.name) p where m.type = 'table' and lower(p.type) = 'text'",
            r => (Table: r.GetString(0), Column: r.GetString(1)));
        Assert.True(columns.Count > 50);
        return columns.SelectMany(c => session.Query($"select {c.Column} from {c.Table} where {c.Column} is not null", r => r.GetString(0)).Where(v => Words.Any(w => v.Contains(w, StringComparison.OrdinalIgnoreCase)))
            .Select(v => $"{c.Table}.{c.Column}: {v}")).ToList();
    });
}
