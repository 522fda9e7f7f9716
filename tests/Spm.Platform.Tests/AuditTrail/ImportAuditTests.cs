using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Spm.Compensation.Crediting;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.AuditTrail;

/// <summary>What no single request has written is in the trail too, in the name of who asked for it.</summary>
public sealed class ImportAuditTests
{
    private const string Rows = """
        {"external_id":"T1","kind":"order","date":"2025-01-05","amount":"100","currency":"USD","rep":"E1"}
        {"external_id":"T2","kind":"order","date":"2025-01-06","amount":"200","currency":"USD","rep":"E1"}
        {"external_id":"T3","kind":"order","date":"2025-01-07","amount":"300","currency":"USD","rep":"nobody"}
        """;

    [Fact]
    public async Task Rows_of_a_file_of_transactions_are_told_with_counts_and_a_hash_in_the_name_of_who_sent_it()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        var job = await platform.ImportAsync("transactions", Rows);
        var again = await platform.ImportAsync("transactions", Rows);

        var start = Assert.Single(await platform.ListAsync($"/v1/audit?subject={job.Text("id")}&action=import.start"));
        var rows = Assert.Single(await platform.ListAsync($"/v1/audit?subject={job.Text("id")}&action=transactions.put"));
        Assert.Equal((start.Text("actor"), start.Text("request")), (rows.Text("actor"), rows.Text("request")));
        var after = rows.GetProperty("after");
        Assert.Equal([2, 0, 0, 1], ((string[])["created", "corrected", "unchanged", "rejected"]).Select(name => after.GetProperty(name).GetInt32()));
        Assert.Equal(64, after.Text("sha256").Length);
        Assert.Empty(await platform.ListAsync($"/v1/audit?subject={again.Text("id")}&action=transactions.put"));
    }

    [Fact]
    public async Task The_hash_over_the_rows_depends_on_what_they_say()
    {
        async Task<string> Hash(string file)
        {
            await using var platform = await TestPlatform.StartAsync();
            await SmallCompany.CreateAsync(platform);
            var job = await platform.ImportAsync("transactions", file);
            return Assert.Single(await platform.ListAsync($"/v1/audit?subject={job.Text("id")}&action=transactions.put")).GetProperty("after").Text("sha256");
        }

        var hash = await Hash(Rows);

        Assert.Equal(hash, await Hash(Rows));
        Assert.NotEqual(hash, await Hash(Rows.Replace("\"200\"", "\"201\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_hash_is_over_every_field_of_every_row_a_field_a_line()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var facts = $$"""{"note":"{{new string('ä', 900)}}"}""";

        var job = await platform.ImportAsync("transactions", $$"""
            {"external_id":"T1","kind":"order","date":"2025-01-05","amount":"100.25","currency":"USD","rep":"E1","product":"Größe","facts":{{facts}}}
            {"external_id":"T2","kind":"refund","date":"2025-01-06","amount":"7","currency":"USD","deal":"T1","splits":[{"rep":"E1","percent":"60"},{"rep":"E2","percent":"40"}]}
            """);

        static string Text(DbDataReader r, int column) => r.IsDBNull(column) ? "" : Convert.ToString(r.GetValue(column), CultureInfo.InvariantCulture)!;
        var rows = platform.Service<SpmStore>().Read(s => s.Query(
            "select import_row, source, external_id, version, kind, day, amount, currency, quantity, margin, rep, account, territory, product, deal, facts, flags, splits from txn order by import_row",
            r => string.Join('\n', Enumerable.Range(0, r.FieldCount).Select(i => i switch
            {
                4 => ((TransactionKind)r.GetInt32(i)).ToString(),
                5 => DateOnly.FromDayNumber(r.GetInt32(i)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                15 => $"{(r.IsDBNull(i) ? -1 : Text(r, i).Length)}:{Text(r, i)}",
                17 => Text(r, i).Replace(',', ';'),
                _ => Text(r, i),
            })) + "\n"));
        Assert.Equal(2, rows.Count);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(rows)))),
            Assert.Single(await platform.ListAsync($"/v1/audit?subject={job.Text("id")}&action=transactions.put")).GetProperty("after").Text("sha256"));
    }

    [Fact]
    public async Task Rows_that_are_tried_again_or_corrected_are_told_in_the_name_of_who_did_that()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var job = await platform.ImportAsync("transactions", Rows);
        var admin = await platform.RoleAsync("compensation_admin");

        (await admin.PutAsync($"/v1/imports/{job.Text("id")}/rows/3", """{"external_id":"T3","kind":"order","date":"2025-01-07","amount":"300","currency":"USD","rep":"E2"}""")).Expect(200);

        var entries = await platform.ListAsync($"/v1/audit?subject={job.Text("id")}&action=transactions.put");
        Assert.Equal((await platform.ListAsync("/v1/api-keys"))[^1].Text("id"), entries[^1].Text("actor"));
        Assert.Equal(1, entries[^1].GetProperty("after").GetProperty("created").GetInt32());
    }

    [Fact]
    public async Task Records_of_a_file_are_told_in_the_name_of_who_sent_it()
    {
        await using var platform = await TestPlatform.StartAsync();

        var job = await platform.ImportAsync("reps", """{"external_id":"E1","name":"Ann"}""");

        var start = Assert.Single(await platform.ListAsync($"/v1/audit?subject={job.Text("id")}&action=import.start"));
        var rows = Assert.Single(await platform.ListAsync("/v1/audit?action=records.put"));
        Assert.Equal((start.Text("actor"), job.Text("id"), start.Text("request")), (rows.Text("actor"), rows.Text("subject"), rows.Text("request")));
        Assert.NotEqual("platform", rows.Text("actor"));
    }

    [Fact]
    public async Task A_transaction_is_told_with_everything_it_says()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        var posted = (await platform.PostAsync("/v1/transactions", """{"source":"crm","external_id":"T1","kind":"order","date":"2025-01-05","amount":"100","currency":"USD","rep":"E1","quantity":"3","margin":"40","product":"P","deal":"D","facts":{"x":1}}""")).Expect(201).Json;

        var after = Assert.Single(await platform.ListAsync("/v1/audit?action=transaction.put")).GetProperty("after");
        foreach (var told in posted.GetProperty("transaction").EnumerateObject().Where(p => p.Value.ValueKind != System.Text.Json.JsonValueKind.Null))
        {
            Assert.Equal(told.Value.GetRawText(), after.GetProperty(told.Name).GetRawText());
        }
    }

    [Fact]
    public async Task Lines_that_are_handed_out_again_and_leases_that_run_out_are_told()
    {
        var clock = new ManualClock();
        await using var platform = await TestPlatform.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(clock));
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.CloseAsync("2025-01");
        var batch = await platform.ApprovedBatchAsync("2025-01");
        async Task<string[]> Actions() => [.. (await platform.ListAsync($"/v1/audit?subject={batch}")).Select(e => e.Text("action"))];
        Task<TestPlatform.Answer> Claim() => platform.PostAsync($"/v1/payout-batches/{batch}/claim", """{"lease_seconds":60}""", ("Idempotency-Key", "k1"));

        (await Claim()).Expect(200);
        (await Claim()).Expect(200);
        Assert.Equal("payout_batch.replay", (await Actions())[^1]);

        clock.Advance(TimeSpan.FromMinutes(2));
        (await platform.GetAsync("/v1/payout-batches?status=approved")).Expect(200);

        var expired = Assert.Single(await platform.ListAsync($"/v1/audit?subject={batch}&action=payout_batch.expire"));
        Assert.Equal("platform", expired.Text("actor"));
        Assert.Equal(("claimed", "approved"), (expired.GetProperty("before").Text("status"), expired.GetProperty("after").Text("status")));
    }
}
