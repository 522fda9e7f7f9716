using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Spm.Platform.Changes;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Changes;

public sealed class ChangeTests
{
    [Fact]
    public async Task A_payout_of_a_month_that_the_calendar_has_no_longer_is_told_to_whom_it_belongs()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var (own, others) = (await ChangeFeed.FromNowAsync(await platform.RoleAsync("rep")), await ChangeFeed.FromNowAsync(await platform.KeyAsync(["rep"], rep: "E2")));
        var rep = platform.Service<TenantDirectory>().Get(1).Company.Reps.Resolve("E1", "").No;

        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute(
            $"insert into change (tenant, no, at, kind, subject, removed, first_txn, last_txn) select 1, max(no) + 1, 1, 'payout', '{Ids.ForPayout(1, rep, 99_999)}', 0, 0, 0 from change where tenant = 1"));

        Assert.Equal(["payout"], await own.NamesAsync());
        Assert.Empty(await others.NamesAsync());
    }

    [Fact]
    public async Task What_the_company_is_called_now_is_told_to_its_reps_and_the_same_name_again_to_nobody()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var feed = await ChangeFeed.FromNowAsync(await platform.RoleAsync("rep"));

        (await platform.PutAsync("/v1/company", """{"name":"Acme","currency":"USD"}""")).Expect(200);
        Assert.Empty(await feed.NamesAsync());
        (await platform.PutAsync("/v1/company", """{"name":"Acme & Sons","currency":"USD"}""")).Expect(200);

        Assert.Equal(["company"], (await feed.ReadAsync()).Select(c => c.Text("kind")));
    }

    [Fact]
    public async Task A_cursor_that_was_lost_is_refused_and_not_taken_for_none()
    {
        await using var platform = await TestPlatform.StartAsync();

        Assert.Equal("cursor_invalid", (await platform.GetAsync("/v1/changes?cursor=")).Expect(400).Code);
    }

    [Fact]
    public async Task What_is_written_and_taken_away_is_told_in_the_order_of_the_commits()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var feed = await ChangeFeed.FromNowAsync(platform.As(TestPlatform.Key));

        (await platform.PutAsync("/v1/accounts/crm/A1", """{"name":"One"}""")).Expect(201);
        (await platform.PutAsync("/v1/accounts/crm/A1", """{"name":"One"}""")).Expect(200);
        (await platform.SendAsync(HttpMethod.Delete, "/v1/quotas?rep=E1&measure=bookings&period=2025-12")).Expect(200);
        (await platform.PostAsync("/v1/transactions", SmallCompany.Order("T1", "E1", "2025-01-05", "1000"))).Expect(201);
        (await platform.PostAsync("/v1/transactions", SmallCompany.Order("T1", "E1", "2025-01-05", "1000"))).Expect(200);
        (await platform.PostAsync("/v1/transactions", SmallCompany.Order("T2", "E1", "2025-01-05", "10").Replace("\"version\":1", "\"version\":1,\"deleted\":true", StringComparison.Ordinal))).Expect(201);

        Assert.Equal(["account A1", "-quota", "transaction T1", "-transaction T2"], (await feed.NamesAsync()).Where(n => n != "payout"));
        Assert.DoesNotContain(await feed.NamesAsync(), n => n != "payout");
    }

    [Fact]
    public async Task Payouts_and_batches_are_told_with_every_move_and_a_trial_of_nothing_is_gone()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var feed = await ChangeFeed.FromNowAsync(platform.As(TestPlatform.Key));

        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        var payout = (await platform.PayoutAsync("E1", "2025-01")).Text("id");
        Assert.Contains(await feed.ReadAsync(), c => c.Text("kind") == "payout" && c.Text("id") == payout && !c.GetProperty("removed").GetBoolean());
        await platform.CloseAsync("2025-01");
        var told = await feed.ReadAsync();
        Assert.Contains(told, c => c.Text("kind") == "period" && c.Text("id") == "2025-01");
        Assert.Contains(told, c => c.Text("kind") == "payout" && c.Text("id") == payout);

        var batch = (await platform.PostAsync("/v1/payout-batches", """{"period":"2025-01"}""")).Expect(201);
        Assert.Equal(["payout", "payout_batch"], (await feed.NamesAsync()).Distinct().Order(StringComparer.Ordinal));
        (await platform.PostAsync($"/v1/payout-batches/{batch.Json.Text("id")}/approve", null, ("If-Match", batch.Headers["ETag"]))).Expect(200);
        Assert.Equal(["payout", "payout_batch"], (await feed.NamesAsync()).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_import_is_told_row_by_row_over_pages_of_any_size()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        ChangeFeed small = await ChangeFeed.FromNowAsync(platform.As(TestPlatform.Key), 3), large = await ChangeFeed.FromNowAsync(platform.As(TestPlatform.Key), 1000);

        await platform.ImportAsync("transactions", string.Join('\n', Enumerable.Range(1, 20).Select(n => SmallCompany.Order($"R{n}", n == 7 ? "NOBODY" : "E1", "2025-02-05", "10"))));

        string[] expected = [.. Enumerable.Range(1, 20).Where(n => n != 7).Select(n => $"transaction R{n}")];
        Assert.Equal(expected, (await small.NamesAsync()).Where(n => n != "payout"));
        Assert.Equal(expected, (await large.NamesAsync()).Where(n => n != "payout"));
    }

    [Fact]
    public async Task A_rep_and_a_manager_are_told_of_their_own_and_payroll_of_approved_batches()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var (rep, payroll) = (await ChangeFeed.FromNowAsync(await platform.RoleAsync("rep")), await ChangeFeed.FromNowAsync(await platform.RoleAsync("payroll")));

        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.SellAsync("T2", "E2", "2025-01-05", "1000");
        string own = (await platform.PayoutAsync("E1", "2025-01")).Text("id"), other = (await platform.PayoutAsync("E2", "2025-01")).Text("id");
        foreach (var id in (string[])["E1", "E2"])
        {
            (await platform.SendAsync(HttpMethod.Delete, $"/v1/quotas?rep={id}&measure=bookings&period=2025-12")).Expect(200);
        }
        var told = await rep.ReadAsync();
        Assert.Contains(told, c => c.Text("id") == own);
        Assert.DoesNotContain(told, c => c.Text("id") == other || c.Text("kind") == "transaction");
        Assert.Single(told, c => c.Text("kind") == "quota");

        await platform.CloseAsync("2025-01");
        var batch = (await platform.PostAsync("/v1/payout-batches", """{"period":"2025-01"}""")).Expect(201);
        Assert.DoesNotContain("payout_batch", await payroll.NamesAsync());
        (await platform.PostAsync($"/v1/payout-batches/{batch.Json.Text("id")}/approve", null, ("If-Match", batch.Headers["ETag"]))).Expect(200);
        Assert.Contains("payout_batch", await payroll.NamesAsync());
    }

    [Fact]
    public async Task Whoever_follows_while_many_write_misses_nothing_and_hears_nothing_twice()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var feed = await ChangeFeed.FromNowAsync(platform.As(TestPlatform.Key), 7);
        List<string> told = [];

        var writers = Task.WhenAll(Enumerable.Range(0, 4).Select(async w =>
        {
            for (var n = 0; n < 25; n++)
            {
                (await platform.PostAsync("/v1/transactions", SmallCompany.Order($"T{w}-{n}", "E1", "2025-01-05", "1"))).Expect(201);
            }
        }));
        while (!writers.IsCompleted)
        {
            told.AddRange(await feed.NamesAsync());
        }
        await writers;
        told.AddRange(await feed.NamesAsync());

        Assert.Equal(
            Enumerable.Range(0, 4).SelectMany(w => Enumerable.Range(0, 25).Select(n => $"transaction T{w}-{n}")).Order(StringComparer.Ordinal),
            told.Where(n => n != "payout").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_record_is_told_no_sooner_than_the_company_knows_it()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var feed = await ChangeFeed.FromNowAsync(platform.As(TestPlatform.Key));

        // As the commit of a record leaves it, a moment before the company that knows the record is published.
        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute(
            "insert into change (tenant, no, at, kind, subject, removed, first_txn, last_txn) select 1, max(no) + 1, 1, 'account', 'acc_none', 0, 0, 0 from change where tenant = 1"));
        var page = (await platform.GetAsync($"/v1/changes?cursor={feed.Cursor}")).Expect(200).Json;
        Assert.Equal((0, true), (page.GetProperty("data").GetArrayLength(), page.GetProperty("has_more").GetBoolean()));

        (await platform.PutAsync("/v1/accounts/crm/A1", """{"name":"One"}""")).Expect(201);
        Assert.Equal(["account", "account A1"], await feed.NamesAsync());
    }

    [Fact]
    public async Task Two_processes_that_write_at_once_are_told_in_one_order_without_a_gap()
    {
        var store = PostgresServer.Required.Schema();
        await using var platform = await TestPlatform.StartAsync(settings: $"--Spm:Store={store}");
        await SmallCompany.CreateAsync(platform);
        var feed = await ChangeFeed.FromNowAsync(platform.As(TestPlatform.Key), 5);
        using var other = SpmStore.Open(store);
        List<JsonElement> told = [];

        var writers = Task.WhenAll(
            Task.Run(async () =>
            {
                for (var n = 0; n < 40; n++)
                {
                    await other.Writer.WriteAsync(s =>
                    {
                        s.Execute(
                            "insert into change (tenant, no, at, kind, subject, removed, first_txn, last_txn) select 1, max(no) + 1, 1, 'payout_batch', $1, 0, 0, 0 from change where tenant = 1", $"bat_{n:00}");
                        // The number is taken and not committed yet: whoever writes now must wait.
                        Thread.Sleep(5);
                    });
                }
            }),
            Task.Run(async () =>
            {
                for (var n = 0; n < 40; n++)
                {
                    await platform.SellAsync($"T{n:00}", "E1", "2025-01-05", "1");
                }
            }));
        while (!writers.IsCompleted)
        {
            told.AddRange(await feed.ReadAsync());
        }
        await writers;
        told.AddRange(await feed.ReadAsync());

        Assert.Equal(Enumerable.Range(0, 40).Select(n => $"bat_{n:00}"), told.Where(c => c.Text("kind") == "payout_batch").Select(c => c.Text("id")));
        Assert.Equal(Enumerable.Range(0, 40).Select(n => $"T{n:00}"), told.Where(c => c.Text("kind") == "transaction").Select(c => c.Text("external_id")));
        Assert.Equal((1, 1), other.Read(s => (s.Long("select min(no) from change"), s.Long("select max(no) - count(*) + 1 from change"))));
    }

    [Fact]
    public async Task A_cursor_behind_which_changes_are_forgotten_is_refused_and_one_at_the_newest_change_is_not()
    {
        var clock = new ManualClock();
        await using var platform = await TestPlatform.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(clock));
        await SmallCompany.CreateAsync(platform);
        var (early, late) = (await ChangeFeed.FromNowAsync(platform.As(TestPlatform.Key)), await ChangeFeed.FromNowAsync(platform.As(TestPlatform.Key)));
        foreach (var id in (string[])["A1", "A2"])
        {
            (await platform.PutAsync($"/v1/accounts/crm/{id}", """{"name":"One"}""")).Expect(201);
        }
        await late.ReadAsync();

        clock.Advance(TimeSpan.FromDays(Limits.ChangeDays + 1));
        await platform.Service<ChangeUpkeep>().SweepAsync();
        (await platform.PutAsync("/v1/accounts/crm/A3", """{"name":"Three"}""")).Expect(201);

        Assert.Equal("cursor_expired", (await platform.GetAsync($"/v1/changes?cursor={early.Cursor}")).Expect(400).Code);
        Assert.Equal(["account A3"], await late.NamesAsync());
        Assert.Equal("cursor_invalid", (await platform.GetAsync("/v1/changes?cursor=nonsense")).Expect(400).Code);
    }
}
