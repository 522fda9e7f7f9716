using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Access;

/// <summary>A tenant with every scope in its own house tries every id of another one on every operation.</summary>
public sealed class ForeignTenantTests
{
    [Fact]
    public async Task Ids_of_another_tenant_do_not_exist_and_nothing_of_it_is_told_or_changed()
    {
        await using var platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");
        var calls = await Operations.CreateAsync(platform);
        var stranger = await platform.TenantAsync("other");
        await SetUpAsync(stranger);
        var before = await SeenAsync(platform);
        List<string> wrong = [];
        foreach (var operation in Operation.Of(platform))
        {
            var (path, body) = Operations.Calls[operation.Id];
            var answer = await calls.CallAsync(platform, stranger, operation);
            // What the path is about does not exist; what a parameter or the body refers to is unknown.
            var (about, parameters) = (path.Split('?')[0], path.Contains('?', StringComparison.Ordinal) ? path.Split('?')[1] : "");
            var names = calls.Ids.Keys.Any(k => about.Contains($"{{{k}}}", StringComparison.Ordinal));
            var refers = calls.Ids.Keys.Any(k => $"{parameters}{body}".Contains($"{{{k}}}", StringComparison.Ordinal));
            if ((names && answer.Status != 404) || (!names && refers && answer.Status != (operation.IsScim ? 400 : 422)))
            {
                wrong.Add($"{operation.Id}: {answer.Status} {answer.Text}");
            }
            var secrets = calls.Ids.Where(i => !$"{path}{body}".Contains($"{{{i.Key}}}", StringComparison.Ordinal)).Select(i => i.Value);
            if (secrets.Concat(["Secret West", "Secret Account", "Secret key", "Secret Person", "Secret Ann", "Secret Group"]).Any(s => answer.Text.Contains(s, StringComparison.Ordinal)))
            {
                wrong.Add($"{operation.Id} tells: {answer.Text}");
            }
        }
        Assert.Empty(wrong);
        Assert.Equal(before, await SeenAsync(platform));
    }

    [Fact]
    public async Task The_same_keys_cursors_and_idempotency_keys_in_two_tenants_are_two_things()
    {
        await using var platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");
        await SmallCompany.CreateAsync(platform);
        var stranger = await platform.TenantAsync("other");
        await SetUpAsync(stranger);
        (await stranger.PutAsync("/v1/reps/hris/E1", """{"name":"Another E1"}""")).Expect(201);
        var order = SmallCompany.Order("T1", "E1", "2025-01-05", "10");

        (await platform.PostAsync("/v1/transactions", order, ("Idempotency-Key", "same"))).Expect(201);
        var theirs = (await stranger.PostAsync("/v1/transactions", order, ("Idempotency-Key", "same"))).Expect(201);

        Assert.False(theirs.Headers.ContainsKey("Idempotent-Replayed"));
        Assert.Single(await stranger.ListAsync("/v1/transactions"));
        Assert.Single(await stranger.ListAsync("/v1/reps"));
        // Both tenants have a first rep and a January: their payouts are two all the same.
        await platform.SellAsync("T2", "E1", "2025-01-06", "1000");
        var payout = (await platform.ListAsync("/v1/payouts?period=2025-01"))[0].Text("id");
        (await stranger.GetAsync($"/v1/payouts/{payout}")).Expect(404);
        (await stranger.GetAsync($"/v1/payouts/{payout}/explain")).Expect(404);
        (await platform.GetAsync($"/v1/payouts/{payout}")).Expect(200);
        var cursor = (await platform.GetAsync("/v1/reps?limit=1")).Json.Text("next_cursor");
        Assert.Empty(await stranger.ListAsync($"/v1/reps?cursor={cursor}"));
    }

    private static async Task SetUpAsync(TestCaller stranger)
    {
        (await stranger.PutAsync("/v1/company", """{"name":"Other","currency":"USD"}""")).Expect(200);
        (await stranger.PutAsync("/v1/calendar/years/2025", """{"start":"2025-01-01"}""")).Expect(200);
        (await stranger.PutAsync("/v1/measures/crm/bookings", """{"name":"Bookings","value":"amount","kinds":["order"]}""")).Expect(201);
    }

    private static async Task<string> SeenAsync(TestPlatform platform) => string.Join('\n', await Task.WhenAll(
        ((string[])["/v1/company", "/v1/calendar", "/v1/reps", "/v1/territories", "/v1/accounts", "/v1/plans", "/v1/measures", "/v1/quotas", "/v1/fx-rates", "/v1/transactions", "/v1/payouts", "/v1/payout-batches", "/v1/ledger/postings"])
            .Select(async path => (await platform.GetAsync(path)).Expect(200).Text)));
}
