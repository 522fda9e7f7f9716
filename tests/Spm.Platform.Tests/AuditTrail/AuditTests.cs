using System.Data.Common;
using Spm.Platform.AuditTrail;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.AuditTrail;

public sealed class AuditTests
{
    [Fact]
    public async Task An_entry_says_who_did_what_to_what_and_how_it_stood_before_and_after()
    {
        await using var platform = await TestPlatform.StartAsync();
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","base_salary":"50000"}""")).Expect(201);
        var admin = await platform.RoleAsync("compensation_admin");
        var id = await platform.IdAsync("reps", "E1");

        var put = (await admin.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","base_salary":"60000"}""")).Expect(200);

        var entries = await platform.ListAsync($"/v1/audit?subject={id}");
        Assert.Equal(["rep.put", "rep.put"], entries.Select(e => e.Text("action")));
        Assert.Equal(put.Headers["Request-Id"], entries[1].Text("request"));
        Assert.Equal((await platform.ListAsync("/v1/api-keys"))[^1].Text("id"), entries[1].Text("actor"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, entries[0].GetProperty("before").ValueKind);
        Assert.Equal(("50000", "60000"), (entries[1].GetProperty("before").Text("base_salary"), entries[1].GetProperty("after").Text("base_salary")));
        Assert.Empty(await platform.ListAsync($"/v1/audit?subject={id}&to=2001-01-01T00:00:00Z"));
        Assert.Single(await platform.ListAsync($"/v1/audit?actor={entries[1].Text("actor")}"));
    }

    [Fact]
    public async Task What_is_refused_or_changes_nothing_leaves_no_entry()
    {
        await using var platform = await TestPlatform.StartAsync();
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann"}""")).Expect(201);
        var before = (await platform.AllAsync("/v1/audit")).Count;

        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann"}""")).Expect(200);
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","manager":"nobody"}""")).Expect(422);

        Assert.Equal(before, (await platform.AllAsync("/v1/audit")).Count);
    }

    [Fact]
    public async Task The_store_refuses_to_change_or_delete_an_entry()
    {
        await using var platform = await TestPlatform.StartAsync();
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann"}""")).Expect(201);
        var writer = platform.Service<SpmStore>().Writer;

        await Assert.ThrowsAnyAsync<DbException>(() => writer.WriteAsync(s => s.Execute("update audit set actor = 'somebody'")));
        await Assert.ThrowsAnyAsync<DbException>(() => writer.WriteAsync(s => s.Execute("delete from audit")));
    }

    [Theory]
    [InlineData("update audit set state_after = '{}' where tenant = 1 and no = 2", 2)]
    [InlineData("update audit set actor = 'somebody' where tenant = 1 and no = 3", 3)]
    [InlineData("update audit set at = at + 1 where tenant = 1 and no = 1", 1)]
    [InlineData("delete from audit where tenant = 1 and no = 2", 2)]
    [InlineData("update audit set hash = (select hash from audit where tenant = 1 and no = 1) where tenant = 1 and no = 2", 2)]
    public async Task Whoever_gets_past_the_store_breaks_the_chain_at_the_entry_that_was_touched(string tampering, long at)
    {
        await using var platform = await TestPlatform.StartAsync();
        foreach (var rep in (string[])["E1", "E2", "E3", "E4"])
        {
            (await platform.PutAsync($"/v1/reps/hris/{rep}", """{"name":"Ann"}""")).Expect(201);
        }
        Assert.True((await platform.GetAsync("/v1/audit/verification")).Expect(200).Json.GetProperty("sound").GetBoolean());

        await platform.Service<SpmStore>().Writer.WriteAsync(s =>
        {
            TestStore.DropTrigger(s, "audit_is_not_changed", "audit");
            TestStore.DropTrigger(s, "audit_is_not_deleted", "audit");
            s.Execute(tampering);
        });

        var verdict = (await platform.GetAsync("/v1/audit/verification")).Expect(200).Json;
        Assert.False(verdict.GetProperty("sound").GetBoolean());
        Assert.Equal(at, verdict.GetProperty("broken_at").GetInt64());
    }

    [Fact]
    public async Task A_trail_that_was_cut_off_or_written_anew_lacks_the_head_that_was_noted()
    {
        await using var platform = await TestPlatform.StartAsync();
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann"}""")).Expect(201);
        var early = (await platform.GetAsync("/v1/audit/verification")).Json.Text("head");
        (await platform.PutAsync("/v1/reps/hris/E2", """{"name":"Bob"}""")).Expect(201);
        var head = (await platform.GetAsync("/v1/audit/verification")).Json.Text("head");
        async Task<bool> Sound(string noted) => (await platform.GetAsync($"/v1/audit/verification?head={noted}")).Expect(200).Json.GetProperty("sound").GetBoolean();
        Assert.True(await Sound(early) && await Sound(head));

        await platform.Service<SpmStore>().Writer.WriteAsync(s =>
        {
            TestStore.DropTrigger(s, "audit_is_not_deleted", "audit");
            s.Execute("delete from audit where tenant = 1 and no = (select max(no) from audit where tenant = 1)");
        });

        Assert.True(await Sound(early));
        Assert.False(await Sound(head));
    }

    [Fact]
    public void Fields_cannot_be_moved_into_each_other()
    {
        var entry = new AuditEntry(1, 0, "ab", "c", "", "", null, "", []);

        Assert.NotEqual(entry.HashAfter(AuditEntry.Start, 1), (entry with { Actor = "a", Action = "bc" }).HashAfter(AuditEntry.Start, 1));
        Assert.NotEqual(entry.HashAfter(AuditEntry.Start, 1), (entry with { Before = "", After = null }).HashAfter(AuditEntry.Start, 1));
        Assert.NotEqual(entry.HashAfter(AuditEntry.Start, 1), entry.HashAfter(AuditEntry.Start, 2));
    }

    [Fact]
    public async Task Writes_at_once_make_one_chain()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => platform.SellAsync($"T{i}", "E1", "2025-01-05", "1")));

        Assert.True((await platform.GetAsync("/v1/audit/verification")).Expect(200).Json.GetProperty("sound").GetBoolean());
        Assert.Equal(60, (await platform.AllAsync("/v1/audit?action=transaction.put")).Count);
    }
}
