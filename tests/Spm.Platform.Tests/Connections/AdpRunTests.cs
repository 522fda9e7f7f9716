using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Tests.Adp;
using Spm.Connectors.Tests.Certificates;
using Spm.Platform.Connections;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Connections;

/// <summary>Approved payouts as pay data of ADP, which demands a client certificate and tells nobody what it has.</summary>
public sealed class AdpRunTests
{
    [Fact]
    public async Task An_approved_batch_is_sent_once_by_company_code_and_acknowledged_and_the_end_of_the_certificate_is_told()
    {
        await using var vendor = await StartVendorAsync();
        await using var platform = await StartAsync();
        var batch = await ApprovedAsync(platform);

        var id = await platform.ConnectAsync(Adp(vendor));
        var run = await platform.RunsAsync(id, 1);

        Assert.Equal(("complete", "read 3, created 3"), (run.Text("status"), run.Rows()));
        Assert.Equal("paid", (await platform.GetAsync($"/v1/payout-batches/{batch}")).Json.Text("status"));
        var lines = await platform.ListAsync($"/v1/payout-batches/{batch}/lines");
        Assert.All(lines, l => Assert.StartsWith($"{batch}_", l.Text("reference"), StringComparison.Ordinal));
        Assert.Equal(
            lines.Select(l => (l.GetProperty("rep").Text("external_id"), decimal.Parse(l.MoneyText("amount"), System.Globalization.CultureInfo.InvariantCulture))).Order(),
            vendor.Entries.Select(e => (e.FileNumber, e.Amount)).Order());
        Assert.Equal("", (await platform.RunAsync(id)).Rows());
        Assert.Equal(3, vendor.Entries.Count);

        var until = DateTimeOffset.Parse((await platform.GetAsync($"/v1/connections/{id}")).Json.Text("certificate_until"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(until, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(2));
        Assert.Contains(await platform.ListAsync("/v1/problems"), p => p.Text("code") == "certificate_ends");
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_shown_is_refused_by_its_field_before_anything_is_stored()
    {
        await using var vendor = await StartVendorAsync();
        await using var platform = await StartAsync();
        await SmallCompany.CreateAsync(platform);
        var old = TestCertificates.Client(DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-2));

        foreach (var (name, value, field, said) in ((string, string, string, string)[])
        [
            ("private_key", TestCertificates.KeyPem(TestCertificates.Client()), "config/private_key", "not that of the certificate"), ("certificate", "no certificate", "config/certificate", "neither PEM nor"),
            ("certificate", $"{TestCertificates.Pem(old)}\n{TestCertificates.KeyPem(old)}", "config/certificate", "has ended on"),
        ])
        {
            var body = JsonNode.Parse(Adp(vendor))!;
            body["config"]![name] = value;
            if (value.Contains(TestCertificates.KeyPem(old), StringComparison.Ordinal))
            {
                body["config"]!.AsObject().Remove("private_key");
            }
            var answer = (await platform.PostAsync("/v1/connections", body.ToJsonString())).Expect(422);
            Assert.Contains($"/{field}\"", answer.Text, StringComparison.Ordinal);
            Assert.Contains(said, answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("BEGIN", answer.Text, StringComparison.Ordinal);
        }
        Assert.Empty(await platform.ListAsync("/v1/connections"));
    }

    [Fact]
    public async Task What_was_not_answered_is_never_sent_again_before_a_person_has_looked_and_goes_on_after_they_have()
    {
        await using var vendor = await StartVendorAsync();
        await using var platform = await StartAsync();
        var batch = await ApprovedAsync(platform);
        // The token, the workers of the preview and of the writing, and the first batch of ADP.
        vendor.Server.Fail(null, null, null, StubFault.LostAnswer);

        var id = await platform.ConnectAsync(Adp(vendor));
        Assert.Equal("failed", (await platform.RunsAsync(id, 1)).Text("status"));
        var sent = vendor.Entries.Count;
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("failed", (await platform.RunAsync(id)).Text("status"));
        }
        Assert.Equal(sent, vendor.Entries.Count);
        Assert.Contains(await platform.ListAsync("/v1/problems"), p => p.Text("code") == "payout_outcome_unknown");
        Assert.Contains($"whose name begins with {batch}", (await platform.GetAsync($"/v1/connections/{id}/runs")).Text, StringComparison.Ordinal);

        // Somebody looks, once the lease has ended, and finds it there.
        (await platform.PostAsync($"/v1/connections/{id}/pause")).Expect(200);
        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute("update payout_batch set lease_until = 0 where id = $1", batch));
        var claim = (await platform.ClaimAsync(batch)).Expect(200).Json.Text("claim");
        var there = (await platform.ListAsync($"/v1/payout-batches/{batch}/lines")).Where(l => vendor.Entries.Any(e => e.FileNumber == l.GetProperty("rep").Text("external_id"))).Select(l => (l.Text("id"), "paid", (string?)"found")).ToArray();
        (await platform.AckAsync(batch, claim, there)).Expect(200);
        (await platform.PostAsync($"/v1/payout-batches/{batch}/release", $$"""{"claim":"{{claim}}"}""")).Expect(200);
        (await platform.PostAsync($"/v1/connections/{id}/resume")).Expect(200);
        await platform.RunsAsync(id, 4);

        Assert.Equal("paid", (await platform.GetAsync($"/v1/payout-batches/{batch}")).Json.Text("status"));
        Assert.Equal(3, vendor.Entries.Count);
        Assert.DoesNotContain(await platform.ListAsync("/v1/problems"), p => p.Text("code") == "payout_outcome_unknown");
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task What_was_noted_as_taken_when_the_host_ended_is_acknowledged_by_the_note_and_not_sent_again()
    {
        await using var vendor = await StartVendorAsync();
        vendor.Closed = "The payroll cycle status is not right.";
        await using var platform = await StartAsync();
        var batch = await ApprovedAsync(platform);
        var id = await platform.ConnectAsync(Adp(vendor));
        await platform.RunsAsync(id, 1);
        vendor.Closed = null;
        // As it stands when the host ended after the answer was noted and before anything was acknowledged: of one line the answer was lost.
        var lines = await platform.ListAsync($"/v1/payout-batches/{batch}/lines");
        await platform.Service<SpmStore>().Writer.WriteAsync(s =>
        {
            s.Execute("update connection_line set state = 'accepted', reference = 'noted' where batch = $1", batch);
            s.Execute("update connection_line set state = 'unknown', reference = null where line = $1", lines[0].Text("id"));
        });

        Assert.Equal("read 3, created 2, quarantined 1", (await platform.RunAsync(id)).Rows());
        Assert.Empty(vendor.Entries);
        Assert.Equal(2, (await platform.ListAsync($"/v1/payout-batches/{batch}/lines")).Count(l => l.Text("status") == "paid" && l.Text("reference") == "noted"));
        Assert.Equal("read 1, quarantined 1", (await platform.RunAsync(id)).Rows());
        Assert.Empty(vendor.Entries);
    }

    [Fact]
    public async Task While_no_payroll_is_being_entered_nobody_is_refused_and_the_next_run_sends_it()
    {
        await using var vendor = await StartVendorAsync();
        vendor.Closed = "The payroll cycle status is not right. eventContext/payrollGroupCode";
        await using var platform = await StartAsync();
        var batch = await ApprovedAsync(platform);
        var id = await platform.ConnectAsync(Adp(vendor));

        var run = await platform.RunsAsync(id, 1);
        Assert.Equal("failed", run.Text("status"));
        Assert.Contains("payroll cycle status", run.ToString(), StringComparison.Ordinal);
        vendor.Closed = null;

        Assert.Equal("read 3, created 3", (await platform.RunAsync(id)).Rows());
        Assert.Equal(("paid", 3), ((await platform.GetAsync($"/v1/payout-batches/{batch}")).Json.Text("status"), vendor.Entries.Count));
    }

    private static async Task<AdpVendor> StartVendorAsync()
    {
        var vendor = await AdpVendor.StartAsync();
        vendor.Workers.Clear();
        (vendor.Workers["E1"], vendor.Workers["E2"], vendor.Workers["M1"]) = ("94N", "94N", "7XA");
        return vendor;
    }

    private static string Adp(AdpVendor vendor) => new JsonObject
    {
        ["connector"] = "adp",
        ["name"] = "ADP",
        ["base_address"] = vendor.Server.Address.ToString(),
        ["config"] = JsonNode.Parse(vendor.Configuration.GetRawText()),
    }.ToJsonString();

    private static Task<TestPlatform> StartAsync() => TestPlatform.StartAsync(configure: Trust, settings: ConnectionSteps.Stubs);

    /// <summary>The stub's own authority, which no machine knows.</summary>
    private static void Trust(WebApplicationBuilder builder)
    {
        var settings = (ConnectorSettings)builder.Services.Last(s => s.ServiceType == typeof(ConnectorSettings)).ImplementationInstance!;
        builder.Services.AddSingleton(settings with { TrustedRoots = [TestCertificates.Root] });
    }

    private static async Task<string> ApprovedAsync(TestPlatform platform)
    {
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.SellAsync("T2", "E2", "2025-01-06", "900");
        await platform.CloseAsync("2025-01");
        return await platform.ApprovedBatchAsync("2025-01");
    }
}
