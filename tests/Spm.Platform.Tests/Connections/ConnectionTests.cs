using System.Text.Json;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Tests.HubSpot;
using Spm.Host;
using Spm.Platform.Connections;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Connections;

/// <summary>Connections as they are set up, kept and ended, over HTTP; their vendor is a stub.</summary>
public sealed class ConnectionTests
{
    private static string HubSpot(Uri address, string token = HubSpotVendor.Token, string more = "") =>
        $$$"""{"connector":"hubspot","name":"HubSpot","base_address":"{{{address}}}","config":{"access_token":"{{{token}}}","client_secret":"client-secret-0001","currency":"USD"}{{{more}}}}""";

    [Fact]
    public async Task Connectors_that_come_with_the_host_are_listed_with_their_schema()
    {
        await using var platform = await TestPlatform.StartAsync();

        var connectors = await platform.ListAsync("/v1/connectors");

        Assert.Equal(["files", "hubspot", "stripe"], connectors.Select(c => c.Text("id")).Intersect(["files", "hubspot", "stripe"]));
        var hubSpot = (await platform.GetAsync("/v1/connectors/hubspot")).Expect(200).Json;
        Assert.Equal(["access_token", "client_secret"], hubSpot.GetProperty("secrets").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal("array", hubSpot.GetProperty("config_schema").GetProperty("required").ValueKind.ToString(), ignoreCase: true);
        (await platform.GetAsync("/v1/connectors/nobody")).Expect(404);
    }

    [Fact]
    public async Task A_configuration_is_held_against_the_connectors_schema_and_every_mistake_is_named_by_its_place()
    {
        await using var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);

        var wrong = await platform.PostAsync("/v1/connections", """{"connector":"hubspot","name":"","config":{"access_token":"short","currencies":"USD"},"every_seconds":5}""");

        Assert.Equal(
            ["config/access_token", "config/currencies", "config/currency", "every_seconds", "name"],
            wrong.Expect(400).Json.GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer").TrimStart('/')).Order(StringComparer.Ordinal));
        Assert.Equal("connector_unknown", (await platform.PostAsync("/v1/connections", """{"connector":"nobody","name":"x"}""")).Expect(422).Code);
        Assert.DoesNotContain("short", wrong.Text);
    }

    [Fact]
    public async Task What_a_connection_lacks_is_asked_for_by_its_field()
    {
        await using var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);

        foreach (var (path, body, field) in ((string, string, string)[])
        [
            ("connections", """{"name":"x"}""", "connector"),
            ($"connections/{await platform.ConnectFolderAsync()}/preview", "{}", "stream"),
        ])
        {
            var answer = (await platform.PostAsync($"/v1/{path}", body)).Expect(400);
            Assert.Equal(("field_required", $"/{field}"), (answer.Code, answer.Json.GetProperty("errors")[0].Text("pointer")));
        }
        var address = await platform.PostAsync("/v1/connections", HubSpot(new Uri("ftp://files.example/")));
        Assert.Contains("is no address of http or https", address.Expect(422).Text);
    }

    [Fact]
    public async Task Secrets_are_sealed_in_the_store_and_neither_told_nor_lost_by_a_change()
    {
        await using var stub = await StubServer.StartAsync();
        _ = new HubSpotVendor(stub);
        await using var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);
        var made = (await platform.PostAsync("/v1/connections", HubSpot(stub.Address))).Expect(201);
        var id = made.Json.Text("id");

        var changed = await platform.PutAsync($"/v1/connections/{id}", $$$"""{"connector":"hubspot","name":"Other name","base_address":"{{{stub.Address}}}","config":{"currency":"EUR"}}""");

        Assert.Equal(["access_token", "client_secret"], changed.Expect(200).Json.GetProperty("secrets").EnumerateArray().Select(s => s.GetString()));
        var stored = platform.Service<SpmStore>().Read(s => s.Query("select config, secrets from connection", r => r.GetString(0) + r.GetString(1)));
        var audited = (await platform.GetAsync("/v1/audit?limit=1000")).Text;
        foreach (var told in (string[])[made.Text, changed.Text, audited, (await platform.GetAsync($"/v1/connections/{id}")).Text, .. stored])
        {
            Assert.DoesNotContain(HubSpotVendor.Token, told);
            Assert.DoesNotContain("client-secret-0001", told);
        }
        Assert.StartsWith("k1:", Assert.Single(platform.Service<SpmStore>().Read(s => s.Query("select secrets from connection", r => r.GetString(0)))));
        Assert.Equal("""{"ok":true,"account":"Portal 4711","reason":null}""", (await platform.PostAsync($"/v1/connections/{id}/check")).Expect(200).Text);
    }

    [Fact]
    public async Task A_vendor_that_says_which_token_it_has_refused_has_it_told_to_nobody()
    {
        await using var stub = await StubServer.StartAsync();
        var refused = Response.Json($$"""{"message":"'{{HubSpotVendor.Token}}' is no token of this account."}""", 401);
        stub.Given(Request.Get("/account-info/v3/details")).RespondWith(refused);
        stub.Given(Request.Get("/crm/v3/properties/deals")).RespondWith(refused);
        await using var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);
        var id = await platform.ConnectAsync(HubSpot(stub.Address));
        await platform.RunsAsync(id, 1);

        var check = await platform.PostAsync($"/v1/connections/{id}/check");

        Assert.Contains("'***' is no token", check.Expect(200).Text);
        foreach (var path in (string[])[$"connections/{id}", $"connections/{id}/runs", "problems?code=connection_stopped"])
        {
            var told = (await platform.GetAsync($"/v1/{path}")).Expect(200).Text;
            Assert.Contains("is no token", told);
            Assert.DoesNotContain(HubSpotVendor.Token, told);
        }
    }

    [Fact]
    public async Task A_key_can_be_replaced_and_a_host_without_the_key_of_a_secret_says_which_one_it_lacks()
    {
        await using var stub = await StubServer.StartAsync();
        _ = new HubSpotVendor(stub);
        var data = Directory.CreateTempSubdirectory("spm-keys-");
        try
        {
            string id;
            await using (var platform = await TestPlatform.StartAsync(data.FullName, settings: ConnectionSteps.Stubs))
            {
                id = await platform.ConnectAsync(HubSpot(stub.Address));
            }
            var refused = await Assert.ThrowsAsync<SettingsException>(() => TestPlatform.StartAsync(data.FullName));
            Assert.Contains("Spm:Connectors:Key", refused.Message);
            Assert.Contains("lacks the key 'k1'", refused.Message);
            var mistaken = await Assert.ThrowsAsync<SettingsException>(() => TestPlatform.StartAsync(data.FullName, settings: $"--Spm:Connectors:Key=k1:{Convert.ToBase64String(new byte[32])}"));
            Assert.Contains("another key 'k1'", mistaken.Message);

            var next = $"k2:{Convert.ToBase64String(new byte[32])}";
            await using var again = await TestPlatform.StartAsync(
                data.FullName, settings: ["--environment=Development", "--Spm:Connectors:AnyAddress=true", $"--Spm:Connectors:Key={next}", $"--Spm:Connectors:OldKeys={ConnectionSteps.SealingKey}"]);
            Assert.True((await again.PostAsync($"/v1/connections/{id}/check")).Expect(200).Json.GetProperty("ok").GetBoolean());
            (await again.PutAsync($"/v1/connections/{id}", $$$"""{"connector":"hubspot","name":"HubSpot","base_address":"{{{stub.Address}}}","config":{"currency":"USD"}}""")).Expect(200);
            Assert.Equal(["k2"], ConnectionKeys.InUse(again.Service<SpmStore>()));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Without_a_key_no_secret_is_taken_and_without_development_no_private_address()
    {
        await using var platform = await TestPlatform.StartAsync();
        const string connection = """{"connector":"hubspot","name":"H","config":{"access_token":"pat-eu1-00000000","currency":"USD"}}""";

        Assert.Equal("secrets_key_missing", (await platform.PostAsync("/v1/connections", connection)).Expect(409).Code);
        var elsewhere = connection.Replace("\"name\"", "\"base_address\":\"https://attacker.example\",\"name\"", StringComparison.Ordinal);
        Assert.Equal("connection_config_invalid", (await platform.PostAsync("/v1/connections", elsewhere)).Expect(422).Code);
        await Assert.ThrowsAsync<SettingsException>(() => TestPlatform.StartAsync(settings: "--Spm:Connectors:AnyAddress=true"));
    }

    [Fact]
    public async Task Refused_credentials_stop_a_connection_which_is_told_as_a_problem_until_it_is_resumed()
    {
        await using var stub = await StubServer.StartAsync();
        var vendor = new HubSpotVendor(stub);
        vendor.Fill("deals", 3);
        vendor.Fill("owners", 3);
        await using var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);
        await SmallCompany.CreateAsync(platform);
        var id = await platform.ConnectAsync(HubSpot(stub.Address, "pat-eu1-revoked"));
        var run = await platform.RunsAsync(id, 1);

        Assert.Equal("failed", run.Text("status"));
        var stopped = (await platform.GetAsync($"/v1/connections/{id}")).Expect(200).Json;
        Assert.Equal(("stopped", "auth"), (stopped.Text("status"), stopped.GetProperty("reason").Text("kind")));
        Assert.Single(await platform.ListAsync("/v1/problems?code=connection_stopped"));
        Assert.False((await platform.PostAsync($"/v1/connections/{id}/check")).Expect(200).Json.GetProperty("ok").GetBoolean());
        Assert.Equal("connection_not_active", (await platform.PostAsync($"/v1/connections/{id}/run")).Expect(409).Code);

        (await platform.PutAsync($"/v1/connections/{id}", HubSpot(stub.Address))).Expect(200);
        (await platform.PostAsync($"/v1/connections/{id}/resume")).Expect(200);
        run = await platform.RunsAsync(id, 2);
        Assert.Equal("complete", run.Text("status"));
        Assert.Empty(await platform.ListAsync("/v1/problems?code=connection_stopped"));
    }

    [Fact]
    public async Task A_connection_runs_by_its_schedule_rests_while_paused_and_a_deleted_one_is_not_there()
    {
        await using var stub = await StubServer.StartAsync();
        _ = new HubSpotVendor(stub);
        await using var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);
        var id = await platform.ConnectAsync(HubSpot(stub.Address, more: ""","every_seconds":60"""));
        await platform.RunsAsync(id, 1);
        Assert.NotEqual(JsonValueKind.Null, (await platform.GetAsync($"/v1/connections/{id}")).Json.GetProperty("next_run_at").ValueKind);
        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute("update connection set next_run_at = 1"));
        Assert.Equal("schedule", (await platform.RunsAsync(id, 2)).Text("cause"));

        var paused = (await platform.PostAsync($"/v1/connections/{id}/pause")).Expect(200).Json;
        Assert.Equal(("paused", JsonValueKind.Null), (paused.Text("status"), paused.GetProperty("next_run_at").ValueKind));

        Assert.Equal("source_in_use", (await platform.PostAsync("/v1/connections", HubSpot(stub.Address))).Expect(409).Code);
        (await platform.SendAsync(HttpMethod.Delete, $"/v1/connections/{id}")).Expect(200);
        (await platform.GetAsync($"/v1/connections/{id}")).Expect(404);
        Assert.Empty(await platform.ListAsync("/v1/connections"));
        Assert.Empty(ConnectionKeys.InUse(platform.Service<SpmStore>()));
        (await platform.PostAsync("/v1/connections", HubSpot(stub.Address))).Expect(201);
    }

    [Fact]
    public async Task One_streams_failure_leaves_the_others_running()
    {
        await using var stub = await StubServer.StartAsync();
        var vendor = new HubSpotVendor(stub);
        vendor.Fill("deals", 4);
        vendor.Fill("owners", 4);
        stub.Given(Request.Get("/crm/v3/owners")).RespondWith(Response.Json("""{"message":"not allowed"}""", 403));
        await using var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);
        await SmallCompany.CreateAsync(platform);

        var id = await platform.ConnectAsync(HubSpot(stub.Address, more: ""","mapping":{"deals":{"fields":{"rep":{"value":"E1"}}}}"""));

        var run = await platform.RunsAsync(id, 1);
        Assert.Equal("partial", run.Text("status"));
        Assert.Equal(["deals complete", "owners failed"], run.GetProperty("streams").EnumerateArray().Select(s => $"{s.Text("name")} {s.Text("status")}"));
        Assert.Equal(4, (await platform.ListAsync("/v1/transactions")).Length);
        Assert.Single(await platform.ListAsync("/v1/problems?code=stream_stopped"));
        Assert.Contains(await platform.ListAsync("/v1/connections"), c => c.GetProperty("streams").EnumerateArray().Any(s => s.Text("condition") == "paused"));
    }

    [Fact]
    public async Task Discovery_tells_the_accounts_own_fields()
    {
        await using var stub = await StubServer.StartAsync();
        _ = new HubSpotVendor(stub);
        await using var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);
        var id = await platform.ConnectAsync(HubSpot(stub.Address));
        await platform.RunsAsync(id, 1);

        var deals = (await platform.PostAsync($"/v1/connections/{id}/discover")).Expect(200).Json.GetProperty("data").EnumerateArray().Single(s => s.Text("name") == "deals");

        Assert.Contains(deals.GetProperty("fields").EnumerateArray(), f => f.Text("name") == "region__c" && f.GetProperty("custom").GetBoolean());
        stub.Fail(StubFault.Of(500));
        Assert.Equal("connection_failed", (await platform.PostAsync($"/v1/connections/{id}/discover")).Expect(502).Code);
    }
}
